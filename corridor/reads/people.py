"""Whose part in the corridor a row is, in the database's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from network.permissions import city_ids_of, roles_of
from network.states import Role

if TYPE_CHECKING:
    from network.requests import Anyone


def organisation_ids(user: Anyone, role: Role) -> list[int]:
    """Organisations in which the user holds `role`."""
    return [membership.organisation_id for membership in roles_of(user).get(role, [])]


def team_of(user: Anyone, prefix: str = "") -> Q:
    """Candidates whose team the user belongs to: as founder of the start-up, or as the graduate."""
    person = Q(**{f"{prefix}user": user.pk or 0})
    own = organisation_ids(user, Role.FOUNDER)
    return Q(**{f"{prefix}organisation__in": own}) | person if own else person


def of_stays(user: Anyone, prefix: str = "stay__") -> Q:
    """What belongs to stays in which the user has a part: team, host, home city or host city."""
    theirs = team_of(user, f"{prefix}candidate__")
    if houses := organisation_ids(user, Role.HOST):
        theirs |= Q(**{f"{prefix}incubator__organisation__in": houses})
    if cities := city_ids_of(user):
        theirs |= Q(**{f"{prefix}candidate__home_city__in": cities})
        theirs |= Q(**{f"{prefix}incubator__organisation__city__in": cities})
    return theirs


def since_it_hosts(moment: str, prefix: str = "") -> Q:
    """Rows of a stay whose field `moment` lies after it was moved to its incubator: the host before keeps its own."""
    since = f"{prefix}host_since"
    return Q(**{f"{since}__isnull": True}) | Q(**{f"{moment}__gte": F(since)})
