"""From marks to totals, exactly: integers in thousandths and fractions inside, no floating point anywhere.

How one row of marks makes a total stands in judging.domain.rule.values.
Several jurors make one result either at the total
(each scorecard's total, then mean, median or trimmed mean) or at the criterion (each criterion's marks first, then the
total of those).

What is not a number:
    not applicable   the criterion's weight leaves that scorecard's denominator.
    not in the rubric  a criterion that is only for entries of other categories: no part of the entry's total nor of its
                       best.
    blank            a required one can't be submitted; an optional one counts as not applicable, or as zero if the rule
                     says so.
    recused, absent  the scorecard is not among the scorecards: it counts for nothing, nor towards the least number.
A scorecard of which no criterion with a weight applies has no total and does not count.
A trimmed mean drops as many values at each end as declared while that leaves one, else none: a value that was given is
never “no value”. So a criterion, a group or a total has no result only where nobody marked it.

Points on top (bonuses) are added to a scorecard's total, points off (penalties) are taken from the entry's result once.

Rounding happens where the rule declares decimals and nowhere else, half away from zero: a criterion's result across
jurors (before it goes into a total made at the criterion), a group's result, the total of the round. Thresholds look at
the results of criteria and groups, and at the total, as rounded, that is as published.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from judging.domain.marks.combining import combined, on_top, results_inside
from judging.domain.numbers import SCALE, Thousandths, middle, number_of, rounded, text_of
from judging.domain.results.semantics import NOWHERE
from judging.domain.rule.values import (
    AT_TOTAL,
    Rule,
    aggregations_known,
    levels_known,
)

__all__ = [
    "AT_TOTAL", "SCALE",
    "Jury", "Marks", "Rule", "Score", "across", "combined", "middle", "number_of", "points_off", "rounded",
    "score_entries", "text_of",
]  # fmt: skip

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Marks:
    """Scorecards that count, as columns: scorecard n is juror `jurors[n]`'s on entry `entries[n]`.

    `values[c][n]` is the mark for criterion c in thousandths, None when it does not apply. `outside[entry]` are the
    places of the criteria that are only for entries of other categories; their values are None.
    """

    entries: tuple[str, ...]
    jurors: tuple[str, ...]
    values: tuple[tuple[Thousandths | None, ...], ...]
    outside: Mapping[str, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """One scorecard that counts: its marks in thousandths by criterion, its total with points on top, and the same with
    the weights of the rank (None where the rule has none, or nothing with such a weight applies)."""

    juror: str
    marks: tuple[Thousandths | None, ...]
    total: Fraction
    ranking: Fraction | None = None


@dataclass(frozen=True)
class Score:
    """One entry's result. `criteria` and `groups` are results across jurors; `cards` are (juror, total) by juror.

    `exact` is the total before the declared rounding, `total` after it; None when too few scorecards count. `ranking`
    is the total with the weights of the rank, rounded alike: the same as `total` unless the rule has such weights.
    `penalty` is what was taken off both. `peers` counts the scorecards by fellow applicants. `best` is the highest
    total that the entry's own rubric can give, points on top aside, `ranking_best` the same with the weights of the
    rank.
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
    best: Fraction = NOTHING
    ranking_best: Fraction = NOTHING

    @property
    def scorecards(self) -> int:
        """How many scorecards count."""
        return len(self.cards)

    @cached_property
    def card_totals(self) -> tuple[Fraction, ...]:
        """The exact total of each scorecard that counts, in the order of `cards`."""
        return tuple(total for _, total in self.cards)


def across(rule: Rule, values: Sequence[Fraction]) -> Fraction | None:
    """Several jurors' values as one, in their unit, not rounded; None when there is none."""
    if not values:
        return None
    return aggregations_known()[rule.across].together(values, rule)


def points_off(rule: Rule, breaches: Mapping[str, int]) -> Fraction:
    """What breaches ({code of the penalty: how many}) cost, each penalty up to its cap; 0 or more, in units of the
    total."""
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
    off, sheets = penalties or {}, sheets_of(rule, entries, marks)
    return [
        score_of(rule, entry, sheets[entry], off.get(entry, NOTHING), peers, marks.outside.get(entry, NOWHERE))
        for entry in entries
    ]


def sheets_of(rule: Rule, entries: Sequence[str], marks: Marks) -> dict[str, list[Sheet]]:
    """{entry: its scorecards that count, by juror}: those with a total, on the entries given."""
    found: dict[str, list[Sheet]] = {entry: [] for entry in entries}
    for n in sorted(range(len(marks.entries)), key=lambda n: marks.jurors[n]):
        entry = marks.entries[n]
        if entry not in found:
            continue
        row, outside = tuple(column[n] for column in marks.values), marks.outside.get(entry, NOWHERE)
        total = card_total(rule, row, outside)
        if total is not None:
            found[entry].append(Sheet(marks.jurors[n], row, total, _ranking_total(rule, row, outside)))
    return found


def card_total(rule: Rule, sheet: Sequence[Thousandths | None], outside: frozenset[int] = NOWHERE) -> Fraction | None:
    """What one scorecard comes to, points on top among it; None when nothing with a weight applies."""
    total = combined(rule, sheet, outside=outside)
    return None if total is None else total + on_top(rule, sheet) if rule.bonuses else total


def _ranking_total(rule: Rule, sheet: Sequence[Thousandths | None], outside: frozenset[int]) -> Fraction | None:
    """The same with the weights of the rank, where the rule has such."""
    total = combined(rule, sheet, ranking=True, outside=outside) if rule.ranks_otherwise else None
    return None if total is None else total + on_top(rule, sheet)


def score_of(
    rule: Rule,
    entry: str,
    sheets: Sequence[Sheet],
    penalty: Fraction,
    peers: Collection[str] = (),
    outside: frozenset[int] = NOWHERE,
    *,
    parts: bool = True,
) -> Score:
    """One entry's score from its scorecards that count, by juror; one that stands among them twice counts twice.
    `penalty` is points off the result, `peers` are jurors who are fellow applicants, `outside` the places of criteria
    that are no part of the entry's rubric.

    Without `parts` the results of criteria and groups, where the total needs none, are left out as if nothing had them.
    """
    level = levels_known()[rule.aggregate_at]
    parts = parts or not level.of_totals
    criteria = [_criterion(rule, sheets, c) if parts else None for c in range(len(rule.codes))]
    jury = Jury(rule, sheets, criteria, outside)
    by_peers = sum(sheet.juror in peers for sheet in sheets) if peers else 0
    exact = ranking = None
    if len(sheets) - by_peers >= max(rule.min_scorecards, 1) and by_peers >= rule.min_peer_scorecards:
        exact = _off(level.result(jury, ranking=False), penalty)
        ranking = _off(level.result(jury, ranking=True), penalty) if rule.ranks_otherwise else exact
    return Score(
        entry=entry,
        cards=tuple((sheet.juror, sheet.total) for sheet in sheets),
        criteria=tuple(criteria),
        exact=exact,
        total=None if exact is None else rounded(exact, rule.decimals),
        groups=level.groups(jury) if parts and rule.groups else (None,) * len(rule.groups),
        ranking=None if ranking is None else rounded(ranking, rule.decimals),
        penalty=penalty,
        peers=by_peers,
        best=rule.best_for(outside),
        ranking_best=rule.best_for(outside, ranking=True),
    )


def _criterion(rule: Rule, sheets: Sequence[Sheet], c: int) -> Fraction | None:
    value = across(rule, [Fraction(mark, SCALE) for sheet in sheets if (mark := sheet.marks[c]) is not None])
    return None if value is None else rounded(value, rule.decimals_criterion)


@dataclass(frozen=True)
class Jury:
    """One entry's scorecards that count, by juror, and the jurors' results together on each criterion: what a level
    (judging.rounds.kinds.levels) makes a result of."""

    rule: Rule
    sheets: Sequence[Sheet]
    criteria: list[Fraction | None]
    outside: frozenset[int]

    def across_totals(self, *, ranking: bool) -> Fraction | None:
        """The jurors together across their totals; `ranking`: those with the weights of the rank."""
        if not ranking:
            return across(self.rule, [sheet.total for sheet in self.sheets])
        return across(self.rule, [sheet.ranking for sheet in self.sheets if sheet.ranking is not None])

    def of_criteria(self, *, ranking: bool) -> Fraction | None:
        """The total of what the jurors are together on each criterion."""
        together = _in_thousandths(self.criteria)
        value = combined(self.rule, together, ranking=ranking, outside=self.outside)
        if value is not None and self.rule.bonuses:
            value += on_top(self.rule, together)
        return value

    def groups_across(self) -> tuple[Fraction | None, ...]:
        """Each group of every scorecard across jurors."""
        rule, places = self.rule, range(len(self.rule.groups))
        each = [results_inside(rule, sheet.marks, outside=self.outside) for sheet in self.sheets]
        together = (across(rule, [inside[g] for inside in each if g in inside]) for g in places)
        return tuple(None if value is None else rounded(value, rule.decimals_group) for value in together)

    def groups_of_criteria(self) -> tuple[Fraction | None, ...]:
        """Each group of what the jurors are together on each criterion."""
        inside = results_inside(self.rule, _in_thousandths(self.criteria), outside=self.outside)
        return tuple(inside.get(g) for g in range(len(self.rule.groups)))


def _off(value: Fraction | None, penalty: Fraction) -> Fraction | None:
    return value if value is None or not penalty else value - penalty


def _in_thousandths(criteria: Sequence[Fraction | None]) -> list[Fraction | None]:
    return [None if value is None else value * SCALE for value in criteria]
