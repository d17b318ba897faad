"""Who may do what in the contest, apart from when: small named predicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contest.models import Entry, Startup
from contest.reads.entries import team_ids_of
from network.models import City
from network.permissions import city_ids_of, is_organiser
from toolkit.predicates import predicate

if TYPE_CHECKING:
    from network.requests import Anyone


@predicate
def is_team(user: Anyone, entry: Entry) -> bool:
    """Writes for the start-up that entered."""
    return entry.startup.organisation_id in team_ids_of(user)


@predicate
def is_founder_of(user: Anyone, startup: Startup) -> bool:
    return startup.organisation_id in team_ids_of(user)


@predicate
def coordinates(user: Anyone, city: City | None) -> bool:
    """Works for the city."""
    return city is not None and city.pk in city_ids_of(user)


@predicate
def decides_for(user: Anyone, entry: Entry) -> bool:
    """Checks and nominates the entry: its city's coordinator, or the organiser."""
    return is_organiser(user) or (entry.city_id is not None and entry.city_id in city_ids_of(user))


@predicate
def claims_for(user: Anyone, city: City | None) -> bool:
    """Claims an entry in the name of the city: its coordinator, or the organiser."""
    return is_organiser(user) or coordinates(user, city)
