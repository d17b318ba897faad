"""Incubators and the places that they offer."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from corridor.querysets import IncubatorQuerySet


class Incubator(models.Model):
    """A host. Its people are the members of its organisation (role host); who may sign, and by virtue of what, is stated."""

    organisation = models.OneToOneField("network.Organisation", models.PROTECT, related_name="incubator")
    description = I18nTextField(_("description"), blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    services = models.JSONField(_("services"), default=list)  # codes: see corridor.forms.SERVICES
    signatory_name = models.CharField(_("who signs"), max_length=150, blank=True)
    signatory_role = models.CharField(_("in which capacity"), max_length=150, blank=True)
    authority = I18nCharField(_("by virtue of"), max_length=800, blank=True)
    is_open = models.BooleanField(_("takes part in the corridor"), default=True)

    objects = IncubatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("incubator")
        ordering = ["organisation__name"]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def name(self) -> str:
        return self.organisation.name

    @property
    def city(self):
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
