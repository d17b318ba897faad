"""What juries add to composed pages: on which one sits."""

from django.utils.translation import gettext as _

from judging.models import Juror
from judging.rounds.notices import JUROR_PATH
from judging.states import JurorState
from network.models import User
from toolkit.protocols import RoleLine


def juries_of(user: User) -> list[RoleLine]:
    """The juries that a person sits on, the latest edition first."""
    seats = Juror.objects.filter(user=user, state=JurorState.ACTIVE).select_related("edition", "for_city")
    hint = _("Nothing waits for you as a juror. You are told by mail when entries are given to you.")
    return [
        RoleLine(role=_("juror"), where=seat.selection, hint=hint, url=JUROR_PATH)
        for seat in seats.order_by("-edition__call_closes", "pk")
    ]
