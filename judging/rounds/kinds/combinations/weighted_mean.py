"""Σ w·v ÷ Σ w: on the scale of the parts. A part that does not apply leaves the denominator with its weight."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.combining import COMBINATIONS, SCALE, Combination, Live, Marked, Thousandths, weighed


@COMBINATIONS.register
class WeightedMean(Combination):
    code, order, name = "weighted_mean", 20, _("weighted mean of the marks")

    def best(self, parts: Sequence[tuple[Thousandths, Fraction]]) -> Fraction:
        weight = sum(weight for weight, _best in parts)
        points = sum((weight * best for weight, best in parts), Fraction(0))
        return points / weight if weight else Fraction(0)

    def factor(self, weight: Thousandths, best: Fraction, live: Live) -> Fraction:
        return Fraction(weight) / live.weight

    def so_far(self, marked: Marked) -> tuple[Fraction, Fraction]:
        return weighed(marked, SCALE * (sum(marked.weights[n] for n in marked.given) or 1))

    def whole_factors(self, weights: Sequence[int], maxima: Sequence[int]) -> tuple[list[int], int] | None:
        return list(weights), SCALE * sum(weights)

    def formula(self, summed: Callable[[str], str], every: Sequence[tuple[str, str]]) -> str:
        return f"{summed('{w}*{m}')}/{summed('{w}')}"
