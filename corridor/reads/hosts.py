"""Who sees which incubator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from corridor.models import Candidate, Incubator, Stay
from corridor.states import (
    HOLDS_PLACES,
)
from network.permissions import is_coordinator, is_organiser
from network.states import Role
from toolkit.columns import fetching
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from network.requests import Anyone
from corridor.reads.people import organisation_ids, team_of


@reads_of(Incubator)
class IncubatorQuerySet(models.QuerySet["Incubator"]):
    def visible_to(self, user: Anyone) -> Self:
        """Organisers and coordinators: all; a host: its own; a team: those that take part, and where it stays."""
        if is_organiser(user) or is_coordinator(user):
            return self
        candidates = Candidate
        seen = Q(organisation__in=organisation_ids(user, Role.HOST))
        if candidates.objects.of_team(user).exists():
            stays = Stay
            held = stays.objects.holding()
            seen |= Q(is_open=True) | Q(Exists(held.filter(team_of(user, "candidate__"), incubator=OuterRef("pk"))))
        return self.filter(seen)

    def of_host(self, user: Anyone) -> Self:
        """Those for which the user may speak."""
        return self.filter(organisation__in=organisation_ids(user, Role.HOST))

    def with_openings(self) -> Self:
        """Fetches the city, the openings and the blackouts."""
        return self.select_related("organisation__city").prefetch_related("openings", "blackouts")

    def with_places(self) -> Self:
        """Fetches the city, the openings, the blackouts and the stays that hold desks (as `held_stays`)."""
        stays = Stay
        held = stays.objects.filter(state__in=HOLDS_PLACES).order_by("starts", "id")
        return fetching(self.with_openings(), Prefetch("stays", held, to_attr="held_stays"))

    def with_answers(self) -> Self:
        """Fetches what each host answered about candidates."""
        return self.prefetch_related("answers")
