"""Σ w·v. A sum has no denominator: where a part does not apply it is scaled up to the share of the best possible that
the other parts reach, so that nobody loses points for what does not apply to them."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.combining import COMBINATIONS, SCALE, Combination, Live, Marked, Thousandths, weighed


@COMBINATIONS.register
class WeightedSum(Combination):
    code, order, name = "weighted_sum", 10, _("sum of mark × weight")
    published = frozenset({"sum"})

    def best(self, parts: Sequence[tuple[Thousandths, Fraction]]) -> Fraction:
        return sum((weight * best for weight, best in parts), Fraction(0)) / SCALE

    def factor(self, weight: Thousandths, best: Fraction, live: Live) -> Fraction:
        return weight * live.whole / live.reach

    def so_far(self, marked: Marked) -> tuple[Fraction, Fraction]:
        return weighed(marked, SCALE * SCALE)

    def whole_factors(self, weights: Sequence[int], maxima: Sequence[int]) -> tuple[list[int], int] | None:
        return list(weights), SCALE * SCALE

    def formula(self, summed: Callable[[str], str], every: Sequence[tuple[str, str]]) -> str:
        best = "+".join(f"{weight}*{top}" for weight, top in every)
        return f"{summed('{w}*{m}')}*({best})/{summed('{w}*{x}')}"
