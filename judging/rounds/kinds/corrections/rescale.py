"""Each juror's totals get the mean and the spread of all: the rule of XPRIZE and of the prizes run on Carrot."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from judging.domain.marks.scoring import Score
from judging.domain.rule.values import Rule
from judging.domain.statistics.correction import Estimate, rescaled
from judging.domain.statistics.rescale import to_all
from judging.rounds.kinds.correcting import CORRECTIONS, CorrectionKind


@CORRECTIONS.register
class Rescale(CorrectionKind):
    code, order, name = "rescale", 20, _("each juror's totals get the mean and the spread of all")
    takes_deviation = True
    published = frozenset({"mean_sd"})

    def estimates(self, rule: Rule, scores: Sequence[Score]) -> Sequence[Estimate]:
        return rescaled(rule, scores, to_all)
