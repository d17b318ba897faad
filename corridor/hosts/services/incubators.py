"""What a host says about itself, and the places that it offers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.models import Incubator
from corridor.permissions import can_edit_incubator, require
from corridor.placement.reading.inputs import host_of
from corridor.placement.services.capacity import refuse_if_worse
from corridor.placement.services.waiting_list import call_for_places
from corridor.states import CallCause
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from network.models import Organisation


FIELDS = (
    "description",
    "address",
    "languages",
    "services",
    "sectors",
    "arrivals_per_month",
    "signatory_name",
    "signatory_role",
    "authority",
    "is_open",
)


@transaction.atomic
def save_incubator(
    *, by: User, incubator: Incubator | None, organisation: Organisation | None = None, **fields: Any
) -> Incubator:
    """Saves what a host states; with `incubator` None, an organiser opens one for `organisation`.

    `fields`: description, address, languages, services, sectors, arrivals_per_month, signatory_name, signatory_role,
    authority, is_open. Refuses fewer arrivals in a month than are agreed.
    """
    if incubator is None:
        require(is_organiser(by), _("Only an organiser adds an incubator."))
        if Incubator.objects.filter(organisation=organisation).exists():
            raise Refusal(_("This organisation is an incubator already."), code="incubator.twice", field="organisation")
        incubator = Incubator(organisation=organisation)
    else:
        incubator = locked(Incubator.objects.filter(pk=incubator.pk)).select_related("organisation__city").get()
        require(can_edit_incubator(by, incubator), _("Only the incubator’s own people change what it says."))
        if "arrivals_per_month" in fields:
            wanted = replace(host_of(incubator), arrivals_per_month=fields["arrivals_per_month"])
            refuse_if_worse(incubator, wanted, code="incubator.arrivals", field="arrivals_per_month")
    is_new = incubator.pk is None
    most = fields.get("arrivals_per_month", incubator.arrivals_per_month)
    # None is no limit, so more than any number.
    more_arrive = most is None or most > (incubator.arrivals_per_month or most)
    receives_more = fields.get("is_open", incubator.is_open) and (more_arrive or not incubator.is_open)
    before = {name: str(getattr(incubator, name)) for name in FIELDS}
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(f"an incubator has no field {name}")
        setattr(incubator, name, value)
    incubator.save()
    after = {name: str(getattr(incubator, name)) for name in FIELDS}
    changed = [name for name in FIELDS if is_new or before[name] != after[name]]
    record_event(
        by=by,
        verb="create" if is_new else "save",
        thing=incubator,
        before={} if is_new else {name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    if not is_new and {"arrivals_per_month", "is_open"} & set(changed):
        call_for_places(by, incubator, CallCause.MORE_PLACES if receives_more else CallCause.FEWER_PLACES)
    return incubator
