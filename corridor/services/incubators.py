"""What a host says about itself, and the places that it offers."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.domain.calendar import Span, free_desks
from corridor.models import Incubator, Opening
from corridor.permissions import can_edit_incubator, require
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit.dates import date_format
from toolkit.locks import locked
from toolkit.refusals import Refusal

FIELDS = (
    "description",
    "address",
    "languages",
    "services",
    "signatory_name",
    "signatory_role",
    "authority",
    "is_open",
)


@transaction.atomic
def save_incubator(*, by: User, incubator: Incubator | None, organisation=None, **fields) -> Incubator:
    """Saves what a host states; with `incubator` None, an organiser opens one for `organisation`.

    `fields`: description, address, languages, services, signatory_name, signatory_role, authority, is_open. Raises Refusal.
    """
    if incubator is None:
        require(is_organiser(by), _("Only an organiser adds an incubator."))
        if Incubator.objects.filter(organisation=organisation).exists():
            raise Refusal(_("This organisation is an incubator already."), code="incubator.twice", field="organisation")
        incubator = Incubator(organisation=organisation)
    else:
        incubator = locked(Incubator.objects.filter(pk=incubator.pk)).get()
        require(can_edit_incubator(by, incubator), _("Only the incubator’s own people change what it says."))
    is_new = incubator.pk is None
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
    return incubator


@transaction.atomic
def save_opening(
    *, by: User, incubator: Incubator, opening: Opening | None, starts: date, ends: date, desks: int, note: str = ""
) -> Opening:
    """Offers `desks` desks over [starts, ends), or changes an offer. Refused when a stay holds desks that would go."""
    incubator = _own(by, incubator)
    if ends <= starts:
        raise Refusal(_("The end lies before the start."), code="opening.window", field="ends", status=422)
    if desks < 1:
        raise Refusal(_("Offer at least one desk."), code="opening.desks", field="desks", status=422)
    opening = incubator.openings.get(pk=opening.pk) if opening else Opening(incubator=incubator)
    is_new = opening.pk is None
    before = {} if is_new else _facts(opening)
    opening.starts, opening.ends, opening.desks, opening.note = starts, ends, desks, note
    if not is_new:
        others = incubator.openings.exclude(pk=opening.pk)
        _refuse_if_held(incubator, [*map(_span, others), _span(opening)])
    opening.save()
    record_event(by=by, verb="offer" if is_new else "save", thing=opening, before=before, after=_facts(opening))
    return opening


@transaction.atomic
def remove_opening(*, by: User, opening: Opening) -> None:
    """Takes an offer back. Refused when a stay holds its desks."""
    incubator = _own(by, opening.incubator)
    opening = incubator.openings.get(pk=opening.pk)
    _refuse_if_held(incubator, [_span(other) for other in incubator.openings.exclude(pk=opening.pk)])
    record_event(by=by, verb="remove", thing=opening, before=_facts(opening))
    opening.delete()


def _own(by: User, incubator: Incubator) -> Incubator:
    """The incubator, locked: whoever changes its openings or stays holds this lock."""
    incubator = locked(Incubator.objects.filter(pk=incubator.pk)).select_related("organisation").get()
    require(can_edit_incubator(by, incubator), _("Only the incubator’s own people change its places."))
    return incubator


def _span(row) -> Span:
    return Span(row.starts, row.ends, row.desks)


def _facts(opening: Opening) -> dict:
    return {"starts": opening.starts.isoformat(), "ends": opening.ends.isoformat(), "desks": opening.desks}


def _refuse_if_held(incubator: Incubator, openings: list[Span]) -> None:
    stays = list(incubator.stays.holding().select_related("candidate").order_by("starts", "id"))
    held = [_span(stay) for stay in stays]
    for stay in stays:
        free = free_desks(openings, held, stay.starts, stay.ends)
        if free < 0:
            raise Refusal(
                _("%(name)s holds desks from %(starts)s to %(ends)s: %(missing)s would be missing.")
                % {
                    "name": stay.candidate.name,
                    "starts": date_format(stay.starts),
                    "ends": date_format(stay.ends - timedelta(days=1)),
                    "missing": -free,
                },
                code="opening.held",
                field="desks",
            )
