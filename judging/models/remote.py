"""What comes back too late, and what jurors practise on."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from judging.models.scorecards import REMARK_LIMIT
from judging.states import SetAsideEnd, SetAsideReason

if TYPE_CHECKING:
    from judging.reads.scorecards import SetAsideQuerySet


class SetAside(models.Model):
    """A juror's version of a scorecard that arrived when it could no longer be applied.
    Kept as typed, never applied by itself.

    `marks` is {criterion code: text as typed, "" for none}; `texts` {"comment", "private_note", "remark:CODE"}. Only
    their juror reads them; who runs the round reads that they came, when and why.
    """

    scorecard = models.ForeignKey("judging.Scorecard", models.PROTECT, related_name="set_aside")
    user = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    why = models.CharField(max_length=16, choices=SetAsideReason)
    base = models.PositiveIntegerField()  # the version that was typed over
    marks = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)  # of marks and texts: the same one sent twice is one
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_as = models.CharField(max_length=16, choices=SetAsideEnd, blank=True)

    if TYPE_CHECKING:
        objects = SetAsideQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "sha256"], name="set_aside_once"),
            models.CheckConstraint(condition=Q(why__in=SetAsideReason.values), name="set_aside_why"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_as="")
                | Q(settled_at__isnull=False, settled_as__in=SetAsideEnd.values),
                name="set_aside_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scorecard} {self.received_at:%Y-%m-%d %H:%M}"


class SampleEntry(models.Model):
    """An entry that every juror of a practice round marks. `reference` is what the organiser would have given:
    {criterion code: text}, shown with `comment` once a juror has submitted."""

    round = models.ForeignKey("judging.Round", models.CASCADE, related_name="samples")
    entry = models.ForeignKey("contest.Entry", models.PROTECT, related_name="samples")
    order = models.PositiveSmallIntegerField(default=0)
    reference = models.JSONField(default=dict, blank=True)
    comment = models.TextField(_("why these marks"), max_length=REMARK_LIMIT, blank=True)

    class Meta:
        ordering = ["round", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "entry"], name="sample_once_per_round")]

    def __str__(self) -> str:
        return str(self.entry)
