"""The median of the jurors; of an even number, the mean of the two in the middle."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.domain.numbers import middle
from judging.domain.rule.values import Rule
from judging.rounds.kinds.across import AGGREGATIONS, Aggregation


@AGGREGATIONS.register
class Median(Aggregation):
    code, order, name = "median", 20, _("median of the jurors")

    def together(self, values: Sequence[Fraction], rule: Rule) -> Fraction | None:
        return middle(values)

    def formula(self, cells: str, rule: Rule) -> str:
        return f"MEDIAN({cells})"
