"""Who sees which programme and which candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from corridor.models import Agreement, Candidate, Preference, Programme, Stay
from corridor.states import (
    HOLDS_PLACES,
    AgreementState,
    CandidateState,
    StayState,
)
from judging.models import Award
from network.permissions import city_ids_of, is_coordinator, is_organiser
from network.states import Role
from toolkit.columns import with_columns
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from network.requests import Anyone
from corridor.reads.people import organisation_ids, team_of


@reads_of(Programme)
class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: Anyone) -> Self:
        """Organisers and coordinators: all; a team: its own; a host: those with a stay in its incubator."""
        if is_organiser(user) or is_coordinator(user):
            return self
        hosted = Q(stays__incubator__organisation__in=organisation_ids(user, Role.HOST))
        return self.filter(team_of(user, "candidates__") | hosted).distinct()

    def with_counts(self) -> Self:
        """Adds candidates_count, wishes_count, waiting_count and stays_count (stays that hold places)."""
        held = Q(stays__state__in=HOLDS_PLACES)
        return with_columns(
            self.select_related("edition"),
            candidates_count=Count("candidates", distinct=True),
            wishes_count=Count("candidates", filter=Q(candidates__wishes_at__isnull=False), distinct=True),
            waiting_count=Count("candidates", filter=Q(candidates__state=CandidateState.WAITING), distinct=True),
            stays_count=Count("stays", filter=held, distinct=True),
        )

    def with_left_to_do(self) -> Self:
        """Adds has_awards, stays_unanswered, stays_without_agreement and agreements_unsigned."""
        awards = Award.objects.filter(edition=OuterRef("edition"))
        stays = Stay
        agreements = Agreement
        in_force = agreements.objects.agreements().exclude(state=AgreementState.VOID).filter(stay=OuterRef("pk"))
        bare = stays.objects.filter(state=StayState.ACCEPTED).exclude(Exists(in_force))
        return with_columns(
            self,
            has_awards=Exists(awards),
            stays_unanswered=Count("stays", filter=Q(stays__state=StayState.PROPOSED), distinct=True),
            stays_without_agreement=Count("stays", filter=Q(stays__in=bare), distinct=True),
            agreements_unsigned=Count("agreements", filter=Q(agreements__state=AgreementState.ISSUED), distinct=True),
        )


@reads_of(Candidate)
class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, user: Anyone) -> Self:
        """Organisers: all; a team: itself; a coordinator: the city's; a host: those with a stay in its incubator."""
        if is_organiser(user):
            return self
        staying = Stay.objects.filter(
            candidate=OuterRef("pk"), incubator__organisation__in=organisation_ids(user, Role.HOST)
        )
        return self.filter(team_of(user) | Q(home_city__in=city_ids_of(user)) | Exists(staying))

    def of_team(self, user: Anyone) -> Self:
        """Those for whom the user may speak."""
        return self.filter(team_of(user))

    def with_wishes(self) -> Self:
        """Fetches what the list of candidates shows: programme, city, organisation and wishes in order."""
        preferences = Preference
        wishes = preferences.objects.select_related("incubator__organisation__city").order_by("rank", "incubator_id")
        return self.select_related("programme__edition", "home_city", "organisation").prefetch_related(
            Prefetch("preferences", wishes)
        )
