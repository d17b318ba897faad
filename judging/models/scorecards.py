"""One juror's marks on one entry."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from judging.states import ScorecardState

if TYPE_CHECKING:
    from judging.reads.scorecards import ScorecardQuerySet


TEXT_LIMIT, REMARK_LIMIT = 4_000, 2_000  # characters of what is said of an entry, and of why a mark is given


class Scorecard(models.Model):
    """`version` counts saves: a save that carries an older one is shown beside what is kept, never applied."""

    assignment = models.OneToOneField("judging.Assignment", models.PROTECT, related_name="scorecard")
    state = models.CharField(max_length=16, choices=ScorecardState, default=ScorecardState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    comment = models.TextField(_("comment for the start-up"), max_length=TEXT_LIMIT, blank=True)
    private_note = models.TextField(_("note for yourself"), max_length=TEXT_LIMIT, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    recusal_reason = models.CharField(max_length=500, blank=True)

    # What with_progress adds.
    marks_done: int
    criteria_required: int
    is_readable: bool
    takes_part: bool
    missed: str | None

    if TYPE_CHECKING:
        objects = ScorecardQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=ScorecardState.values), name="scorecard_state")]

    def __str__(self) -> str:
        return str(self.assignment)


class Mark(models.Model):
    """A number in thousandths, or “not applicable”. A criterion without a row is blank: not yet marked."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey("judging.Criterion", models.PROTECT, related_name="marks")
    value = models.IntegerField(null=True)
    not_applicable = models.BooleanField(default=False)
    comment = models.TextField(_("why this mark"), max_length=REMARK_LIMIT, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "criterion"], name="mark_once"),
            models.CheckConstraint(
                condition=Q(not_applicable=True, value__isnull=True) | Q(not_applicable=False, value__isnull=False),
                name="mark_or_not_applicable",
            ),
        ]

    def __str__(self) -> str:
        return "–" if self.value is None else str(self.value / 1000)
