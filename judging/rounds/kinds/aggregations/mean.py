"""The mean of the jurors."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.domain.numbers import mean
from judging.domain.rule.values import MEAN, Rule
from judging.rounds.kinds.across import AGGREGATIONS, Aggregation


@AGGREGATIONS.register
class Mean(Aggregation):
    code, order, name = MEAN, 10, _("mean of the jurors")
    is_mean = True

    def together(self, values: Sequence[Fraction], rule: Rule) -> Fraction | None:
        return mean(values)

    def formula(self, cells: str, rule: Rule) -> str:
        return f"AVERAGE({cells})"
