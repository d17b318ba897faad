"""Who is what: small named predicates, joined where they are used."""

import rules
from allauth.account.models import EmailAddress

from network.models import Membership, User
from network.states import Role


def roles_of(user: User) -> dict[str, list[Membership]]:
    """{role: memberships} of a user, read once per user object (a request)."""
    if not hasattr(user, "_roles"):
        found: dict[str, list[Membership]] = {}
        if user.is_authenticated:
            for membership in user.memberships.select_related("organisation__city"):
                found.setdefault(membership.role, []).append(membership)
        user._roles = found
    return user._roles


def city_ids_of(user: User) -> list[int]:
    """Cities that the user coordinates."""
    return [m.organisation.city_id for m in roles_of(user).get(Role.COORDINATOR, []) if m.organisation.city_id]


def holds_address(user: User, email: str) -> bool:
    """Has proved, by a code, that mail to the address reaches them."""
    return EmailAddress.objects.filter(user=user, verified=True, email__iexact=email).exists()


@rules.predicate
def is_organiser(user: User) -> bool:
    """Works for the network's secretariat."""
    return Role.ORGANISER in roles_of(user)


@rules.predicate
def is_coordinator(user: User) -> bool:
    return Role.COORDINATOR in roles_of(user)


@rules.predicate
def is_host(user: User) -> bool:
    return Role.HOST in roles_of(user)


@rules.predicate
def is_founder(user: User) -> bool:
    return Role.FOUNDER in roles_of(user)
