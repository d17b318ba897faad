"""Who may do what in judging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from judging.models import Juror, Round
from judging.states import JurorState
from network.models import City
from network.permissions import city_ids_of, is_organiser
from toolkit.predicates import predicate
from toolkit.prepared import Prepared, number
from toolkit.refusals import Forbidden

if TYPE_CHECKING:
    from network.requests import Anyone

USER = number(0)
# Asked by every page of somebody who is logged in.
SEATS: Prepared[Juror] = Prepared(
    lambda _shape: Juror.objects.filter(user=USER, state=JurorState.ACTIVE).order_by().only("pk")[:1]
)


@predicate
def is_juror(user: Anyone) -> bool:
    """Holds a seat on some jury, of an edition or of a city's own selection. Read once per user object (a request)."""
    if not user.is_authenticated:
        return False
    if not hasattr(user, "_is_juror"):
        user._is_juror = bool(SEATS.rows("", {USER: user.pk}))
    return user._is_juror


@predicate
def runs_round(user: Anyone, round: Round) -> bool:
    """The organiser runs every round; a city's coordinator, that city's own selection."""
    return is_organiser(user) or (round.city_id is not None and round.city_id in city_ids_of(user))


def require_runs(user: Anyone, round: Round) -> None:
    """Raises Forbidden to who does not run the round."""
    if not runs_round(user, round):
        raise Forbidden(_("Only the organiser of this round may do that."), code="round.not_yours")


@predicate
def runs_jury(user: Anyone, city: City | None) -> bool:
    """The organiser gives and takes back every seat; a city's coordinator, those of that city's own selection."""
    return is_organiser(user) or (city is not None and city.pk in city_ids_of(user))


def require_organiser(user: Anyone) -> None:
    """Raises Forbidden to who is none."""
    if not is_organiser(user):
        raise Forbidden(_("Only the network's organisers may do that."), code="organiser.only")
