"""How a city chooses: who claims an entry, who checked it and why, who was nominated in which slot."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Claim(models.Model):
    """A city says that an entry is its own. One claim settles the entry's city;
    two wait for the organiser's decision."""

    entry = models.ForeignKey("contest.Entry", models.CASCADE, related_name="claims")
    city = models.ForeignKey("network.City", models.PROTECT, related_name="claims")
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    created_at = models.DateTimeField()
    # Set when the organiser decides between cities.
    upheld = models.BooleanField(null=True, blank=True)
    decided_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "city"], name="claim_once")]

    def __str__(self) -> str:
        return f"{self.city} ← {self.entry}"


class Screening(models.Model):
    """A named person's decision on eligibility, with the reason and the facts that were shown. Never changed:
    a new one follows."""

    entry = models.ForeignKey("contest.Entry", models.CASCADE, related_name="screenings")
    eligible = models.BooleanField()
    reason = models.CharField(_("reason"), max_length=1000)
    facts = models.JSONField(default=dict)
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.entry}: {'eligible' if self.eligible else 'not eligible'}"


class Nomination(models.Model):
    """A city's place for an entry. `slot` counts from 1 to the edition's quota_sent,
    `competing_slot` to quota_competing."""

    edition = models.ForeignKey("contest.Edition", models.PROTECT, related_name="nominations")
    city = models.ForeignKey("network.City", models.PROTECT, related_name="nominations")
    entry = models.OneToOneField("contest.Entry", models.PROTECT, related_name="nomination")
    slot = models.PositiveSmallIntegerField(_("place"))
    competing_slot = models.PositiveSmallIntegerField(_("competing place"), null=True, blank=True)
    reason = models.CharField(_("why this start-up"), max_length=1000, blank=True)
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("nomination")
        ordering = ["city", "slot"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "city", "slot"], name="nomination_slot_once"),
            models.UniqueConstraint(fields=["edition", "city", "competing_slot"], name="nomination_competing_once"),
            models.CheckConstraint(
                condition=Q(slot__gte=1) & (Q(competing_slot__isnull=True) | Q(competing_slot__gte=1)),
                name="nomination_slots_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city} {self.slot}: {self.entry}"
