"""Who reads the documents of an incubator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from corridor.models import Candidate, HostDocument, Stay
from corridor.reads.people import organisation_ids, team_of
from corridor.states import CandidateState
from network.permissions import is_coordinator, is_organiser
from network.states import Role
from toolkit import clock
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from network.requests import Anyone


@reads_of(HostDocument)
class HostDocumentQuerySet(models.QuerySet["HostDocument"]):
    def visible_to(self, user: Anyone) -> Self:
        """Organisers and coordinators: all; a host: its own; a team: where it has a place, and where it may wish to go
        while it waits and a start of its programme lies ahead."""
        if is_organiser(user) or is_coordinator(user):
            return self
        candidates = Candidate
        stays = Stay
        held = stays.objects.holding().filter(team_of(user, "candidate__"), incubator=OuterRef("incubator"))
        away = ~Q(home_city=OuterRef("incubator__organisation__city")) | Q(programme__home_city_allowed=True)
        may_wish = candidates.objects.of_team(user).filter(
            away, state=CandidateState.WAITING, programme__last_start__gt=clock.now().date()
        )
        own = Q(incubator__organisation__in=organisation_ids(user, Role.HOST))
        return self.filter(own | Exists(held) | Q(incubator__is_open=True) & Exists(may_wish))
