"""An edition of the contest: its dates, its quotas, its categories and its questions."""

import zoneinfo
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contest.domain.answers import tidy
from contest.domain.deadlines import Dates, phase_at
from contest.kinds.question_kinds import QUESTION_KINDS, USUAL
from contest.states import Phase
from toolkit import clock
from toolkit.kinds import UnknownKind
from toolkit.languages import I18nCharField, I18nTextField

if TYPE_CHECKING:
    from contest.reads.editions import EditionQuerySet


class Edition(models.Model):
    """One contest. Dates may be unknown in an archive; its phase is derived from them (contest.domain.deadlines)."""

    slug = models.SlugField(_("address"), unique=True)
    name = I18nCharField(_("name"), max_length=400)
    summary = I18nTextField(_("summary"), blank=True)
    rules_text = I18nTextField(_("rules"), blank=True)
    rules_version = models.PositiveIntegerField(_("version of the rules"), default=1)
    time_zone = models.CharField(_("time zone of the deadlines"), max_length=64, default="Europe/Paris")
    call_opens = models.DateTimeField(_("call opens"), null=True, blank=True)
    call_closes = models.DateTimeField(_("call closes"), null=True, blank=True)
    nominations_close = models.DateTimeField(_("cities choose until"), null=True, blank=True)
    final_from = models.DateField(_("final, first day"), null=True, blank=True)
    final_until = models.DateField(_("final, last day"), null=True, blank=True)
    final_place = models.CharField(_("final, place"), max_length=150, blank=True)
    reference_date = models.DateField(_("age is measured on"), null=True, blank=True)
    max_age_years = models.PositiveSmallIntegerField(_("younger than (years)"), default=8)
    quota_sent = models.PositiveSmallIntegerField(_("start-ups a city may send"), default=5)
    quota_competing = models.PositiveSmallIntegerField(_("of which may compete"), default=3)
    entries_announced = models.PositiveSmallIntegerField(_("start-ups announced"), null=True, blank=True)
    cities_announced = models.PositiveSmallIntegerField(_("cities announced"), null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True, help_text=_("published facts and their sources, of an archive"))
    is_public = models.BooleanField(_("shown to the public"), default=False)
    is_archive = models.BooleanField(_("archive: facts only"), default=False)
    is_sample = models.BooleanField(_("sample data"), default=False)
    results_published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    # What with_counts and with_waiting add.
    entries_begun: int
    entries_sent: int
    entries_nominated: int
    entries_drafted: int
    entries_claimed: int
    entries_homeless: int
    entries_to_check: int
    entries_to_choose: int
    has_rounds: bool
    has_jury: bool
    has_open_rounds: bool
    has_awards: bool

    if TYPE_CHECKING:
        objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(quota_competing__lte=F("quota_sent")), name="edition_quotas"),
            models.CheckConstraint(condition=Q(call_closes__gt=F("call_opens")), name="edition_call_window"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The zone in which the edition's deadlines are said."""
        return zoneinfo.ZoneInfo(self.time_zone)

    def phase_at(self, now: datetime) -> Phase:
        """Where the edition stands at `now`."""
        dates = Dates(
            zone=self.zone,
            call_opens=self.call_opens,
            call_closes=self.call_closes,
            nominations_close=self.nominations_close,
            final_until=self.final_until,
            results_published_at=self.results_published_at,
            is_archive=self.is_archive,
        )
        return Phase(phase_at(dates, now))

    @property
    def phase(self) -> Phase:
        """Where the edition stands now."""
        return self.phase_at(clock.now())


class Category(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="categories")
    code = models.SlugField(max_length=40)
    name = I18nCharField(_("name"), max_length=400)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="category_code_once")]

    def __str__(self) -> str:
        return str(self.name)


class Asked(models.Model):
    """A question as data. `choices` is a list of {"code", "name": {"en", "fr"}} for a question of kind choice.

    Whoever asks it (an edition, a programme) is a field of the model that inherits this.
    """

    code = models.SlugField(max_length=40)
    text = I18nCharField(_("question"), max_length=1000)
    help = I18nCharField(_("help"), max_length=1000, blank=True)
    kind = models.CharField(_("kind"), max_length=16, default=USUAL)
    choices = models.JSONField(default=list, blank=True)
    max_chars = models.PositiveIntegerField(_("characters at most"), default=1000)
    is_required = models.BooleanField(_("required"), default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.text)

    def fault_in(self, text: str) -> str:
        """Why a text does not answer the question, in words; empty when it does, or when the text is empty. Raises
        UnknownKind."""
        tidied = tidy(text)
        return QUESTION_KINDS.ask(self.kind).fault_in(self, tidied) if tidied else ""

    def in_words(self, value: str) -> str:
        """An answer as people read it: a choice by its name. Raises UnknownKind."""
        return QUESTION_KINDS.ask(self.kind).in_words(self, value)

    @property
    def kind_in_words(self) -> str:
        """What its kind is called; of one that nobody knows, that it is not known."""
        known = QUESTION_KINDS.get(self.kind)
        return str(known.name) if known else str(UnknownKind(QUESTION_KINDS.family, self.kind))


class Question(Asked):
    """What an edition asks."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="questions")
    # An answer that names the team stays with the city and the organiser when the jury reads without names.
    names_team = models.BooleanField(_("the answer may name the team"), default=False)

    class Meta:
        verbose_name = _("question")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="question_code_once"),
        ]
