"""From marks to totals, exactly: integers in thousandths and fractions inside, no floating point anywhere.

One scorecard's total, over the criteria that apply to it (w: weight, m: mark, max: highest mark of the scale):

    percent        100 × Σ w·m/max ÷ Σ w          weights are relative; a lowest mark of 1 on 1–10 is 10 %, not 0 %
    weighted_mean  Σ w·m ÷ Σ w                    on the scale of the marks
    weighted_sum   Σ w·m                          filled up when a criterion does not apply, see below

Several jurors make one result either at the total (each scorecard's total, then mean, median or trimmed mean) or at the
criterion (each criterion's marks first, then the formula above on those).

What is not a number:
    not applicable   the criterion's weight leaves that scorecard's denominator. A sum has none: it is scaled up to the share
                     of the best possible that the other criteria reach (Σ w·m × Σall w·max ÷ Σ w·max), so that nobody loses
                     points for a criterion that does not apply to them.
    blank            a required one can't be submitted; an optional one counts as not applicable.
    recused, absent  the scorecard is not among the scorecards: it counts for nothing, nor towards the least number.
A scorecard of which no criterion with a weight applies has no total and does not count.

Rounding happens once, where the rule declares decimals: the total of the round, half away from zero. Thresholds of
criteria compare exact values, the threshold of the round compares the total as rounded, that is as published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

SCALE = 1000
PERCENT, WEIGHTED_MEAN, WEIGHTED_SUM = "percent", "weighted_mean", "weighted_sum"
MEAN, MEDIAN, TRIMMED_MEAN = "mean", "median", "trimmed_mean"
AT_TOTAL, AT_CRITERION = "total", "criterion"


@dataclass(frozen=True)
class Rule:
    """How marks become a result. Criteria travel as columns; weights, scales and thresholds in thousandths."""

    codes: tuple[str, ...]
    weights: tuple[int, ...]
    maxima: tuple[int, ...]
    criterion_thresholds: tuple[int | None, ...]
    combine: str = PERCENT
    across: str = MEAN
    aggregate_at: str = AT_TOTAL
    trim: int = 0
    decimals: int | None = None
    threshold: int | None = None
    min_scorecards: int = 1

    @property
    def best(self) -> Fraction:
        """The highest total that the rule can give."""
        if self.combine == PERCENT:
            return Fraction(100)
        best = sum(w * m for w, m in zip(self.weights, self.maxima, strict=True))
        if self.combine == WEIGHTED_SUM:
            return Fraction(best, SCALE * SCALE)
        return Fraction(best, sum(self.weights) * SCALE) if sum(self.weights) else Fraction(0)


@dataclass(frozen=True)
class Marks:
    """Scorecards that count, as columns: scorecard n is juror `jurors[n]`'s on entry `entries[n]`.

    `values[c][n]` is the mark for criterion c in thousandths, None when it does not apply or is blank.
    """

    entries: tuple[str, ...]
    jurors: tuple[str, ...]
    values: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True)
class Score:
    """One entry's result. `criteria` are exact values across jurors, in marks; `cards` are (juror, total) by juror.

    `exact` is the total before the declared rounding, `total` after it; None when too few scorecards count.
    """

    entry: str
    cards: tuple[tuple[str, Fraction], ...]
    criteria: tuple[Fraction | None, ...]
    exact: Fraction | None
    total: Fraction | None

    @property
    def scorecards(self) -> int:
        return len(self.cards)

    @cached_property
    def card_totals(self) -> tuple[Fraction, ...]:
        return tuple(total for _, total in self.cards)


def rounded(value: Fraction, decimals: int | None) -> Fraction:
    """`value` to so many decimals, half away from zero; unchanged when none are declared."""
    if decimals is None:
        return value
    factor = 10**decimals
    scaled = abs(value) * factor
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, factor)


def combined(rule: Rule, marks: Sequence[Fraction | int | None]) -> Fraction | None:
    """The total of one row of marks (in thousandths; None: does not apply), or None when nothing with a weight applies."""
    applies = {n: Fraction(mark) for n, mark in enumerate(marks) if mark is not None}
    weight = sum(rule.weights[n] for n in applies)
    if not weight:
        return None
    points = sum((rule.weights[n] * mark for n, mark in applies.items()), Fraction(0))
    if rule.combine == PERCENT:
        shares = (rule.weights[n] * mark / rule.maxima[n] for n, mark in applies.items())
        return 100 * sum(shares, Fraction(0)) / weight
    if rule.combine == WEIGHTED_MEAN:
        return points / (weight * SCALE)
    total = points / (SCALE * SCALE)
    if len(applies) == len(marks):
        return total
    reachable = sum(rule.weights[n] * rule.maxima[n] for n in applies)
    return total * sum(w * m for w, m in zip(rule.weights, rule.maxima, strict=True)) / reachable


def across(rule: Rule, values: Sequence[Fraction]) -> Fraction | None:
    """Several jurors' values as one; None when none, or none is left after trimming."""
    ordered = sorted(values)
    if rule.across == TRIMMED_MEAN:
        ordered = ordered[rule.trim : len(ordered) - rule.trim]
    if not ordered:
        return None
    if rule.across == MEDIAN:
        return middle(ordered)
    return sum(ordered, Fraction(0)) / len(ordered)


def middle(values: Sequence[Fraction]) -> Fraction:
    """The median: of an even number, the mean of the middle two."""
    ordered, half = sorted(values), len(values) // 2
    return Fraction(ordered[half]) if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half]) / 2


def score_entries(rule: Rule, entries: Sequence[str], marks: Marks) -> list[Score]:
    """Every entry's score, in the order given. The order of the scorecards makes no difference."""
    rows: dict[str, list[int]] = {entry: [] for entry in entries}
    for n, entry in enumerate(marks.entries):
        if entry in rows:
            rows[entry].append(n)
    return [_score(rule, entry, marks, rows[entry]) for entry in entries]


def _score(rule: Rule, entry: str, marks: Marks, rows: list[int]) -> Score:
    cards = []
    counted = []
    for n in sorted(rows, key=lambda n: marks.jurors[n]):
        total = combined(rule, [column[n] for column in marks.values])
        if total is not None:
            cards.append((marks.jurors[n], total))
            counted.append(n)
    criteria = [across(rule, _marks_in(column, counted)) for column in marks.values]
    exact = None
    if len(cards) >= max(rule.min_scorecards, 1):
        if rule.aggregate_at == AT_CRITERION:
            exact = combined(rule, [None if value is None else value * SCALE for value in criteria])
        else:
            exact = across(rule, [total for _, total in cards])
    return Score(
        entry=entry,
        cards=tuple(cards),
        criteria=tuple(criteria),
        exact=exact,
        total=None if exact is None else rounded(exact, rule.decimals),
    )


def _marks_in(column: Sequence[int | None], rows: list[int]) -> list[Fraction]:
    return [Fraction(column[n], SCALE) for n in rows if column[n] is not None]


def text_of(value: Fraction | int | None) -> str:
    """An exact number as text: a decimal when it ends, else a fraction (“239/3”); nothing for None."""
    if value is None:
        return ""
    value = Fraction(value)
    rest, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        places = max(places, count)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    if not places:
        return str(value.numerator)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def number_of(text: str) -> Fraction | None:
    """What text_of wrote. ValueError for anything else."""
    return Fraction(text) if text else None
