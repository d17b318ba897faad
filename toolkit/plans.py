"""A plan: proposed, shown, applied or set aside. What the rows of every kind of plan have alike.

What is done with them is `network.services.plans`: a plan is somebody's, and what happens to it is recorded.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from toolkit.owing import Owing


class PlanState(TextChoices):
    SOLVING = "solving", _("being computed")
    PROPOSED = "proposed", _("proposed")
    APPLIED = "applied", _("applied")
    DISCARDED = "discarded", _("discarded")
    FAILED = "failed", _("failed")
    REPLACED = "replaced", _("replaced by a newer plan")


OPEN = (PlanState.SOLVING, PlanState.PROPOSED, PlanState.FAILED)  # neither applied nor out of the way

PLAN = {
    (PlanState.SOLVING, "propose"): PlanState.PROPOSED,
    (PlanState.SOLVING, "fail"): PlanState.FAILED,
    (PlanState.PROPOSED, "apply"): PlanState.APPLIED,
    **{(state, "discard"): PlanState.DISCARDED for state in OPEN},
    **{(state, "replace"): PlanState.REPLACED for state in OPEN},
}


class Plan(Owing):
    """Made from frozen inputs, kept as the file that was shown, applied from that very file or refused."""

    state = models.CharField(max_length=16, choices=PlanState, default=PlanState.SOLVING)
    inputs = models.TextField()  # canonical JSON
    inputs_sha256 = models.CharField(max_length=64)  # of those inputs that make it stale when they change
    file = models.TextField(blank=True)  # canonical JSON of the answer; empty until it is computed
    sha256 = models.CharField(max_length=64, blank=True)
    is_optimal = models.BooleanField(null=True)  # proven; None until it is computed
    progress = models.JSONField(default=dict, blank=True)  # {seconds, value, bound, …}: how far the solver is
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=Q(state__in=PlanState.values), name="%(class)s_state")]

    @property
    def is_being_solved(self) -> bool:
        return self.state == PlanState.SOLVING
