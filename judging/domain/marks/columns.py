"""Ranking from columns of integers: a hundred thousand entries at once, exactly as score_entries ranks one.

Where the rule is plain (weighted sum, weighted mean or per cent; the mean across jurors; every mark given, every
criterion for all entries) a result is one fraction: the sum of an entry's points in whole numbers over its scorecards
times a constant. Numpy adds those in 64-bit integers, and Python's own integers take over where they might not fit; no
float takes part. Any other rule or marks go through score_entries, entry by entry, with the same answer as the result.
Corrected results follow severity.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, Any

from judging.domain.marks.scoring import Marks, Rule, score_entries
from judging.domain.rule.combination import combinations_known
from judging.domain.rule.values import levels_known
from judging.domain.statistics.corrected import MINIMUM, Fit, fit_design
from judging.domain.statistics.decimals import settle_all
from judging.domain.statistics.design import Design

if TYPE_CHECKING:
    import numpy as np


ABSENT = -1  # a mark that does not apply or is blank
FITS = 2**62
# What the short way knows of a rule; a rule that says anything beyond in another field takes the long way.
KNOWN = {"codes", "weights", "maxima", "criterion_thresholds", "combine", "across", "aggregate_at", "trim", "decimals",
         "threshold", "threshold_effect", "final_decimals", "min_scorecards", "correction"}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Scorecards as arrays: entry and juror by index from 0, `values[criterion, scorecard]` in thousandths or ABSENT.

    `outside[entry]` are the places of criteria that are no part of the entry's rubric; their values are ABSENT.
    """

    entry: Any
    juror: Any
    values: Any
    entries: int
    jurors: int
    outside: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Totals:
    """Scorecards' totals as integers `points` ÷ `unit`: scorecard n is on entry `entry[n]`, an index from 0."""

    entry: Any
    points: Any
    unit: int
    entries: int


@dataclass(frozen=True)
class Results:
    """Exact results as fractions of integers, by entry; denominator 0: too few scorecards, no result, no rank.

    `ranks` are shared by equal results (1, 1, 3), 0 where there is none;
    `order` is the entries with a result, best first and equal ones by index.
    """

    numerators: Any
    denominators: Any

    def result(self, entry: int) -> Fraction | None:
        """The entry's exact result (by its place); None when it has none."""
        low = int(self.denominators[entry])
        return Fraction(int(self.numerators[entry]), low) if low else None

    @cached_property
    def keys(self) -> np.ndarray:
        """Integers in the order of the results, by entry; of those without a result 0."""
        return _on_one_denominator(self.numerators, self.denominators)

    @cached_property
    def order(self) -> np.ndarray:
        """The places of the entries with a result, best first; equal ones by index."""
        import numpy as np

        ranked = np.flatnonzero(self.denominators != 0)
        return ranked[np.argsort(-self.keys[ranked], kind="stable")]

    @cached_property
    def ranks(self) -> np.ndarray:
        """By entry, 1 for the best and the same for equals (1, 2, 2, 4); 0 for those without a result."""
        import numpy as np

        ranks, keys = np.zeros(len(self.numerators), dtype=np.int64), self.keys[self.order]
        if len(keys):
            begins = np.concatenate(([True], (keys[1:] != keys[:-1]).astype(bool)))
            ranks[self.order] = np.maximum.accumulate(np.where(begins, np.arange(1, len(keys) + 1), 0))
        return ranks


def rank_columns(rule: Rule, columns: Columns) -> Results:
    """Every entry's total as the rule says, rounded where the rule says, and its rank."""
    if not is_plain(rule, columns):
        return _the_long_way(rule, columns)
    points, unit = card_points(rule, columns)
    return rank_totals(rule, Totals(columns.entry, points, unit, columns.entries))


def rank_totals(rule: Rule, totals: Totals, times: Any = None) -> Results:
    """The same from scorecards' totals, of a rule that takes their mean; `times`:
    how often each scorecard counts, else once."""
    unit = totals.unit
    cards, sums = _sums(totals, times)
    enough = cards >= max(rule.min_scorecards, 1)
    if rule.decimals is None:
        return Results(
            sums, (cards * unit if int(cards.max(initial=0)) * unit < FITS else cards.astype(object) * unit) * enough
        )
    return _rounded(sums, cards, unit, enough, rule.decimals)


def rank_corrected(
    rule: Rule, columns: Columns, *, decimals: int, minimum: int = MINIMUM
) -> tuple[Results | None, Fit]:
    """Ranks by corrected results of a plain rule, and the fit; no ranks where the correction is refused (see the fit).

    Every entry and every juror has a scorecard. Raises ValueError for a rule that is not plain (see is_plain), and
    OverflowError where so many decimals don't fit (see settle_all).
    """
    import numpy as np

    if not is_plain(rule, columns):
        raise ValueError("corrected standings of other rules: severity.correct on the scorecards' totals")
    points, unit = card_points(rule, columns)
    design = Design(columns.entry, columns.juror, points.astype(float) / unit, columns.entries, columns.jurors)
    fit = fit_design(design, minimum)
    if fit.refused:
        return None, fit
    enough = design.per_entry >= max(rule.min_scorecards, 1)
    units = settle_all(fit.values, decimals)
    return Results(units, np.where(enough, 10**decimals, 0)), fit


def is_plain(rule: Rule, columns: Columns) -> bool:
    """Whether the short way gives what score_entries gives."""
    plain = (
        rule.takes_mean
        and levels_known()[rule.aggregate_at].is_same_for_means
        and sum(rule.weights) > 0
        and min(rule.weights) >= 0
        and whole_factors_of(rule) is not None
        and all(getattr(rule, f.name) == f.default for f in fields(rule) if f.name not in KNOWN)
    )
    return plain and not columns.outside and not bool((columns.values == ABSENT).any())


def whole_factors_of(rule: Rule) -> tuple[list[int], int] | None:
    """What marks are multiplied by, and their sum divided by, to be a total, all of it whole; None where it isn't."""
    weights = [weight for weight in rule.weights if isinstance(weight, int)]
    maxima = [top for top in rule.maxima if isinstance(top, int)]
    if len(weights) + len(maxima) < 2 * len(rule.codes):
        return None
    return combinations_known()[rule.combine].whole_factors(weights, maxima)


def card_points(rule: Rule, columns: Columns) -> tuple[np.ndarray, int]:
    """(points of every scorecard as integers, what they are divided by to be its total); of a plain rule only (see
    is_plain)."""
    import numpy as np

    factors, unit = whole_factors_of(rule) or ([], 1)  # is_plain has seen that there are some
    shared = int(np.gcd.reduce([*factors, unit]))
    factors, unit = [factor // shared for factor in factors], unit // shared
    marks = columns.values
    most = sum(abs(f) * int(np.abs(m).max(initial=0)) for f, m in zip(factors, marks, strict=True))
    wide = np.int64 if most < FITS else object
    points = np.zeros(len(columns.entry), dtype=wide)
    for factor, column in zip(factors, marks, strict=True):
        points += column.astype(wide, copy=False) * factor
    return points, unit


def _sums(totals: Totals, times: Any) -> tuple[np.ndarray, np.ndarray]:
    """(scorecards, points) of every entry."""
    import numpy as np

    entry, points = totals.entry, totals.points
    cards = np.bincount(entry, weights=times, minlength=totals.entries).astype(np.int64)
    most = int(np.abs(points).max(initial=0)) * int(cards.max(initial=0))
    if most < 2**53:  # bincount adds in floats, which hold such integers exactly
        each = points if times is None else points * times
        return cards, np.bincount(entry, weights=each.astype(float), minlength=totals.entries).astype(np.int64)
    wide = np.int64 if most < FITS else object
    sums, each = np.zeros(totals.entries, dtype=wide), points.astype(wide, copy=False)
    np.add.at(sums, entry, each if times is None else each * times)
    return cards, sums


def _rounded(sums: Any, cards: Any, unit: int, enough: Any, decimals: int) -> Results:
    """Half away from zero, in integers."""
    import numpy as np

    below = np.maximum(cards, 1)
    largest = 2 * int(np.abs(sums).max(initial=0)) * 10**decimals + 2 * int(below.max(initial=1)) * unit
    if largest >= FITS:
        sums, below = sums.astype(object), below.astype(object)
    below = below * unit
    whole = (2 * abs(sums) * 10**decimals + below) // (2 * below)
    return Results(np.where(sums < 0, -whole, whole), np.where(enough, 10**decimals, 0))


def _on_one_denominator(numerators: Any, denominators: Any) -> np.ndarray:
    """Integers in the same order as the fractions; those without a result count as 0."""
    import numpy as np

    different = [int(d) for d in np.unique(denominators[denominators != 0])]
    common = lcm(*different) if different else 1
    if int(abs(numerators).max(initial=0)) * common >= FITS:
        numerators, denominators = numerators.astype(object), denominators.astype(object)
    factor = np.where(denominators == 0, 0, common // np.where(denominators == 0, 1, denominators))
    found: np.ndarray = numerators * factor
    return found


def _the_long_way(rule: Rule, columns: Columns) -> Results:
    import numpy as np

    names = [str(n) for n in range(columns.entries)]
    marks = Marks(
        entries=tuple(str(n) for n in columns.entry.tolist()),
        jurors=tuple(str(n) for n in columns.juror.tolist()),
        values=tuple(tuple(None if m == ABSENT else m for m in column) for column in columns.values.tolist()),
        outside={str(entry): places for entry, places in columns.outside.items()},
    )
    totals: Sequence[Fraction | None] = [score.total for score in score_entries(rule, names, marks)]
    return Results(
        np.array([0 if total is None else total.numerator for total in totals], dtype=object),
        np.array([0 if total is None else total.denominator for total in totals], dtype=object),
    )
