"""Plans of placement, and the stays that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.domain.calendar.spans import Span, beyond
from corridor.states import QuestionState, StayState
from toolkit.owing import Owing
from toolkit.plans import Plan

if TYPE_CHECKING:
    from corridor.models.life import ChecklistItem, Report
    from corridor.reads.plans import PlacementPlanQuerySet
    from corridor.reads.stays import StayQuerySet


PLAN_APPLIED = "plan.applied"  # kept as the reason of a stay that a plan ended: each reader is told in their language


class PlacementPlan(Plan):
    """A proposed placement."""

    programme = models.ForeignKey("corridor.Programme", models.CASCADE, related_name="plans")
    change_first = models.BooleanField(default=False)  # least change from the stays in force comes before all else
    decided_on = models.DateField(null=True)  # lead times are counted from this day

    if TYPE_CHECKING:
        objects = PlacementPlanQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.programme} {self.inputs_sha256[:8]}"


class Stay(models.Model):
    """A candidate in an incubator over the half-open interval [starts, ends)."""

    programme = models.ForeignKey("corridor.Programme", models.PROTECT, related_name="stays")
    candidate = models.ForeignKey("corridor.Candidate", models.PROTECT, related_name="stays")
    incubator = models.ForeignKey("corridor.Incubator", models.PROTECT, related_name="stays")
    plan = models.ForeignKey(PlacementPlan, models.PROTECT, null=True, blank=True, related_name="stays")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until (that day not included)"))
    desks = models.PositiveSmallIntegerField(_("desks"), default=1)
    state = models.CharField(max_length=16, choices=StayState, default=StayState.PROPOSED)
    is_pinned = models.BooleanField(default=False)  # plans leave it as it is
    reason = models.JSONField(default=dict)  # code and figures from the plan
    accepted_by_host_at = models.DateTimeField(null=True, blank=True)
    accepted_by_team_at = models.DateTimeField(null=True, blank=True)
    # What a change of the agreement asks for and has not got yet: kept free until that document is executed or void.
    asked_starts = models.DateField(null=True, blank=True)
    asked_ends = models.DateField(null=True, blank=True)
    asked_desks = models.PositiveSmallIntegerField(null=True, blank=True)
    # Of each report that the agreement names: what says on which day it is due
    # (corridor.domain.life.reports.promised_times).
    promised = models.JSONField(default=list, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=500, blank=True)
    host_since = models.DateTimeField(
        null=True, blank=True
    )  # moved here from another incubator, whose papers stay its own
    created_at = models.DateTimeField()

    # What lists of stays and of their duties add.
    open_items: list[ChecklistItem]
    kept_reports: list[Report]
    filed_reports: list[Report]
    minutes: int | None
    lines: int
    lines_done: int
    letters_count: int
    incidents_count: int

    if TYPE_CHECKING:
        objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = _("stay")
        ordering = ["starts", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="stay_window"),
            models.CheckConstraint(condition=Q(state__in=StayState.values), name="stay_state"),
            models.CheckConstraint(
                condition=Q(asked_starts__isnull=True, asked_ends__isnull=True, asked_desks__isnull=True)
                | Q(asked_starts__isnull=False, asked_ends__gt=F("asked_starts"), asked_desks__gte=1),
                name="stay_asked_whole",
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(state__in=["proposed", "accepted", "confirmed"]),
                name="stay_one_per_candidate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} → {self.incubator} [{self.starts}, {self.ends})"

    @property
    def why_ended(self) -> str:
        """The reason given, or that a plan ended it, in the reader's language."""
        return str(_("A new plan was applied.")) if self.decline_reason == PLAN_APPLIED else self.decline_reason

    @property
    def kept_spans(self) -> list[Span]:
        """The desks kept beside its own for a change that waits to be signed."""
        if self.asked_starts is None or self.asked_ends is None or self.asked_desks is None:
            return []
        asked = Span(self.asked_starts, self.asked_ends, self.asked_desks)
        return beyond(Span(self.starts, self.ends, self.desks), asked)

    @property
    def spans(self) -> list[Span]:
        """Every desk that it holds, by day."""
        return [Span(self.starts, self.ends, self.desks), *self.kept_spans]


class Question(Owing):
    """“What would change it?” for a candidate that a plan does not place.
    Answered in the task queue, kept with the plan."""

    plan = models.ForeignKey(PlacementPlan, models.CASCADE, related_name="questions")
    candidate = models.ForeignKey("corridor.Candidate", models.CASCADE, related_name="+")
    state = models.CharField(max_length=16, choices=QuestionState, default=QuestionState.ASKED)
    changes = models.JSONField(default=list, blank=True)  # rows of placement_change.Change
    progress = models.JSONField(default=dict, blank=True)  # {seconds, tried, found}
    asked_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "candidate"]
        constraints = [models.UniqueConstraint(fields=["plan", "candidate"], name="question_once")]

    def __str__(self) -> str:
        return f"{self.plan} · {self.candidate}"
