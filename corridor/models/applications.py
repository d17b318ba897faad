"""How a person applies to a programme: its call, what it asks, and what the person says."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contest.models import Asked, Dossier, DossierAnswer, DossierFile
from corridor.domain.calendar.spans import add_months
from corridor.states import AdmissionOrder, ApplicationState, PersonStatus, Ruling
from toolkit import clock
from toolkit.languages import I18nCharField, I18nTextField

if TYPE_CHECKING:
    from corridor.reads.applications import ApplicationCallQuerySet, ApplicationDocumentQuerySet, ApplicationQuerySet

TEXT_LIMIT = 3000  # of the motivation
# What an application says of a person, and what stands there once that is erased.
PERSONAL: dict[str, object] = {
    "born_on": None,
    "nationalities": [],
    "languages": [],
    "address": "",
    "diploma_title": "",
    "diploma_school": "",
    "diploma_on": None,
    "motivation": "",
}


class ApplicationCall(models.Model):
    """The period in which people may apply to a programme, and what its public page says. Who is eligible:
    the programme."""

    programme = models.OneToOneField("corridor.Programme", models.CASCADE, related_name="call")
    opens_at = models.DateTimeField(_("applications open"), null=True, blank=True)
    closes_at = models.DateTimeField(_("applications close"), null=True, blank=True)
    about = I18nTextField(_("what the programme is"), blank=True)
    privacy = I18nTextField(_("what happens with the data"), blank=True)
    # Those who are not admitted: their data are erased so many months after the close. Empty: by hand only.
    keep_months = models.PositiveSmallIntegerField(_("months for which applications are kept"), null=True, blank=True)
    order = models.CharField(
        _("order in which people are admitted"), max_length=16, choices=AdmissionOrder, default=AdmissionOrder.BY_HAND
    )

    if TYPE_CHECKING:
        objects = ApplicationCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for applications")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="application_call_window"),
            models.CheckConstraint(condition=Q(order__in=AdmissionOrder.values), name="application_call_order"),
        ]

    def __str__(self) -> str:
        return str(self.programme)

    def is_open_at(self, now: datetime) -> bool:
        """From `opens_at` until just before `closes_at`; without both dates it is closed."""
        return bool(self.opens_at and self.closes_at and self.opens_at <= now < self.closes_at)

    @property
    def is_open(self) -> bool:
        return self.is_open_at(clock.now())

    @property
    def is_ahead(self) -> bool:
        """It opens later."""
        return bool(self.opens_at and clock.now() < self.opens_at)

    @property
    def erased_from(self) -> datetime | None:
        """When the data of those who are not admitted are due to be erased."""
        if self.closes_at is None or self.keep_months is None:
            return None
        return self.closes_at + (add_months(self.closes_at.date(), self.keep_months) - self.closes_at.date())


class ProgrammeQuestion(Asked):
    """What a programme asks of those who apply."""

    programme = models.ForeignKey("corridor.Programme", models.CASCADE, related_name="questions")

    class Meta:
        verbose_name = _("question")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="programme_question_code_once"),
        ]


class DocumentAsked(models.Model):
    """A PDF that a programme asks of those who apply: a copy of the diploma, a CV."""

    programme = models.ForeignKey("corridor.Programme", models.CASCADE, related_name="documents_asked")
    code = models.SlugField(max_length=40)
    name = I18nCharField(_("name"), max_length=400)
    help = I18nCharField(_("help"), max_length=1000, blank=True)
    is_required = models.BooleanField(_("required"), default=True)
    for_hosts = models.BooleanField(_("the hosts that the person wishes read it too"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("document")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="document_asked_code_once")]

    def __str__(self) -> str:
        return str(self.name)


class Application(Dossier):
    """What one person says to be admitted to one programme. Its dates and papers are the person's own:
    few may read them."""

    programme = models.ForeignKey("corridor.Programme", models.PROTECT, related_name="applications")
    user = models.ForeignKey("network.User", models.PROTECT, related_name="applications")
    home_city = models.ForeignKey("network.City", models.PROTECT, null=True, blank=True, related_name="applications")
    candidate = models.OneToOneField(
        "corridor.Candidate", models.PROTECT, null=True, blank=True, related_name="application"
    )
    state = models.CharField(max_length=16, choices=ApplicationState, default=ApplicationState.DRAFT)
    status = models.CharField(_("status"), max_length=16, choices=PersonStatus, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    nationalities = models.JSONField(_("nationalities"), default=list, blank=True)  # ISO 3166-1 codes; never a passport
    languages = models.JSONField(_("languages"), default=list, blank=True)
    address = models.CharField(_("postal address"), max_length=300, blank=True)
    diploma_title = models.CharField(_("diploma"), max_length=200, blank=True)
    diploma_school = models.CharField(_("school"), max_length=200, blank=True)
    diploma_on = models.DateField(_("awarded on"), null=True, blank=True)
    motivation = models.TextField(_("motivation"), max_length=TEXT_LIMIT, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    # What with_row adds.
    documents_count: int

    if TYPE_CHECKING:
        objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "user"], name="application_once"),
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="application_submitted_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.programme}"


class ApplicationAnswer(DossierAnswer):
    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    question = models.ForeignKey(ProgrammeQuestion, models.PROTECT, related_name="answers")

    class Meta:
        ordering = ["question__order", "question_id"]
        constraints = [models.UniqueConstraint(fields=["application", "question"], name="application_answer_once")]


class ApplicationDocument(DossierFile):
    """A paper that the programme asks, given."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    asked = models.ForeignKey(DocumentAsked, models.PROTECT, related_name="given")
    file = models.FileField(upload_to="applications/%Y/", max_length=200)
    pages = models.PositiveSmallIntegerField(_("pages"))
    created_at = models.DateTimeField()

    if TYPE_CHECKING:
        objects = ApplicationDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["asked__order", "asked_id"]
        constraints = [models.UniqueConstraint(fields=["application", "asked"], name="application_document_once")]


class ApplicationRuling(models.Model):
    """What the home city or the organiser decided about an application: by whom, when, and why.
    Added, never changed."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="rulings")
    ruling = models.CharField(max_length=16, choices=Ruling)
    reason = models.CharField(_("reason"), max_length=500)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="application_ruling_reason"),
            models.CheckConstraint(condition=Q(ruling__in=Ruling.values), name="application_ruling_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_ruling_display()}"
