"""What a juror gives where a round doesn't ask for marks: one ranked list, or an answer for each pair compared."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RankedBallot(models.Model):
    """A juror's list for a round: `order` holds entry codes, best first. `version` counts saves, as a scorecard's does.

    Handed in when the juror's scorecards of the round are: there is no state beside theirs.
    """

    round = models.ForeignKey("judging.Round", models.PROTECT, related_name="ranked_ballots")
    juror = models.ForeignKey("judging.Juror", models.PROTECT, related_name="ranked_ballots")
    order = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "juror"], name="ranked_ballot_once")]

    def __str__(self) -> str:
        return f"{self.juror}: {', '.join(self.order)}"


class Duel(models.Model):
    """One juror's answer to one pair; `first` is the entry with the lower code. Without a winner:
    they could not tell."""

    round = models.ForeignKey("judging.Round", models.PROTECT, related_name="duels")
    juror = models.ForeignKey("judging.Juror", models.PROTECT, related_name="duels")
    first = models.ForeignKey("contest.Entry", models.PROTECT, related_name="+")
    second = models.ForeignKey("contest.Entry", models.PROTECT, related_name="+")
    winner = models.ForeignKey(
        "contest.Entry", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the better one")
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "juror", "first", "second"], name="duel_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="duel_of_two"),
            models.CheckConstraint(
                condition=Q(winner__isnull=True) | Q(winner=F("first")) | Q(winner=F("second")), name="duel_winner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"
