"""What a person records about an entry besides marks, and former versions of a round's rule."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from judging.states import CutKind


class Penalty(models.Model):
    """Breaches of a rule, recorded with a reason: each takes off the points of its criterion (kind penalty)."""

    criterion = models.ForeignKey("judging.Criterion", models.PROTECT, related_name="penalties")
    entry = models.ForeignKey("contest.Entry", models.PROTECT, related_name="penalties")
    breaches = models.PositiveSmallIntegerField(_("breaches"), default=1)
    reason = models.CharField(_("reason"), max_length=1000)
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(breaches__gte=1), name="penalty_breaches")]

    def __str__(self) -> str:
        return f"{self.entry}: {self.breaches} × {self.criterion}"


class EntryFact(models.Model):
    """A fact about an entry that a chain for ties may ask for: a number in thousandths (yes is 1000, no is 0)."""

    entry = models.ForeignKey("contest.Entry", models.CASCADE, related_name="facts")
    code = models.SlugField(max_length=40)
    value = models.IntegerField()
    source = models.CharField(_("how it is known"), max_length=500)
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["code", "id"]
        constraints = [models.UniqueConstraint(fields=["entry", "code"], name="entry_fact_once")]

    def __str__(self) -> str:
        return f"{self.entry}: {self.code} {self.value / 1000:g}"


class CutDecision(models.Model):
    """A person lets an entry go on, or stops it, where the rule leaves that to a person.
    The latest on an entry holds."""

    round = models.ForeignKey("judging.Round", models.PROTECT, related_name="cut_decisions")
    entry = models.ForeignKey("contest.Entry", models.PROTECT, related_name="cut_decisions")
    kind = models.CharField(max_length=16, choices=CutKind)
    reason = models.CharField(_("reason"), max_length=1000)
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=CutKind.values), name="cut_decision_kind")]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_kind_display()}"


class RuleVersion(models.Model):
    """The rule that a round had before a person changed it while jurors scored; `version` is the former one's number.

    `set_aside` are marks that the next version has no place for:
    [{"juror", "entry", "criterion", "value", "comment"}], by code.
    """

    round = models.ForeignKey("judging.Round", models.PROTECT, related_name="former_rules")
    version = models.PositiveSmallIntegerField()
    rule = models.JSONField()
    sha256 = models.CharField(max_length=64)
    set_aside = models.JSONField(default=list)
    reason = models.CharField(_("reason"), max_length=1000)
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["round", "version"]
        constraints = [models.UniqueConstraint(fields=["round", "version"], name="rule_version_once")]

    def __str__(self) -> str:
        return f"{self.round} {self.version}"
