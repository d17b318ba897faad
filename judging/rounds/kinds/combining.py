"""How a scorecard's marks, and groups of criteria, make a total: one class for each way, in
judging/rounds/kinds/combinations.

A way says what it is called, what a part counts (`factor`), the best that it can give (`best`), what a scorecard comes
to while it is filled in (`so_far`), and the same in a workbook (`formula`). Values in, values out: `rank` and `verify`
do it from a file. Weights, marks and scales in thousandths, as everywhere.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from judging.domain.numbers import SCALE, Thousandths
from judging.domain.rule.combination import Live, Marked
from toolkit.kinds import Registry, UnknownKind


class Combination:
    """A way. `is_share`: a total is a share of the best, so that nobody's best differs from another's. `published` are
    the words of sources of rules that stand for it."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    is_share: ClassVar[bool] = False
    published: ClassVar[frozenset[str]] = frozenset()

    def best(self, parts: Sequence[tuple[Thousandths, Fraction]]) -> Fraction:
        """The most that parts, (weight, the best that each can give), give together."""
        raise ValueError(f"{self.code} makes nothing of {len(parts)} parts")

    def factor(self, weight: Thousandths, best: Fraction, live: Live) -> Fraction:
        """What a point of a part counts in the total; `best` is the most points that it has."""
        raise ValueError(f"{self.code} gives no part a factor")

    def so_far(self, marked: Marked) -> tuple[Fraction, Fraction]:
        """(points, what the criteria that are marked give at best) of a scorecard without groups."""
        raise ValueError(f"{self.code} has no sum so far")

    def whole_factors(self, weights: Sequence[int], maxima: Sequence[int]) -> tuple[list[int], int] | None:
        """(whole numbers by which marks in thousandths are multiplied, what their sum is divided by) where every
        criterion is marked; None where this way has none, and is computed row by row."""
        return None

    def formula(self, summed: Callable[[str], str], every: Sequence[tuple[str, str]]) -> str:
        """The total in a workbook. `summed("{w}*{m}")` is that sum over the criteria that are marked, with {w} for the
        weight, {m} for the mark and {x} for the highest mark; `every` are the cells (weight, highest mark) of all."""
        raise ValueError(f"{self.code} has no formula")


COMBINATIONS: Registry[Combination] = Registry(_("How marks make a total"), "judging.rounds.kinds.combinations")


def weighed(marked: Marked, unit: Thousandths) -> tuple[Fraction, Fraction]:
    """Σ weight × mark and Σ weight × highest mark of the criteria that are marked, both divided by `unit`."""
    points = sum(marked.weights[n] * mark for n, mark in marked.given.items())
    reach = sum(marked.weights[n] * marked.maxima[n] for n in marked.given)
    return Fraction(points) / unit, Fraction(reach) / unit


def combination_in_words(code: str) -> str:
    """What the way of that code is called; of one that this site no longer knows, that it does not."""
    way = COMBINATIONS.get(code)
    return str(way.name) if way else str(UnknownKind(COMBINATIONS.family, code))


__all__ = [
    "COMBINATIONS", "SCALE", "Combination", "Live", "Marked", "Thousandths", "combination_in_words",
    "weighed",
]  # fmt: skip
