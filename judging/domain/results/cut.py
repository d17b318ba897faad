"""Who goes on: thresholds, the cut, room in cities and categories, and what a person decided; a reason for every entry.

Entries are taken in order of result, ties in the order that the chain gives them. An entry goes on when its results
pass the thresholds, its city and its category have room (their most is never exceeded), and a place of the cut is left.
When all tied at the cut go on, an entry with the very result of the last one in goes on too. A tie that the chain
leaves open and that straddles the cut or some room is open for those that it straddles: a person has to put them in
order before the result can be frozen.

Where a threshold asks, an entry below it that would go on waits for a person, and its place is held: kept, it goes on;
dropped, the next one moves up. A wild card lets an entry go on that would not: on top of the places, whatever the room.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from judging.domain.marks.scoring import SCALE, Rule, Score, text_of
from judging.domain.results.reasons import Low, Reason, reason
from judging.domain.ties.chain import Facts, TieTrace

KEEP, DROP, WILD_CARD = "keep", "drop", "wild_card"
Groups = Sequence[tuple[Fraction, tuple[str, ...]]]
Apart = Callable[[Sequence[str]], Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Cut:
    """How many go on, how many per city and per category; None: no such limit."""

    count: int | None = None
    per_city: int | None = None
    all_tied_go_on: bool = False
    per_category: int | None = None


@dataclass
class Choice:
    """The cut at work: who is in, whose places are held for a person to decide, and every entry's reason."""

    cut: Cut
    facts: Mapping[str, Facts]
    verdicts: Mapping[str, str]
    failed: Mapping[str, Reason]
    apart: Apart
    admitted: list[str] = field(default_factory=list)
    reasons: dict[str, Reason] = field(default_factory=dict)
    open: list[tuple[str, ...]] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    taken: int = 0
    inside: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    held: dict[tuple[str, str], int] = field(default_factory=dict)
    last_in: Fraction | None = None

    def limits_of(self, entry: str) -> list[tuple[tuple[str, str], int]]:
        """The rooms that the entry would take a place of: ((“city” or “category”, which), the most)."""
        known = self.facts[entry]
        limits = [("city", known.city, self.cut.per_city), ("category", known.category, self.cut.per_category)]
        return [((kind, name), most) for kind, name, most in limits if most is not None and name]

    def room(self, key: tuple[str, str], most: int) -> int:
        """How many more of that category or city may go on, of `most`, beside those in and those held for others; below
        0 when over."""
        return most - len(self.inside.get(key, [])) - self.held.get(key, 0)


def choose(
    groups: Groups,
    failed: Mapping[str, Reason],
    rule: Rule,
    cut: Cut,
    facts: Mapping[str, Facts],
    ties: Sequence[TieTrace],
    verdicts: Mapping[str, str],
    apart: Apart = lambda entries: [entries],
) -> Choice:
    """`groups`: (result, entries that nothing tells apart), best first; `failed`: reasons of thresholds not reached;
    `verdicts`: what a person decided on an entry, its latest; `apart`: some of a group, as decisions put them in
    order."""
    choice = Choice(cut, facts, verdicts, failed if rule.below_asks else {}, apart)
    for value, group in groups:
        passing = []
        for entry in group:
            if entry in failed and rule.below_stops:
                choice.reasons[entry] = failed[entry]
            elif entry in choice.failed and verdicts.get(entry) == DROP:
                choice.reasons[entry] = reason("dropped_below", failed=failed[entry])
            else:
                passing.append(entry)
        _place(choice, passing, value)
    _tell_of_ties(choice, ties)
    for entry, verdict in sorted(verdicts.items()):
        if verdict == WILD_CARD and entry in choice.reasons and entry not in choice.admitted:
            _admit_wild(choice, entry)
    return choice


def _place(choice: Choice, passing: list[str], value: Fraction) -> None:
    """A group of equals: all in, none in, or an open tie."""
    cut = choice.cut
    fitting, waiting, wanted = _with_room(choice, passing)
    room = len(fitting) + wanted if cut.count is None else cut.count - choice.taken
    if len(fitting) + wanted <= room:
        _admit(choice, fitting, value, tied=False)
    elif cut.all_tied_go_on and (room > 0 or value == choice.last_in):
        _admit(choice, fitting, value, tied=True)
    elif room > 0:
        waiting = fitting + waiting
    else:
        below, waiting = fitting + waiting, []
        for entry in below:
            choice.reasons[entry] = reason("below_cut", value=value, last_in=choice.last_in)
    parts = choice.apart(waiting) if waiting else []
    if len(parts) > 1:  # decided among those that it is about, whoever else is equal
        for part in parts:
            _place(choice, list(part), value)
    else:
        _hold(choice, waiting, value, room)


def _with_room(choice: Choice, passing: list[str]) -> tuple[list[str], list[str], int]:
    """(those for whom there is room, those tied for more places than are left, how many places those are)."""
    able = []
    for entry in passing:
        full = next(((key, most) for key, most in choice.limits_of(entry) if choice.room(key, most) <= 0), None)
        if full is None:
            able.append(entry)
        else:
            (kind, name), most = full
            ahead = list(choice.inside.get((kind, name), []))
            choice.reasons[entry] = reason(f"{kind}_full", **{kind: name}, most=most, ahead=ahead)
    crowd: dict[tuple[str, str], int] = {}
    for entry in able:
        for key, _most in choice.limits_of(entry):
            crowd[key] = crowd.get(key, 0) + 1
    waiting = [e for e in able if any(crowd[key] > choice.room(key, most) for key, most in choice.limits_of(e))]
    return [e for e in able if e not in waiting], waiting, _places_for(choice, waiting)


def _places_for(choice: Choice, entries: list[str]) -> int:
    """How many of them there is room for at most."""
    most_in: dict[str, dict[tuple[str, str], int]] = {}
    rooms: dict[tuple[str, str], int] = {}
    for entry in entries:
        for key, most in choice.limits_of(entry):
            counts = most_in.setdefault(key[0], {})
            counts[key] = counts.get(key, 0) + 1
            rooms[key] = choice.room(key, most)
    fits = [sum(min(count, rooms[key]) for key, count in counts.items()) for counts in most_in.values()]
    unlimited = [len(entries) - sum(counts.values()) + fit for counts, fit in zip(most_in.values(), fits, strict=True)]
    return min([len(entries), *unlimited])


def _admit(choice: Choice, entries: list[str], value: Fraction, *, tied: bool) -> None:
    for entry in entries:
        choice.taken += 1
        choice.last_in = value
        if entry in choice.failed and choice.verdicts.get(entry) != KEEP:
            choice.undecided.append(entry)
            choice.reasons[entry] = reason("below_warned", failed=choice.failed[entry])
            for key, _most in choice.limits_of(entry):
                choice.held[key] = choice.held.get(key, 0) + 1
            continue
        choice.reasons[entry] = reason("goes_on_tied", value=value) if tied else reason("goes_on")
        if entry in choice.failed:
            choice.reasons[entry] = reason("kept_below", failed=choice.failed[entry])
        choice.admitted.append(entry)
        for key, _most in choice.limits_of(entry):
            choice.inside.setdefault(key, []).append(entry)


def _admit_wild(choice: Choice, entry: str) -> None:
    choice.reasons[entry] = reason("wild_card", otherwise=choice.reasons[entry]["code"])
    choice.admitted.append(entry)
    choice.undecided = [other for other in choice.undecided if other != entry]


def _hold(choice: Choice, waiting: list[str], value: Fraction, room: int) -> None:
    """An open tie: a person decides; until then its places are taken by nobody else."""
    if not waiting:
        return
    choice.open.append(tuple(sorted(waiting)))
    choice.last_in = value
    places = _places_for(choice, waiting)
    crowd: dict[tuple[str, str], int] = {}
    for entry in waiting:
        choice.reasons[entry] = reason("open_tie", **{"with": sorted(set(waiting) - {entry})})
        for key, most in choice.limits_of(entry):
            crowd[key] = min(crowd.get(key, 0) + 1, choice.room(key, most))
    for key, number in crowd.items():
        choice.held[key] = choice.held.get(key, 0) + number
    choice.taken += min(places, room)


def failed_thresholds(rule: Rule, score: Score) -> Reason | None:
    """The thresholds that the entry does not reach, as a reason: criteria first, then groups, then the total."""
    low = _below(rule.codes, score.criteria, rule.criterion_thresholds)
    if low:
        return reason("below_criterion", criteria=low)
    low = _below([group.code for group in rule.groups], score.groups, [group.threshold for group in rule.groups])
    if low:
        return reason("below_group", groups=low)
    if rule.threshold is not None and score.total is not None and score.total < Fraction(rule.threshold, SCALE):
        return reason("below_threshold", value=score.total, needed=Fraction(rule.threshold, SCALE))
    return None


def _below(
    codes: Sequence[str], values: Sequence[Fraction | None], thresholds: Sequence[int | Fraction | None]
) -> list[Low]:
    return [
        {"code": code, "value": text_of(value), "needed": text_of(Fraction(needed, SCALE))}
        for code, value, needed in zip(codes, values, thresholds, strict=True)
        if needed is not None and value is not None and value < Fraction(needed, SCALE)
    ]


def _tell_of_ties(choice: Choice, ties: Sequence[TieTrace]) -> None:
    """Where a tie was settled across the cut, the winners and losers learn by which rule."""
    for trace in ties:
        winners = [entry for entry in trace.order if choice.reasons[entry]["code"] == "goes_on"]
        losers = [entry for entry in trace.order if choice.reasons[entry]["code"] == "below_cut"]
        if not winners or not losers:
            continue
        for entry in losers:
            step = trace.settled_by(winners[-1], entry)
            if step:
                choice.reasons[entry] = reason(
                    "lost_tie", kind=step.kind, code=step.code, value=step.values.get(entry, ""), to=winners[-1],
                    their_value=step.values.get(winners[-1], ""),
                )  # fmt: skip
        for entry in winners:
            step = trace.settled_by(entry, losers[0])
            if step:
                choice.reasons[entry] = reason(
                    "won_tie", kind=step.kind, code=step.code, value=step.values.get(entry, ""), over=losers[0]
                )
