"""The reads around plans of placement: plans, questions about them, calls of the waiting list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch

from corridor.models import PlacementPlan, WaitingCall
from network.permissions import is_organiser
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from network.requests import Anyone


@reads_of(PlacementPlan)
class PlacementPlanQuerySet(models.QuerySet["PlacementPlan"]):
    def visible_to(self, user: Anyone) -> Self:
        """A plan is the organiser's until it is applied."""
        return self if is_organiser(user) else self.none()

    def with_calls(self) -> Self:
        """Fetches the programme and the calls that each plan answers, with what their sentences say."""
        calls = WaitingCall
        return self.select_related("programme__edition").prefetch_related(Prefetch("calls", calls.objects.with_names()))

    def with_people(self) -> Self:
        return self.with_calls().select_related("programme__edition", "made_by", "applied_by")

    def called(self) -> Self:
        """Plans that answer calls of the waiting list."""
        calls = WaitingCall
        return self.filter(Exists(calls.objects.filter(plan=OuterRef("pk"))))


@reads_of(WaitingCall)
class WaitingCallQuerySet(models.QuerySet["WaitingCall"]):
    def owed(self) -> Self:
        """Calls that no plan answers yet."""
        return self.filter(answered_at__isnull=True)

    def with_names(self) -> Self:
        """Fetches what a call's sentence says."""
        return self.select_related("candidate", "incubator__organisation").order_by("id")
