"""Calls of the waiting list: what happened that may give a place to somebody who waits."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from corridor.states import CallCause
from toolkit.dates import date_format

if TYPE_CHECKING:
    from corridor.reads.plans import WaitingCallQuerySet


class WaitingCall(models.Model):
    """One cause, written in the transaction of what caused it. Answered in the task queue by a plan of the least
    change; without a plan where nobody waits any more."""

    programme = models.ForeignKey("corridor.Programme", models.CASCADE, related_name="calls")
    cause = models.CharField(max_length=16, choices=CallCause)
    candidate = models.ForeignKey("corridor.Candidate", models.CASCADE, null=True, blank=True, related_name="+")
    incubator = models.ForeignKey("corridor.Incubator", models.CASCADE, null=True, blank=True, related_name="+")
    starts = models.DateField(null=True, blank=True)  # what came free: [starts, ends)
    ends = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    plan = models.ForeignKey("corridor.PlacementPlan", models.SET_NULL, null=True, blank=True, related_name="calls")

    if TYPE_CHECKING:
        objects = WaitingCallQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(cause__in=CallCause.values), name="waiting_call_cause")]

    def __str__(self) -> str:
        return f"{self.programme}: {self.cause}"

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language."""
        values = {
            "team": self.candidate.name if self.candidate else "",
            "host": self.incubator.name if self.incubator else "",
            "starts": date_format(self.starts) if self.starts else "",
            "last": date_format(self.ends - timedelta(days=1)) if self.ends else "",
        }
        if self.cause == CallCause.WITHDRAWN and not self.incubator:
            return _("%(team)s withdrew.") % values
        sentences = {
            CallCause.TEAM_DECLINED: _("%(team)s declined the stay at %(host)s, %(starts)s to %(last)s."),
            CallCause.HOST_DECLINED: _("%(host)s declined the stay of %(team)s, %(starts)s to %(last)s."),
            CallCause.CANCELLED: _("The stay of %(team)s at %(host)s was cancelled, %(starts)s to %(last)s."),
            CallCause.WITHDRAWN: _("%(team)s withdrew: the stay at %(host)s, %(starts)s to %(last)s, is free."),
            CallCause.MOVED: _("%(team)s was moved: the stay at %(host)s, %(starts)s to %(last)s, is free."),
            CallCause.SHORTENED: _("The stay of %(team)s at %(host)s ends earlier: %(starts)s to %(last)s is free."),
            CallCause.PLACES_TAKEN: _(
                "%(host)s took its places back: the stay of %(team)s, %(starts)s to %(last)s, ended."
            ),
            CallCause.MORE_PLACES: _("%(host)s offers more than before."),
            CallCause.FEWER_PLACES: _("%(host)s offers less than before."),
        }
        return sentences[CallCause(self.cause)] % values
