"""Who is what: small named predicates, joined where they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress

from network.models import Membership
from network.states import Role
from toolkit.predicates import predicate
from toolkit.prepared import Prepared, number

if TYPE_CHECKING:
    from network.requests import Anyone


USER = number(0)
# Asked by every page of somebody who is logged in.
MEMBERSHIPS: Prepared[Membership] = Prepared(
    lambda _shape: Membership.objects.filter(user=USER).select_related("organisation__city")
)


def roles_of(user: Anyone) -> dict[str, list[Membership]]:
    """{role: memberships} of a user, read once per user object (a request)."""
    if not user.is_authenticated:
        return {}
    if not hasattr(user, "_roles"):
        found: dict[str, list[Membership]] = {}
        for membership in MEMBERSHIPS.rows("", {USER: user.pk}):
            membership.user = user
            found.setdefault(membership.role, []).append(membership)
        user._roles = found
    return user._roles


def city_ids_of(user: Anyone) -> list[int]:
    """Cities that the user coordinates."""
    return [m.organisation.city_id for m in roles_of(user).get(Role.COORDINATOR, []) if m.organisation.city_id]


def holds_address(user: Anyone, email: str) -> bool:
    """Has proved, by a code, that mail to the address reaches them."""
    if not user.is_authenticated:
        return False
    return EmailAddress.objects.filter(user=user, verified=True, email__iexact=email).exists()


@predicate
def is_organiser(user: Anyone) -> bool:
    """Works for the network's secretariat."""
    return Role.ORGANISER in roles_of(user)


@predicate
def is_coordinator(user: Anyone) -> bool:
    return Role.COORDINATOR in roles_of(user)


@predicate
def is_host(user: Anyone) -> bool:
    return Role.HOST in roles_of(user)


@predicate
def is_founder(user: Anyone) -> bool:
    return Role.FOUNDER in roles_of(user)
