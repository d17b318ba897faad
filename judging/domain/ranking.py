"""Who stands where, and who goes on: ranks 1, 1, 3; the cut; and for every entry the reason, in code and figures.

The cut: entries in order of result, ties in the order that the chain gives them. An entry goes on when its result passes the
thresholds, its city has room (a city's most is never exceeded), and a place of the cut is left. When all tied at the cut go
on, an entry with the very result of the last one in goes on too. A tie that the chain leaves open and that straddles the cut
or a city's room is open: a person has to decide before the result can be frozen.

Reason codes and their figures (all numbers as text):
    goes_on {}                               goes_on_tied {value}: tied at the cut, all such go on
    won_tie {kind, code, value, over}        lost_tie {kind, code, value, to, their_value}
    below_cut {value, last_in}               city_full {city, most, ahead}
    below_threshold {value, needed}          below_criterion {criteria: [{code, value, needed}]}
    too_few_scorecards {have, needed}        open_tie {with}: waits for a person
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from judging.domain.scoring import SCALE, Rule, Score, text_of
from judging.domain.ties import Facts, Link, TieTrace, settle_tie


@dataclass(frozen=True)
class Cut:
    """How many go on, how many per city; None: no such limit."""

    count: int | None = None
    per_city: int | None = None
    all_tied_go_on: bool = False


@dataclass(frozen=True)
class Place:
    """An entry's line: `rank` shared by equal results (None: not ranked), `place` in the list from 1, `result` that ranks."""

    entry: str
    rank: int | None
    place: int
    result: Fraction | None
    advances: bool
    reason: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Ranking:
    """All places in order, every tie with its trace, and the ties that a person has to decide (groups of entries)."""

    places: tuple[Place, ...]
    ties: tuple[TieTrace, ...]
    open: tuple[tuple[str, ...], ...]


def rank_entries(
    scores: Sequence[Score],
    results: Mapping[str, Fraction | None],
    *,
    rule: Rule,
    chain: Sequence[Link],
    cut: Cut,
    facts: Mapping[str, Facts],
    decisions: Sequence[Sequence[str]] = (),
) -> Ranking:
    """Ranks by `results` (None: too few scorecards, listed last by code, without a rank)."""
    by_entry = {score.entry: score for score in scores}
    by_value: dict[Fraction, list[str]] = {}
    for score in scores:
        if (result := results[score.entry]) is not None:
            by_value.setdefault(result, []).append(score.entry)
    ties, groups = [], []  # groups: (result, entries that nothing tells apart), best first
    for value in sorted(by_value, reverse=True):
        if len(by_value[value]) == 1:
            groups.append((value, tuple(by_value[value])))
            continue
        trace = settle_tie(by_value[value], value, chain, rule=rule, scores=by_entry, facts=facts, decisions=decisions)
        ties.append(trace)
        groups.extend((value, group) for group in trace.groups)
    chosen = _choose(groups, by_entry, rule, cut, facts, ties)
    places: list[Place] = []
    for value, group in groups:
        rank = 1 + sum(len(by_value[better]) for better in by_value if better > value)
        for entry in group:
            places.append(Place(entry, rank, len(places) + 1, value, entry in chosen.admitted, chosen.reasons[entry]))
    for entry in sorted(entry for entry in by_entry if results[entry] is None):
        reason = _reason("too_few_scorecards", have=by_entry[entry].scorecards, needed=rule.min_scorecards)
        places.append(Place(entry, None, len(places) + 1, None, False, reason))
    return Ranking(tuple(places), tuple(ties), tuple(chosen.open))


@dataclass
class _Choice:
    """The cut at work: who is in, whose places are held for an open tie, and every entry's reason."""

    admitted: list[str] = field(default_factory=list)
    reasons: dict[str, dict] = field(default_factory=dict)
    open: list[tuple[str, ...]] = field(default_factory=list)
    taken: int = 0
    in_city: dict[str, list[str]] = field(default_factory=dict)
    held_in_city: dict[str, int] = field(default_factory=dict)
    last_in: Fraction | None = None

    def room_in(self, city: str, most: int) -> int:
        return most - len(self.in_city.get(city, [])) - self.held_in_city.get(city, 0)


def _choose(groups, scores, rule: Rule, cut: Cut, facts, ties) -> _Choice:
    choice = _Choice()
    for value, group in groups:
        passing = []
        for entry in group:
            failed = _failed(rule, scores[entry])
            if failed:
                choice.reasons[entry] = failed
            else:
                passing.append(entry)
        fitting, waiting, wanted = _room_in_cities(choice, passing, cut, facts)
        room = len(fitting) + wanted if cut.count is None else cut.count - choice.taken
        if len(fitting) + wanted <= room:
            _admit(choice, fitting, value, facts, tied=False)
        elif cut.all_tied_go_on and (room > 0 or value == choice.last_in):
            _admit(choice, fitting, value, facts, tied=True)
        elif room > 0:
            waiting = fitting + waiting
        else:
            below, waiting = fitting + waiting, []
            for entry in below:
                choice.reasons[entry] = _reason("below_cut", value=value, last_in=choice.last_in)
        _hold(choice, waiting, value, cut, facts, room)
    _tell_of_ties(choice, ties)
    return choice


def _admit(choice: _Choice, entries: list[str], value: Fraction, facts, *, tied: bool) -> None:
    for entry in entries:
        choice.reasons[entry] = _reason("goes_on_tied", value=value) if tied else _reason("goes_on")
        choice.admitted.append(entry)
        choice.in_city.setdefault(facts[entry].city, []).append(entry)
        choice.taken += 1
        choice.last_in = value


def _hold(choice: _Choice, waiting: list[str], value: Fraction, cut: Cut, facts, room: int) -> None:
    """An open tie: a person decides; until then its places are taken by nobody else."""
    if not waiting:
        return
    choice.open.append(tuple(sorted(waiting)))
    choice.last_in = value
    by_city: dict[str, int] = {}
    for entry in waiting:
        choice.reasons[entry] = _reason("open_tie", **{"with": sorted(set(waiting) - {entry})})
        by_city[facts[entry].city] = by_city.get(facts[entry].city, 0) + 1
    if cut.per_city is not None:
        for city, number in by_city.items():
            by_city[city] = min(number, choice.room_in(city, cut.per_city))
            choice.held_in_city[city] = choice.held_in_city.get(city, 0) + by_city[city]
    choice.taken += min(sum(by_city.values()), room)


def _room_in_cities(choice: _Choice, passing: list[str], cut: Cut, facts) -> tuple[list[str], list[str], int]:
    """(those whose city has room, those tied for more places than their city has left, how many those are); the rest get
    their reason."""
    if cut.per_city is None:
        return passing, [], 0
    fitting, waiting, wanted = [], [], 0
    by_city: dict[str, list[str]] = {}
    for entry in passing:
        by_city.setdefault(facts[entry].city, []).append(entry)
    for city, entries in by_city.items():
        room = choice.room_in(city, cut.per_city)
        if room <= 0:
            ahead = list(choice.in_city.get(city, []))
            for entry in entries:
                choice.reasons[entry] = _reason("city_full", city=city, most=cut.per_city, ahead=ahead)
        elif len(entries) > room:
            waiting.extend(entries)
            wanted += room
        else:
            fitting.extend(entries)
    return fitting, waiting, wanted


def _failed(rule: Rule, score: Score) -> dict | None:
    """The threshold that the entry does not reach: criteria first, then the total."""
    low = [
        {"code": code, "value": text_of(value), "needed": text_of(Fraction(needed, SCALE))}
        for code, value, needed in zip(rule.codes, score.criteria, rule.criterion_thresholds, strict=True)
        if needed is not None and value is not None and value < Fraction(needed, SCALE)
    ]
    if low:
        return {"code": "below_criterion", "figures": {"criteria": low}}
    if rule.threshold is not None and score.total < Fraction(rule.threshold, SCALE):
        return _reason("below_threshold", value=score.total, needed=Fraction(rule.threshold, SCALE))
    return None


def _tell_of_ties(choice: _Choice, ties: Sequence[TieTrace]) -> None:
    """Where a tie was settled across the cut, the winners and losers learn by which rule."""
    for trace in ties:
        winners = [entry for entry in trace.order if choice.reasons[entry]["code"] == "goes_on"]
        losers = [entry for entry in trace.order if choice.reasons[entry]["code"] == "below_cut"]
        if not winners or not losers:
            continue
        for entry in losers:
            step = trace.settled_by(winners[-1], entry)
            if step:
                choice.reasons[entry] = _reason(
                    "lost_tie", kind=step.kind, code=step.code, value=step.values.get(entry, ""), to=winners[-1],
                    their_value=step.values.get(winners[-1], ""),
                )  # fmt: skip
        for entry in winners:
            step = trace.settled_by(entry, losers[0])
            if step:
                choice.reasons[entry] = _reason(
                    "won_tie", kind=step.kind, code=step.code, value=step.values.get(entry, ""), over=losers[0]
                )


def _reason(name: str, **figures) -> dict:
    """{"code", "figures"}: fractions and counts as text."""
    return {
        "code": name,
        "figures": {
            key: text_of(value) if isinstance(value, (Fraction, int)) else value for key, value in figures.items()
        },
    }
