"""An entry that left a round under way, or left one juror's hands because a tie became known."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from judging.states import DepartureKind

if TYPE_CHECKING:
    from judging.reads.jury import DepartureQuerySet


class Departure(models.Model):
    """What left, since when, and whether who runs the round has looked. `juror` is set where a tie hides the entry from
    that juror alone. It follows facts: `ended_at` is when the entry came back, or the tie was gone or settled by a
    recusal."""

    round = models.ForeignKey("judging.Round", models.CASCADE, related_name="departures")
    entry = models.ForeignKey("contest.Entry", models.CASCADE, related_name="departures")
    juror = models.ForeignKey("judging.Juror", models.CASCADE, null=True, blank=True, related_name="departures")
    why = models.CharField(_("why"), max_length=16, choices=DepartureKind)
    at = models.DateTimeField()
    seen_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        objects = DepartureQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "entry"],
                condition=Q(juror__isnull=True, ended_at__isnull=True),
                name="departure_once",
            ),
            models.UniqueConstraint(
                fields=["round", "entry", "juror"],
                condition=Q(ended_at__isnull=True),
                name="departure_once_for_a_juror",
            ),
            models.CheckConstraint(condition=Q(why__in=DepartureKind.values), name="departure_why"),
            models.CheckConstraint(
                condition=Q(juror__isnull=True) ^ Q(why=DepartureKind.TIE), name="departure_tie_has_a_juror"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} · {self.round}"
