"""Frozen results, decisions on ties, and awards."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from judging.querysets import AwardQuerySet, StandingQuerySet


class Result(models.Model):
    """A closed round: the canonical file (RFC 8785) from which anyone recomputes it, and its hash.

    `file` names entries and jurors by code only; `key` tells which code is whom and can be erased.
    """

    round = models.OneToOneField("judging.Round", models.PROTECT, related_name="result")
    file = models.TextField()
    sha256 = models.CharField(max_length=64)
    key = models.JSONField(default=dict)
    closed_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.round} {self.sha256[:8]}"


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
    reason = models.JSONField(default=dict)  # code and figures of why in or out: see judging.domain.ranking

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["round", "place"]
        constraints = [models.UniqueConstraint(fields=["round", "entry"], name="standing_once")]

    def __str__(self) -> str:
        return f"{self.rank}. {self.entry}"


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

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        ordering = ["edition", "rank", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "entry"], name="award_once_per_entry")]

    def __str__(self) -> str:
        return f"{self.name}: {self.entry}"
