"""What a scorecard comes to while it is still being filled in: points reached among those within reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from judging.domain.rule.combination import Marked, combinations_known
from judging.domain.rule.values import Rule

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
    way = combinations_known()[rule.combine]
    points, reach = way.so_far(Marked(rule.weights, rule.maxima, applies, given))
    return SoFar(points, reach, Fraction(100) if way.is_share else rule.best, len(given), len(applies))
