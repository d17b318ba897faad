"""Rounds that make one result: Σ share of the best possible × weight of the round ÷ Σ weights so far.

With weights that sum to 100 the last round's result is the declared one (40 % of the first and 60 % of the second).
What is carried is the published total of a round, as rounded there, so that printed figures suffice to check it by
hand. A round of weight 0 carries nothing; while all weights are 0, the result is the round's own.
"""

from collections.abc import Sequence
from fractions import Fraction
from operator import mul

from judging.domain.marks.scoring import rounded


def share(total: Fraction, best: Fraction) -> Fraction:
    """A round's total in per cent of the best possible under its rule; 0 where nothing could be had."""
    if not best:
        return Fraction(0)
    return Fraction(100 * total.numerator * best.denominator, total.denominator * best.numerator)


def carried(shares: Sequence[Fraction], weights: Sequence[int], decimals: int | None) -> Fraction:
    """The result of rounds so far, in per cent: `shares` and `weights` (per cent) by round, this round last. Rounded
    half away from zero to so many decimals (None: exact). Raises ValueError unless each of them has a weight, and for
    none."""
    if not shares or len(shares) != len(weights):
        raise ValueError("one weight for each round, one round at least")
    if not sum(weights):
        return rounded(shares[-1], decimals)
    return rounded(sum(map(mul, shares, weights), Fraction(0)) / sum(weights), decimals)
