"""What a scorecard comes to while it is still being filled in: points reached among those within reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from judging.domain.marks.scoring import PERCENT, SCALE, WEIGHTED_MEAN, Rule
from judging.domain.numbers import Thousandths

BLANK = "blank"
Value = int | str | None


@dataclass(frozen=True)
class SoFar:
    """`points` of the `reach` that the marked criteria could give, of `best` in all;
    counts of marked and applicable criteria.

    A criterion that does not apply leaves the count and the weights, as it does in the result.
    """

    points: Fraction
    reach: Fraction
    best: Fraction
    marked: int
    applicable: int


def sum_so_far(rule: Rule, marks: Sequence[Value]) -> SoFar:
    """`marks` in thousandths, by criterion; None: does not apply; BLANK: not marked yet."""
    applies = [n for n, mark in enumerate(marks) if mark is not None]
    given = {n: mark for n, mark in enumerate(marks) if isinstance(mark, int)}
    marked = list(given)
    weight = sum(rule.weights[n] for n in applies)
    if rule.combine == PERCENT:
        points = sum((Fraction(100 * rule.weights[n] * given[n], rule.maxima[n] * weight) for n in marked), Fraction(0))
        reach = Fraction(100 * sum(rule.weights[n] for n in marked), weight) if weight else Fraction(0)
        return SoFar(points, reach, Fraction(100), len(marked), len(applies))
    by: Thousandths = SCALE * SCALE
    if rule.combine == WEIGHTED_MEAN:
        by = SCALE * (sum(rule.weights[n] for n in marked) or 1)
    points = Fraction(sum(rule.weights[n] * given[n] for n in marked), by)
    reach = Fraction(sum(rule.weights[n] * rule.maxima[n] for n in marked), by)
    return SoFar(points, reach, rule.best, len(marked), len(applies))
