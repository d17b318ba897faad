"""What lies between countries and cities: how long papers take, and who has sent and hosted how many."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.models.lead_time_texts import in_words

if TYPE_CHECKING:
    from corridor.reads.stays import FeedQuerySet


class LeadTime(models.Model):
    """How many days before a stay its decision must fall, for a nationality in a host country. Never legal advice.

    Both are ISO 3166-1 codes, or EU for the countries of the European Union (corridor.domain.calendar.lead_times).
    An empty
    nationality stands for every other one. Without days, something is known of this way in (the note), but not how long
    it takes.
    """

    nationality = models.CharField(_("nationality"), max_length=2, blank=True)
    host_country = models.CharField(_("host country"), max_length=2)
    days = models.PositiveSmallIntegerField(_("days before the start"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=500)
    as_of = models.DateField(_("as of"))
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("lead time")
        ordering = ["host_country", "nationality"]
        constraints = [
            models.UniqueConstraint(fields=["nationality", "host_country"], name="lead_time_once"),
            models.CheckConstraint(condition=~Q(source=""), name="lead_time_source"),
        ]

    def __str__(self) -> str:
        return f"{self.nationality or '*'} → {self.host_country}: {self.days}"

    @property
    def note_words(self) -> str:
        """The note in the reader's language, where it came with the site."""
        return in_words(self.note)

    @property
    def source_words(self) -> str:
        return in_words(self.source)


class OpeningBalance(models.Model):
    """Stays that a city sent and hosted before this site counted them."""

    city = models.OneToOneField("network.City", models.PROTECT, related_name="+")
    sent = models.PositiveIntegerField(_("sent before"), default=0)
    hosted = models.PositiveIntegerField(_("hosted before"), default=0)
    note = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("opening balance")
        ordering = ["city__name"]

    def __str__(self) -> str:
        return f"{self.city}: {self.sent} / {self.hosted}"


class StayFeed(models.Model):
    """The secret address under which calendar programs find the stays of an incubator, of a start-up or of a person."""

    incubator = models.OneToOneField(
        "corridor.Incubator", models.CASCADE, null=True, blank=True, related_name="stay_feed"
    )
    organisation = models.OneToOneField(
        "network.Organisation", models.CASCADE, null=True, blank=True, related_name="stay_feed"
    )
    user = models.OneToOneField("network.User", models.CASCADE, null=True, blank=True, related_name="stay_feed")
    token = models.CharField(max_length=64, unique=True, editable=False)
    renewed_at = models.DateTimeField()

    if TYPE_CHECKING:
        objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(incubator__isnull=False, organisation__isnull=True, user__isnull=True)
                | Q(incubator__isnull=True, organisation__isnull=False, user__isnull=True)
                | Q(incubator__isnull=True, organisation__isnull=True, user__isnull=False),
                name="stay_feed_of_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.incubator or self.organisation or self.user)
