"""Who may do what in the corridor."""

import rules

from corridor.querysets import organisation_ids
from corridor.states import SIGNING_ROLES, Side, TaskOwner
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
    """Stands for the party: is the party, or holds in its organisation the role that signs for it."""
    if signature.user_id is not None:
        return signature.user_id == user.pk
    return signature.organisation_id in organisation_ids(user, SIGNING_ROLES[signature.party])


@rules.predicate
def is_expected(user, signature) -> bool:
    """Is the one who signs for the party: whom the document names, or who stands in.
    Anybody of it where no account is named."""
    return can_sign_for(user, signature) and signature.signatory_id in (None, user.pk)


can_name_signer = is_organiser | can_sign_for


can_edit_incubator = is_organiser | is_host_of
can_save_wishes = is_organiser | is_team_of
can_withdraw = is_organiser | is_team_of


@rules.predicate
def is_coordinator_of_home(user, candidate) -> bool:
    """Coordinates the city that sends the candidate."""
    return candidate.home_city_id in city_ids_of(user)


can_read_wishes = can_save_wishes | is_coordinator_of_home


def require(allowed: bool, message) -> None:
    """Raises Forbidden with `message` unless `allowed`."""
    if not allowed:
        raise Forbidden(message)


@rules.predicate
def can_arrange(user, stay) -> bool:
    """Arranges the life of a stay: its host, or an organiser."""
    return is_organiser(user) or is_host_of(user, stay.incubator)


@rules.predicate
def takes_part(user, stay) -> bool:
    """Lives the stay: its team, its host, or an organiser. The cities look on."""
    return can_arrange(user, stay) or is_team_of(user, stay.candidate)


def does_task(user, stay, owner: str) -> bool:
    """Does what `owner` (a TaskOwner) has to do for the stay. An organiser may stand in for anybody."""
    if is_organiser(user):
        return True
    return {
        TaskOwner.TEAM: lambda: is_team_of(user, stay.candidate),
        TaskOwner.HOST: lambda: is_host_of(user, stay.incubator),
        TaskOwner.CITY: lambda: is_coordinator_of_home(user, stay.candidate),
        TaskOwner.ORGANISER: lambda: False,
    }[TaskOwner(owner)]()


def writes_report(user, stay, side: str) -> bool:
    """Writes the report of a side (a Side): its own people, nobody for them."""
    if side == Side.HOST:
        return is_host_of(user, stay.incubator)
    return is_team_of(user, stay.candidate)
