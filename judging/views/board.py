"""A round's outcome as pages show it: rows with words, and the picture of each as numbers."""

import math
from dataclasses import dataclass
from fractions import Fraction

from contest.models import Entry
from judging.domain.frozen import Outcome
from judging.domain.ranking import Place
from judging.domain.scoring import Score
from judging.domain.ties import TieTrace
from judging.models import Round
from judging.outcomes import outcome_of
from judging.querysets import FROZEN, entries_of
from judging.wording import figure, link_words, measure, reason_words


@dataclass(frozen=True)
class Picture:
    """Where the dot and the range stand in the track, in per cent of its width, as SVG takes it (a point, two decimals)."""

    dot: str
    low: str
    high: str


@dataclass(frozen=True)
class Line:
    """A row of the standings. `last_in` marks the cut below it; `low` and `high` are the jurors' lowest and highest totals."""

    place: Place
    entry: Entry
    score: Score
    total: str
    result: str
    low: str
    high: str
    picture: Picture | None
    reason: str
    last_in: bool


@dataclass(frozen=True)
class Tie:
    """A tie with its steps in words; `open` are the entries that a person still has to put in order, if any."""

    value: str
    names: list[str]
    steps: list[tuple[str, list[tuple[str, str]]]]
    open: list[list[Entry]]
    order: list[str]
    at_cut: bool


@dataclass(frozen=True)
class Board:
    outcome: Outcome
    entries: dict[str, Entry]
    lines: list[Line]
    ties: list[Tie]
    low: str
    high: str
    carries: bool
    scorecards: int


def board_of(round: Round) -> Board:
    """Live while the round is open, from the frozen file afterwards. A fixed number of queries."""
    outcome = outcome_of(round)
    entries = {e.code: e for e in entries_of(round).select_related("startup__organisation", "city")}
    names = {code: str(entry) for code, entry in entries.items()}
    criteria = {criterion.code: str(criterion.name) for criterion in round.criteria.all()}
    low, high = axis(outcome)
    through = [] if outcome.open_ties else [place.place for place in outcome.ranking.places if place.advances]
    last = max(through, default=0)
    lines = [
        line_of(place, outcome, entries[place.entry], (low, high), reason_words(place.reason, names, criteria), last)
        for place in outcome.ranking.places
        if place.entry in entries
    ]
    return Board(
        outcome=outcome,
        entries=entries,
        lines=lines,
        ties=[tie_of(trace, outcome, entries, criteria) for trace in outcome.ranking.ties],
        low=figure(low),
        high=figure(high),
        carries=carries(round),
        scorecards=sum(score.scorecards for score in outcome.scores.values()),
    )


def carries(round: Round) -> bool:
    """Whether an earlier round counts in this one's result."""
    same = Round.objects.counted().filter(edition_id=round.edition_id, city_id=round.city_id, order__lt=round.order)
    return same.filter(state__in=FROZEN, weight__gt=0).exists()


def axis(outcome: Outcome) -> tuple[Fraction, Fraction]:
    """The ends of the track: round numbers around every juror's total, so that differences can be seen."""
    totals = [total for score in outcome.scores.values() for total in score.card_totals]
    if not totals:
        return Fraction(0), outcome.rule.best or Fraction(1)
    step = Fraction(outcome.rule.best or 1, 20)
    low = step * math.floor(min(totals) / step)
    high = step * math.ceil(max(totals) / step)
    return low, high if high > low else low + step


def line_of(place: Place, outcome: Outcome, entry: Entry, ends, reason: str, last: int) -> Line:
    score = outcome.scores[place.entry]
    totals = score.card_totals
    picture = None
    if score.total is not None:
        picture = Picture(along(score.total, ends), along(min(totals), ends), along(max(totals), ends))
    return Line(
        place=place,
        entry=entry,
        score=score,
        total="–" if score.total is None else figure(score.total),
        result="–" if place.result is None else figure(place.result),
        low=figure(min(totals)) if totals else "",
        high=figure(max(totals)) if totals else "",
        picture=picture,
        reason=reason,
        last_in=place.place == last,
    )


def along(value: Fraction, ends: tuple[Fraction, Fraction]) -> str:
    share = 100 * (value - ends[0]) / (ends[1] - ends[0])
    return f"{float(min(max(share, Fraction(0)), Fraction(100))):.2f}%"


def tie_of(trace: TieTrace, outcome: Outcome, entries: dict[str, Entry], criteria: dict[str, str]) -> Tie:
    at_cut = {code for group in outcome.open_ties for code in group}
    steps = [
        (
            link_words(step.kind, step.code, criteria),
            [(str(entries[code]), measure(step.kind, text)) for code, text in step.values.items() if code in entries],
        )
        for step in trace.steps
    ]
    return Tie(
        value=figure(Fraction(trace.value)),
        names=[str(entries[code]) for code in trace.order if code in entries],
        steps=steps,
        open=[[entries[code] for code in group] for group in trace.groups if len(group) > 1],
        order=[str(entries[code]) for code in trace.order],
        at_cut=bool(at_cut & set(trace.order)),
    )
