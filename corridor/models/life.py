"""What happens in a stay: who travels, the checklist, reports, letters, mentor hours, incidents."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.states import ReportState, Side, TaskOwner, TaskState
from toolkit.languages import I18nCharField
from toolkit.names import NameField

if TYPE_CHECKING:
    from corridor.reads.stays import IncidentQuerySet, LetterQuerySet, OfStayQuerySet, ReportQuerySet


class StayTemplate(models.Model):
    """The checklist and the report forms of a programme's stays, as data. Without a row: data/stays/.

    `checklist` is a list of {code, title, owner, days}, `reports` of {code, title, side, anchor, months, opens_days,
    due_days, questions}: see corridor.domain.life.stages.Task and corridor.domain.life.reports.Form.
    """

    programme = models.OneToOneField("corridor.Programme", models.CASCADE, related_name="stay_template")
    checklist = models.JSONField(default=list)
    reports = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.programme}"


class Traveller(models.Model):
    """A person who goes, present over the half-open interval [starts, ends). No passport number, by design."""

    stay = models.ForeignKey("corridor.Stay", models.CASCADE, related_name="travellers")
    name = NameField(_("name"), max_length=300)
    nationalities = models.JSONField(_("nationalities"))  # ISO 3166-1 codes, at least one
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until (that day not included)"))

    # What the page of a stay adds: the nationalities in words.
    country: str

    if TYPE_CHECKING:
        objects = OfStayQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "name", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="traveller_window")]

    def __str__(self) -> str:
        found: str = self.name
        return found


class ChecklistItem(models.Model):
    """One thing to do for a stay, by whom and by which day (where the host is)."""

    stay = models.ForeignKey("corridor.Stay", models.CASCADE, related_name="checklist")
    code = models.CharField(max_length=40, blank=True)  # of the programme's line; empty for one of the stay's own
    title = I18nCharField(_("what"), max_length=600)
    owner = models.CharField(_("who"), max_length=12, choices=TaskOwner)
    due = models.DateField(_("by"))
    state = models.CharField(max_length=12, choices=TaskState, default=TaskState.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")

    if TYPE_CHECKING:
        objects = OfStayQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the checklist")
        ordering = ["due", "id"]
        constraints = [
            models.UniqueConstraint(fields=["stay", "code"], condition=~Q(code=""), name="checklist_code_once"),
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="checklist_state"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Report(models.Model):
    """One version of one side's report. Filed ones never change (a correction is the next
    version) but for what is erased.

    `asked` is the form as it was when the version was begun (questions as data), `answers` {question code: value}.
    """

    stay = models.ForeignKey("corridor.Stay", models.CASCADE, related_name="reports")
    code = models.CharField(max_length=40)
    side = models.CharField(max_length=8, choices=Side)
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.DRAFT)
    revision = models.PositiveIntegerField(default=0)  # counts the saves of a draft
    asked = models.JSONField()
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True, blank=True)
    filed_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")

    if TYPE_CHECKING:
        objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        ordering = ["stay", "code", "side", "version"]
        constraints = [
            models.UniqueConstraint(fields=["stay", "code", "side", "version"], name="report_version_once"),
            models.UniqueConstraint(
                fields=["stay", "code", "side"], condition=Q(state="draft"), name="report_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", filed_at__isnull=True) | Q(state="filed", filed_at__isnull=False),
                name="report_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stay} · {self.code} {self.version}"


class Letter(models.Model):
    """A message between the team, the host and the organisers, kept with the stay and mailed."""

    stay = models.ForeignKey("corridor.Stay", models.CASCADE, related_name="letters")
    author = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    text = models.TextField(_("text"), max_length=4000)
    at = models.DateTimeField()

    if TYPE_CHECKING:
        objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.stay} · {self.author}"


class MentorHour(models.Model):
    """Time that a mentor gave to a team, noted by the host."""

    stay = models.ForeignKey("corridor.Stay", models.CASCADE, related_name="mentor_hours")
    day = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    mentor = models.CharField(_("mentor"), max_length=150)
    about = models.CharField(_("about"), max_length=300, blank=True)
    noted_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    if TYPE_CHECKING:
        objects = OfStayQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=1440), name="mentor_minutes")]

    def __str__(self) -> str:
        return f"{self.mentor} {self.day}"


class Incident(models.Model):
    """Something that went wrong, and what was done. For the host and the organisers only."""

    stay = models.ForeignKey("corridor.Stay", models.CASCADE, related_name="incidents")
    day = models.DateField(_("day"))
    what = models.TextField(_("what happened"), max_length=4000)
    done = models.TextField(_("what was done"), max_length=4000, blank=True)
    recorded_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    if TYPE_CHECKING:
        objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        ordering = ["-day", "-id"]

    def __str__(self) -> str:
        return f"{self.stay} · {self.day}"


class StayErasure(models.Model):
    """The log of what was erased of a stay: when, by whom, why, and how much of what; never what it said."""

    stay = models.ForeignKey("corridor.Stay", models.PROTECT, related_name="erasures")
    at = models.DateTimeField()
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    counts = models.JSONField()  # {travellers, answers, letters, mentor_hours, incidents}

    if TYPE_CHECKING:
        objects = OfStayQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.stay} {self.at:%Y-%m-%d}"
