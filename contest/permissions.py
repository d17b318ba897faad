"""Who may do what in the contest, apart from when: small named predicates."""

import rules

from contest.models import Entry, Startup
from contest.querysets import team_ids_of
from network.models import City, User
from network.permissions import city_ids_of, is_organiser


@rules.predicate
def is_team(user: User, entry: Entry) -> bool:
    """Writes for the start-up that entered."""
    return entry.startup.organisation_id in team_ids_of(user)


@rules.predicate
def is_founder_of(user: User, startup: Startup) -> bool:
    return startup.organisation_id in team_ids_of(user)


@rules.predicate
def coordinates(user: User, city: City | None) -> bool:
    """Works for the city."""
    return city is not None and city.pk in city_ids_of(user)


@rules.predicate
def decides_for(user: User, entry: Entry) -> bool:
    """Checks and nominates the entry: its city's coordinator, or the organiser."""
    return is_organiser(user) or (entry.city_id is not None and entry.city_id in city_ids_of(user))


@rules.predicate
def claims_for(user: User, city: City | None) -> bool:
    """Claims an entry in the name of the city: its coordinator, or the organiser."""
    return is_organiser(user) or coordinates(user, city)
