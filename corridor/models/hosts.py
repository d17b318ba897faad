"""Incubators and the places that they offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from toolkit.languages import I18nCharField, I18nTextField
from toolkit.names import NameField

if TYPE_CHECKING:
    from corridor.models.stays import Stay
    from corridor.reads.host_documents import HostDocumentQuerySet
    from corridor.reads.hosts import IncubatorQuerySet
    from network.models import City


class Incubator(models.Model):
    """A host. Its people are the members of its organisation (role host);
    who may sign, and by virtue of what, is stated."""

    organisation = models.OneToOneField("network.Organisation", models.PROTECT, related_name="incubator")
    description = I18nTextField(_("description"), blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    services = models.JSONField(_("services"), default=list)  # codes: see corridor.forms.SERVICES
    sectors = models.JSONField(_("sectors"), default=list, blank=True)  # codes: see corridor.forms.SECTORS
    arrivals_per_month = models.PositiveSmallIntegerField(_("teams that may arrive in a month"), null=True, blank=True)
    signatory_name = NameField(_("who signs"), max_length=150, blank=True)
    signatory_role = models.CharField(_("in which capacity"), max_length=150, blank=True)
    authority = I18nCharField(_("by virtue of"), max_length=800, blank=True)
    is_open = models.BooleanField(_("takes part in the corridor"), default=True)

    # What with_places fetches.
    held_stays: list[Stay]

    if TYPE_CHECKING:
        objects = IncubatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("incubator")
        ordering = ["organisation__name"]

    def __str__(self) -> str:
        found: str = self.organisation.name
        return found

    @property
    def name(self) -> str:
        found: str = self.organisation.name
        return found

    @property
    def city(self) -> City | None:
        return self.organisation.city


class Opening(models.Model):
    """Desks from a date to a date: the half-open interval [starts, ends). Overlapping openings add up."""

    incubator = models.ForeignKey(Incubator, models.CASCADE, related_name="openings")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until (that day not included)"))
    desks = models.PositiveSmallIntegerField(_("desks"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("opening")
        ordering = ["starts", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="opening_window"),
            models.CheckConstraint(condition=Q(desks__gte=1), name="opening_desks"),
        ]

    def __str__(self) -> str:
        return f"{self.incubator}: {self.desks} × [{self.starts}, {self.ends})"


class Blackout(models.Model):
    """[starts, ends): nobody stays on these days; with `arrivals_only`, nobody arrives, but who is there may stay."""

    incubator = models.ForeignKey(Incubator, models.CASCADE, related_name="blackouts")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until (that day not included)"))
    arrivals_only = models.BooleanField(_("only arrivals are excluded"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("closed days")
        ordering = ["starts", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="blackout_window")]

    def __str__(self) -> str:
        return f"{self.incubator}: [{self.starts}, {self.ends})"


class HostDocument(models.Model):
    """A file that an incubator shows to those who may come: house rules, a floor plan, an insurance form."""

    incubator = models.ForeignKey(Incubator, models.CASCADE, related_name="documents")
    title = NameField(_("title"), max_length=150)
    file = models.FileField(upload_to="incubators/%Y/", max_length=200)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    if TYPE_CHECKING:
        objects = HostDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        found: str = self.title
        return found


class HostAnswer(models.Model):
    """What a host says of a candidate that wishes it: a place in its own order (equal numbers are equal), or a refusal
    with the reason. A candidate without an answer comes after all who have a place."""

    incubator = models.ForeignKey(Incubator, models.CASCADE, related_name="answers")
    candidate = models.ForeignKey("corridor.Candidate", models.CASCADE, related_name="host_answers")
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["incubator", "place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["incubator", "candidate"], name="host_answer_once"),
            models.CheckConstraint(
                condition=Q(place__gte=1, reason="") | (Q(place__isnull=True) & ~Q(reason="")), name="host_answer_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incubator} · {self.candidate}"

    @property
    def is_refusal(self) -> bool:
        return self.place is None
