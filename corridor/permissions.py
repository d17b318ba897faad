"""Who may do what in the corridor."""

import rules

from corridor.querysets import organisation_ids
from corridor.states import SIGNING_ROLES
from network.permissions import city_ids_of, is_organiser
from network.states import Role
from toolkit.refusals import Forbidden


@rules.predicate
def is_host_of(user, incubator) -> bool:
    """Works for the incubator."""
    return incubator.organisation_id in organisation_ids(user, Role.HOST)


@rules.predicate
def is_team_of(user, candidate) -> bool:
    """Belongs to the team: founder of the start-up, or the graduate."""
    return (candidate.user_id is not None and candidate.user_id == user.pk) or (
        candidate.organisation_id in organisation_ids(user, Role.FOUNDER)
    )


@rules.predicate
def can_sign_for(user, signature) -> bool:
    """Holds, in the organisation that signs, the role that signs for its party."""
    return signature.organisation_id in organisation_ids(user, SIGNING_ROLES[signature.party])


can_edit_incubator = is_organiser | is_host_of
can_save_wishes = is_organiser | is_team_of


@rules.predicate
def is_coordinator_of_home(user, candidate) -> bool:
    """Coordinates the city that sends the candidate."""
    return candidate.home_city_id in city_ids_of(user)


can_read_wishes = can_save_wishes | is_coordinator_of_home


def require(allowed: bool, message) -> None:
    """Raises Forbidden with `message` unless `allowed`."""
    if not allowed:
        raise Forbidden(message)
