"""100 × Σ w·v/b ÷ Σ w, b the best that the part can give: weights are relative; a lowest mark of 1 on 1–10 is 10 %."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm

from django.utils.translation import gettext_lazy as _

from judging.domain.rule.combination import PERCENT
from judging.rounds.kinds.combining import COMBINATIONS, Combination, Live, Marked, Thousandths


@COMBINATIONS.register
class Percent(Combination):
    code, order, name = PERCENT, 30, _("weighted percentage of the best possible")
    is_share = True

    def best(self, parts: Sequence[tuple[Thousandths, Fraction]]) -> Fraction:
        return Fraction(100)

    def factor(self, weight: Thousandths, best: Fraction, live: Live) -> Fraction:
        return 100 * weight / (best * live.weight)

    def so_far(self, marked: Marked) -> tuple[Fraction, Fraction]:
        weight = sum(marked.weights[n] for n in marked.applies)
        shares = (
            Fraction(100 * marked.weights[n] * mark) / (marked.maxima[n] * weight) for n, mark in marked.given.items()
        )
        reach = Fraction(100 * sum(marked.weights[n] for n in marked.given)) / weight if weight else Fraction(0)
        return sum(shares, Fraction(0)), reach

    def whole_factors(self, weights: Sequence[int], maxima: Sequence[int]) -> tuple[list[int], int] | None:
        common = lcm(*maxima)
        factors = [100 * weight * (common // top) for weight, top in zip(weights, maxima, strict=True)]
        return factors, sum(weights) * common

    def formula(self, summed: Callable[[str], str], every: Sequence[tuple[str, str]]) -> str:
        return f"100*{summed('{w}*{m}/{x}')}/{summed('{w}')}"
