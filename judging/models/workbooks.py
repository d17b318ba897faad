"""Ballots that came back as workbooks."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from toolkit.plans import PlanState

if TYPE_CHECKING:
    from judging.reads.scorecards import BallotImportQuerySet


class BallotImport(models.Model):
    """What an uploaded workbook would change, kept as the file that was shown.
    Applied from it, or refused if the scorecards have changed since."""

    round = models.ForeignKey("judging.Round", models.CASCADE, related_name="ballot_imports")
    juror = models.ForeignKey("judging.Juror", models.CASCADE, related_name="ballot_imports")
    state = models.CharField(max_length=16, choices=PlanState, default=PlanState.PROPOSED)
    file = models.JSONField()
    sha256 = models.CharField(max_length=64)  # of the canonical form of `file`
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        objects = BallotImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "juror"], condition=Q(state=PlanState.PROPOSED), name="ballot_import_one_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.sha256[:8]}"
