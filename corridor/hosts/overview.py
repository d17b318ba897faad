"""What hosts add to composed pages: places to state."""

from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.models import Incubator
from corridor.reads.people import organisation_ids
from network.models import User
from network.states import Role
from toolkit.protocols import ToDo


def places_to_state(user: User) -> list[ToDo]:
    """Incubators of a host that are open and have stated no places. One query."""
    without = Incubator.objects.filter(
        organisation__in=organisation_ids(user, Role.HOST), is_open=True, openings__isnull=True
    )
    return [
        ToDo(
            title=_("State your places"),
            detail=incubator.name,
            url=reverse("opening_new", args=[incubator.pk]),
            action=_("Add places"),
            minutes=2,
            role=Role.HOST,
        )
        for incubator in without.select_related("organisation")
    ]
