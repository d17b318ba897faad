"""From marks to totals, exactly: integers in thousandths and fractions inside, no floating point anywhere.

How one row of marks makes a total stands in judging.domain.rule. Several jurors make one result either at the total (each
scorecard's total, then mean, median or trimmed mean) or at the criterion (each criterion's marks first, then the total of those).

What is not a number:
    not applicable   the criterion's weight leaves that scorecard's denominator; so does a criterion that is only for entries of
                     other categories.
    blank            a required one can't be submitted; an optional one counts as not applicable, or as zero if the rule says so.
    recused, absent  the scorecard is not among the scorecards: it counts for nothing, nor towards the least number.
A scorecard of which no criterion with a weight applies has no total and does not count.

Points on top (bonuses) are added to a scorecard's total, points off (penalties) are taken from the entry's result once.

Rounding happens where the rule declares decimals and nowhere else, half away from zero: a criterion's result across jurors
(before it goes into a total made at the criterion), a group's result, the total of the round. Thresholds look at the results of
criteria and groups, and at the total, as rounded, that is as published.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from judging.domain.combining import combined, on_top, results_inside
from judging.domain.numbers import SCALE, middle, number_of, rounded, text_of
from judging.domain.rule import (
    AT_CRITERION,
    AT_TOTAL,
    MEAN,
    MEDIAN,
    PERCENT,
    TRIMMED_MEAN,
    WEIGHTED_MEAN,
    WEIGHTED_SUM,
    Rule,
)

__all__ = [
    "AT_CRITERION", "AT_TOTAL", "MEAN", "MEDIAN", "PERCENT", "SCALE", "TRIMMED_MEAN", "WEIGHTED_MEAN", "WEIGHTED_SUM",
    "Marks", "Rule", "Score", "across", "combined", "middle", "number_of", "points_off", "rounded", "score_entries", "text_of",
]  # fmt: skip

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Marks:
    """Scorecards that count, as columns: scorecard n is juror `jurors[n]`'s on entry `entries[n]`.

    `values[c][n]` is the mark for criterion c in thousandths, None when it does not apply.
    """

    entries: tuple[str, ...]
    jurors: tuple[str, ...]
    values: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True)
class Score:
    """One entry's result. `criteria` and `groups` are results across jurors; `cards` are (juror, total) by juror.

    `exact` is the total before the declared rounding, `total` after it; None when too few scorecards count. `ranking` is the
    total with the weights of the rank, rounded alike: the same as `total` unless the rule has such weights. `penalty` is what
    was taken off both. `peers` counts the scorecards by fellow applicants.
    """

    entry: str
    cards: tuple[tuple[str, Fraction], ...]
    criteria: tuple[Fraction | None, ...]
    exact: Fraction | None
    total: Fraction | None
    groups: tuple[Fraction | None, ...] = ()
    ranking: Fraction | None = None
    penalty: Fraction = NOTHING
    peers: int = 0

    @property
    def scorecards(self) -> int:
        return len(self.cards)

    @cached_property
    def card_totals(self) -> tuple[Fraction, ...]:
        return tuple(total for _, total in self.cards)


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


def points_off(rule: Rule, breaches: Mapping[str, int]) -> Fraction:
    """What breaches ({code of the penalty: how many}) cost, each penalty up to its cap."""
    points = Fraction(0)
    for penalty in rule.penalties:
        cost = penalty.points * breaches.get(penalty.code, 0)
        points += Fraction(cost if penalty.cap is None else min(cost, penalty.cap), SCALE)
    return points


def score_entries(
    rule: Rule,
    entries: Sequence[str],
    marks: Marks,
    penalties: Mapping[str, Fraction] | None = None,
    peers: Collection[str] = (),
) -> list[Score]:
    """Every entry's score, in the order given. The order of the scorecards makes no difference.

    `penalties` are points off by entry; `peers` the jurors who are fellow applicants.
    """
    rows: dict[str, list[int]] = {entry: [] for entry in entries}
    for n, entry in enumerate(marks.entries):
        if entry in rows:
            rows[entry].append(n)
    off = penalties or {}
    return [_score(rule, entry, marks, rows[entry], off.get(entry, NOTHING), peers) for entry in entries]


def card_total(rule: Rule, sheet: Sequence[int | None]) -> Fraction | None:
    """What one scorecard comes to, points on top among it; None when nothing with a weight applies."""
    total = combined(rule, sheet)
    return None if total is None else total + on_top(rule, sheet)


def _score(rule: Rule, entry: str, marks: Marks, rows: list[int], penalty: Fraction, peers: Collection[str]) -> Score:
    cards: list[tuple[str, Fraction]] = []
    counted: list[int] = []
    sheets: list[list[int | None]] = []
    for n in sorted(rows, key=lambda n: marks.jurors[n]):
        sheet = [column[n] for column in marks.values]
        total = combined(rule, sheet)
        if total is not None:
            cards.append((marks.jurors[n], total + on_top(rule, sheet) if rule.bonuses else total))
            counted.append(n)
            sheets.append(sheet)
    criteria = [_criterion(rule, column, counted) for column in marks.values]
    by_peers = sum(juror in peers for juror, _ in cards) if peers else 0
    exact = ranking = None
    if len(cards) - by_peers >= max(rule.min_scorecards, 1) and by_peers >= rule.min_peer_scorecards:
        exact = _result(rule, [total for _, total in cards], sheets, criteria, penalty, ranking=False)
        ranking = exact
        if rule.ranks_otherwise:
            ranking = _result(rule, _ranking_totals(rule, sheets), sheets, criteria, penalty, ranking=True)
    return Score(
        entry=entry,
        cards=tuple(cards),
        criteria=tuple(criteria),
        exact=exact,
        total=None if exact is None else rounded(exact, rule.decimals),
        groups=_groups(rule, sheets, criteria) if rule.groups else (),
        ranking=None if ranking is None else rounded(ranking, rule.decimals),
        penalty=penalty,
        peers=by_peers,
    )


def _criterion(rule: Rule, column: Sequence[int | None], rows: list[int]) -> Fraction | None:
    value = across(rule, [Fraction(column[n], SCALE) for n in rows if column[n] is not None])  # type: ignore[arg-type]
    return None if value is None else rounded(value, rule.decimals_criterion)


def _result(rule: Rule, totals, sheets, criteria, penalty: Fraction, *, ranking: bool) -> Fraction | None:
    """The jurors together: across their totals, or the total of what they are together on each criterion."""
    if rule.aggregate_at == AT_CRITERION:
        together = _in_thousandths(criteria)
        value = combined(rule, together, ranking=ranking)
        if value is not None and rule.bonuses:
            value += on_top(rule, together)
    else:
        value = across(rule, totals)
    return None if value is None else value - penalty


def _ranking_totals(rule: Rule, sheets: list[list[int | None]]) -> list[Fraction]:
    totals = ((sheet, combined(rule, sheet, ranking=True)) for sheet in sheets)
    return [total + on_top(rule, sheet) for sheet, total in totals if total is not None]


def _groups(rule: Rule, sheets, criteria) -> tuple[Fraction | None, ...]:
    """Each group's result across jurors, made as the total is."""
    places = range(len(rule.groups))
    if rule.aggregate_at == AT_CRITERION:
        inside = results_inside(rule, _in_thousandths(criteria))
        return tuple(inside.get(g) for g in places)
    each = [results_inside(rule, sheet) for sheet in sheets]
    together = (across(rule, [inside[g] for inside in each if g in inside]) for g in places)
    return tuple(None if value is None else rounded(value, rule.decimals_group) for value in together)


def _in_thousandths(criteria: Sequence[Fraction | None]) -> list[Fraction | None]:
    return [None if value is None else value * SCALE for value in criteria]
