"""The reads around plans of placement: plans, questions about them, calls of the waiting list."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch

from network.permissions import is_organiser


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PlanQuerySet":
        """A plan is the organiser's until it is applied."""
        return self if is_organiser(user) else self.none()

    def with_calls(self) -> "PlanQuerySet":
        """Fetches the programme and the calls that each plan answers, with what their sentences say."""
        calls: Any = self.model._meta.get_field("calls").related_model
        return self.select_related("programme__edition").prefetch_related(Prefetch("calls", calls.objects.with_names()))

    def with_people(self) -> "PlanQuerySet":
        return self.with_calls().select_related("programme__edition", "made_by", "applied_by")

    def called(self) -> "PlanQuerySet":
        """Plans that answer calls of the waiting list."""
        calls: Any = self.model._meta.get_field("calls").related_model
        return self.filter(Exists(calls.objects.filter(plan=OuterRef("pk"))))


class CallQuerySet(models.QuerySet):
    def owed(self) -> "CallQuerySet":
        """Calls that no plan answers yet."""
        return self.filter(answered_at__isnull=True)

    def with_names(self) -> "CallQuerySet":
        """Fetches what a call's sentence says."""
        return self.select_related("candidate", "incubator__organisation").order_by("id")
