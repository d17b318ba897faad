"""Totals as distances from each juror's mean, stretched back to the scale: the rule of Evalato."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from judging.domain.marks.scoring import Score
from judging.domain.rule.values import Rule
from judging.domain.statistics.correction import Estimate, rescaled
from judging.domain.statistics.rescale import stretched
from judging.rounds.kinds.correcting import CORRECTIONS, CorrectionKind


@CORRECTIONS.register
class Evalato(CorrectionKind):
    code, order = "evalato", 30
    name = _("totals as distances from each juror's mean, stretched back to the scale")
    takes_deviation = True

    def estimates(self, rule: Rule, scores: Sequence[Score]) -> Sequence[Estimate]:
        return rescaled(rule, scores, stretched)
