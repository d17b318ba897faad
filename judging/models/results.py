"""Frozen results, decisions on ties, and awards."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from judging.states import COMPUTED_ATTEMPTS, ComputedKind, ReopeningState
from toolkit.languages import I18nCharField, I18nTextField
from toolkit.owing import Owing

if TYPE_CHECKING:
    from judging.reads.results import AwardQuerySet, StandingQuerySet


class ResultQuerySet(models.QuerySet["Result"]):
    def current(self) -> Self:
        """Of each round the latest version: the one that holds, unless the round was opened again."""
        newer = Result.objects.filter(round=OuterRef("round"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer))


class Result(models.Model):
    """A closed round, one row for each time it was closed: the canonical file (RFC 8785) from which anyone recomputes
    it, and its hash. The latest version holds; the earlier ones stay as they were.

    `file` names entries and jurors by code only; `key` tells which code is whom and can be erased.
    """

    round = models.ForeignKey("judging.Round", models.PROTECT, related_name="results")
    version = models.PositiveSmallIntegerField(default=1)
    file = models.TextField()
    sha256 = models.CharField(max_length=64)
    key = models.JSONField(default=dict)
    key_erased_at = models.DateTimeField(null=True, blank=True)
    key_erased_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    key_erased_for = models.CharField(_("reason"), max_length=500, blank=True)
    closed_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["round", "version"]
        constraints = [
            models.UniqueConstraint(fields=["round", "version"], name="result_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="result_version"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.sha256[:8]}"

    def names(self, part: str) -> dict[str, str]:
        """{code: name} of the key's part “entries” or “jurors”; nothing once it is erased."""
        return {code: row["name"] for code, row in self.key.get(part, {}).items()}


class Reopening(models.Model):
    """A closed round is to be opened again: proposed by one person with a reason, confirmed by another."""

    round = models.ForeignKey("judging.Round", models.PROTECT, related_name="reopenings")
    result = models.ForeignKey(
        Result, models.PROTECT, related_name="+"
    )  # the version that no longer holds once confirmed
    state = models.CharField(max_length=16, choices=ReopeningState, default=ReopeningState.PROPOSED)
    reason = models.CharField(_("reason"), max_length=1000)
    closes_at = models.DateTimeField(_("jurors score until"), null=True, blank=True)  # none: no juror marks again
    proposed_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(state=ReopeningState.PROPOSED), name="reopening_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=ReopeningState.values), name="reopening_state"),
            models.CheckConstraint(
                condition=~Q(state=ReopeningState.CONFIRMED) | ~Q(answered_by=F("proposed_by")),
                name="reopening_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.reason[:40]}"


class Standing(models.Model):
    """A row of a closed round. `total` and `final` are exact numbers as text, as they stand in the frozen file."""

    round = models.ForeignKey("judging.Round", models.PROTECT, related_name="standings")
    entry = models.ForeignKey("contest.Entry", models.PROTECT, related_name="standings")
    rank = models.PositiveSmallIntegerField(_("rank"), null=True)  # none: too few scorecards to rank
    place = models.PositiveSmallIntegerField()  # order of the list, after ties
    total = models.CharField(_("total of the round"), max_length=255, blank=True)
    final = models.CharField(_("result carried on"), max_length=255, blank=True)  # rounds so far, by weight
    scorecards = models.PositiveSmallIntegerField()
    advances = models.BooleanField(_("goes on"), default=False)
    reason = models.JSONField(default=dict)  # code and figures of why in or out: see judging.domain.results.ranking
    tie = models.JSONField(
        default=dict, blank=True
    )  # how many had the same result and what settled it: see judging.domain.ties.chain

    # What the API adds: whether this reader may see more than who goes on.
    shows_figures: bool

    if TYPE_CHECKING:
        objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["round", "place"]
        constraints = [models.UniqueConstraint(fields=["round", "entry"], name="standing_once")]

    def __str__(self) -> str:
        return f"{self.rank}. {self.entry}"


class Computed(Owing):
    """What takes time to work out from a round's inputs, kept with their stamp (judging.results.shown.stamps) and
    shown only while
    that is the present one. A copy: deleting a row loses nothing. Without `data` it is owed to a task."""

    round = models.ForeignKey("judging.Round", models.CASCADE, related_name="computed")
    kind = models.CharField(max_length=16, choices=ComputedKind)
    stamp = models.CharField(max_length=64)
    data = models.TextField(blank=True)  # JSON
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="computed_once"),
            models.CheckConstraint(condition=Q(kind__in=ComputedKind.values), name="computed_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.kind} {self.stamp[:8]}"

    @property
    def has_failed(self) -> bool:
        """It could not be worked out, as often as the clock tries."""
        return not self.data and self.attempts >= COMPUTED_ATTEMPTS and self.leased_until is None


class TieDecision(models.Model):
    """The last link of the chain: a named person puts tied entries in order, with a reason."""

    round = models.ForeignKey("judging.Round", models.PROTECT, related_name="tie_decisions")
    entries = models.JSONField()  # entry codes, in the order decided
    reason = models.CharField(_("reason"), max_length=1000)
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return " > ".join(self.entries)


class Award(models.Model):
    """A prize given to an entry: what the corridor starts from."""

    edition = models.ForeignKey("contest.Edition", models.PROTECT, related_name="awards")
    entry = models.ForeignKey("contest.Entry", models.PROTECT, related_name="awards")
    name = I18nCharField(_("award"), max_length=400)
    citation = I18nTextField(_("citation"), blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"))
    granted_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    if TYPE_CHECKING:
        objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        ordering = ["edition", "rank", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "entry"], name="award_once_per_entry")]

    def __str__(self) -> str:
        return f"{self.name}: {self.entry}"
