"""Documents of the jury."""

from django.db import models
from django.db.models import Q

from judging.states import MINUTES_ATTEMPTS
from toolkit.owing import Owing


class Minutes(Owing):
    """The minutes of a closed round in one language: frozen when asked for, their PDF owed until `file` is there.

    What the minutes say may grow (awards are granted after the round is closed): another version is then made, and the
    earlier ones are kept.
    """

    round = models.ForeignKey("judging.Round", models.PROTECT, related_name="minutes")
    language = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField()
    frozen = models.JSONField()
    frozen_sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="minutes/", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["round", "-version", "language"]
        constraints = [
            models.UniqueConstraint(fields=["round", "language", "version"], name="minutes_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="minutes_version"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.language} {self.version}"

    @property
    def has_failed(self) -> bool:
        """The PDF could not be made, as often as the clock tries."""
        return not self.file and self.attempts >= MINUTES_ATTEMPTS and self.leased_until is None
