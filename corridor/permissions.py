"""Who may do what in the corridor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from corridor.models import Signature
from corridor.reads.people import organisation_ids
from corridor.states import SIGNING_ROLES, Side, TaskOwner
from network.permissions import city_ids_of, is_organiser
from network.states import Role
from toolkit.predicates import predicate
from toolkit.refusals import Forbidden

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from corridor.models import Application, Candidate, Incubator, Stay
    from network.requests import Anyone


@predicate
def is_host_of(user: Anyone, incubator: Incubator) -> bool:
    """Works for the incubator."""
    return incubator.organisation_id in organisation_ids(user, Role.HOST)


@predicate
def is_team_of(user: Anyone, candidate: Candidate) -> bool:
    """Belongs to the team: founder of the start-up, or the graduate."""
    return (candidate.user_id is not None and candidate.user_id == user.pk) or (
        candidate.organisation_id in organisation_ids(user, Role.FOUNDER)
    )


def signs_something(user: Anyone) -> bool:
    """Stands for a party of some document, signed or not: exactly who sees one without being an organiser
    (Agreement.objects.visible_to). Read once per user object (a request)."""
    if not user.is_authenticated:
        return False
    if not hasattr(user, "_signs_something"):
        user._signs_something = Signature.objects.of_party(user).exists()
    return user._signs_something


@predicate
def can_sign_for(user: Anyone, signature: Signature) -> bool:
    """Stands for the party: is the party, or holds in its organisation the role that signs for it."""
    if signature.user_id is not None:
        return signature.user_id == user.pk
    return signature.organisation_id in organisation_ids(user, SIGNING_ROLES[signature.party])


@predicate
def is_expected(user: Anyone, signature: Signature) -> bool:
    """Is the one who signs for the party: whom the document names, or who stands in.
    Anybody of it where no account is named."""
    return can_sign_for(user, signature) and signature.signatory_id in (None, user.pk)


@predicate
def can_name_signer(user: Anyone, signature: Signature) -> bool:
    return is_organiser(user) or can_sign_for(user, signature)


@predicate
def can_edit_incubator(user: Anyone, incubator: Incubator) -> bool:
    return is_organiser(user) or is_host_of(user, incubator)


@predicate
def can_save_wishes(user: Anyone, candidate: Candidate) -> bool:
    return is_organiser(user) or is_team_of(user, candidate)


@predicate
def can_withdraw(user: Anyone, candidate: Candidate) -> bool:
    return is_organiser(user) or is_team_of(user, candidate)


@predicate
def is_coordinator_of_home(user: Anyone, candidate: Candidate | Application) -> bool:
    """Coordinates the city that sends the candidate, or whoever applies to be one."""
    return candidate.home_city_id in city_ids_of(user)


@predicate
def can_read_wishes(user: Anyone, candidate: Candidate) -> bool:
    return can_save_wishes(user, candidate) or is_coordinator_of_home(user, candidate)


def require(allowed: bool, message: str | StrPromise) -> None:
    """Raises Forbidden with `message` unless `allowed`."""
    if not allowed:
        raise Forbidden(message)


@predicate
def can_arrange(user: Anyone, stay: Stay) -> bool:
    """Arranges the life of a stay: its host, or an organiser."""
    return is_organiser(user) or is_host_of(user, stay.incubator)


@predicate
def takes_part(user: Anyone, stay: Stay) -> bool:
    """Lives the stay: its team, its host, or an organiser. The cities look on."""
    return can_arrange(user, stay) or is_team_of(user, stay.candidate)


def does_task(user: Anyone, stay: Stay, owner: str) -> bool:
    """Does what `owner` (a TaskOwner) has to do for the stay. An organiser may stand in for anybody."""
    if is_organiser(user):
        return True
    does: dict[TaskOwner, Callable[[], bool]] = {
        TaskOwner.TEAM: lambda: is_team_of(user, stay.candidate),
        TaskOwner.HOST: lambda: is_host_of(user, stay.incubator),
        TaskOwner.CITY: lambda: is_coordinator_of_home(user, stay.candidate),
        TaskOwner.ORGANISER: lambda: False,
    }
    return does[TaskOwner(owner)]()


def writes_report(user: Anyone, stay: Stay, side: str) -> bool:
    """Writes the report of a side (a Side): its own people, nobody for them."""
    if side == Side.HOST:
        return is_host_of(user, stay.incubator)
    return is_team_of(user, stay.candidate)
