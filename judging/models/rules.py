"""The rule of a round: what makes marks, lists or pairs a result. Totals are whole thousandths: 4.5 is kept as 4500."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from judging.domain.ballots.ranked_lists import POSITIONAL
from judging.domain.rule.ballots import MARKS
from judging.domain.rule.blanks import LEFT_OUT
from judging.domain.rule.combination import PERCENT
from judging.domain.rule.threshold_effects import EXCLUDE
from judging.domain.rule.values import AT_TOTAL, MEAN, NO_CORRECTION
from judging.states import Deviation


class RoundRule(models.Model):
    """What a frozen file says of a round's rule beside its criteria and their groups, and what its versions keep
    (judging.rounds.reading.rule_data). All else stands in Round; of that, only the weight among the rounds changes a
    result."""

    version = models.PositiveSmallIntegerField(default=1)  # former ones: RuleVersion
    ballot = models.CharField(_("what jurors give"), max_length=16, default=MARKS)
    counting = models.CharField(_("how ranked lists are counted"), max_length=16, default=POSITIONAL)
    place_points = models.JSONField(_("points for the first places"), default=list, blank=True)  # [3, 2, 1]
    list_least = models.PositiveSmallIntegerField(_("entries a juror has to rank, at least"), default=1)
    list_most = models.PositiveSmallIntegerField(_("entries a juror may rank, at most"), null=True, blank=True)
    duels_each = models.PositiveSmallIntegerField(_("pairs shown to each juror, at most"), default=20)
    combine = models.CharField(_("how marks make a total"), max_length=16, default=PERCENT)
    across = models.CharField(_("how jurors make one result"), max_length=16, default=MEAN)
    aggregate_at = models.CharField(_("order of the two"), max_length=16, default=AT_TOTAL)
    trim = models.PositiveSmallIntegerField(_("highest and lowest dropped"), default=0)
    decimals = models.PositiveSmallIntegerField(_("decimals the total is rounded to"), null=True, blank=True)
    decimals_criterion = models.PositiveSmallIntegerField(
        _("decimals a criterion's result is rounded to"), null=True, blank=True
    )
    decimals_group = models.PositiveSmallIntegerField(
        _("decimals a group's result is rounded to"), null=True, blank=True
    )
    # Of the result of all rounds so far; empty: as the total.
    final_decimals = models.PositiveSmallIntegerField(
        _("decimals the result of all rounds is rounded to"), null=True, blank=True
    )
    threshold = models.IntegerField(_("total needed, thousandths"), null=True, blank=True)
    threshold_effect = models.CharField(_("what a threshold does"), max_length=16, default=EXCLUDE)
    blanks = models.CharField(_("an optional criterion left blank"), max_length=16, default=LEFT_OUT)
    min_scorecards = models.PositiveSmallIntegerField(_("scorecards an entry needs"), default=3)
    min_peer_scorecards = models.PositiveSmallIntegerField(_("and of fellow applicants"), default=0)
    correction = models.CharField(_("correction between jurors"), max_length=16, default=NO_CORRECTION)
    deviation = models.CharField(
        _("which standard deviation"), max_length=16, choices=Deviation, default=Deviation.POPULATION
    )
    correction_decimals = models.PositiveSmallIntegerField(
        _("decimals a corrected result is rounded to"), null=True, blank=True
    )
    correction_min_marks = models.PositiveSmallIntegerField(_("scorecards a juror needs to be corrected"), default=2)
    # [{"kind": "criterion", "code": "innovation"}, {"kind": "younger_firm"}, {"kind": "fact", "code": "legal-status",
    #   "first": "higher", "name": {"en": "…"}}, …]: see judging.domain.ties.chain
    tie_chain = models.JSONField(_("ties, in order"), default=list, blank=True)
    advance_count = models.PositiveSmallIntegerField(_("how many go on"), null=True, blank=True)
    advance_per_city = models.PositiveSmallIntegerField(_("per city at most"), null=True, blank=True)
    advance_per_category = models.PositiveSmallIntegerField(_("per category at most"), null=True, blank=True)
    wild_cards = models.PositiveSmallIntegerField(_("wild cards at most, on top"), default=0)
    all_tied_go_on = models.BooleanField(_("all who are tied at the cut go on"), default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(version__gte=1), name="round_rule_version")]

    def __str__(self) -> str:
        return f"rule {self.pk}, version {self.version}"


RULE_FIELDS = frozenset(field.name for field in RoundRule._meta.concrete_fields) - {"id", "version"}
