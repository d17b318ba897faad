"""Who stays where from when: what a placement is asked, and the ways to place each candidate. Pure.

Days are counted in half-open intervals: [starts, ends) holds `starts` and does not hold `ends`. Openings that overlap
add up. What the best plan is, the problem's rule says (corridor.domain.placement.rules).
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from corridor.domain.calendar.spans import Span, add_months, free_steps, least_free

UNSAID = "rank_first"  # the rule where a file or an organiser says nothing
FARTHEST = 10  # a wish or a host's order counts by place 1 to 10; beyond, it counts as the tenth


@dataclass(frozen=True)
class Place:
    """A candidate's stay in an incubator over [starts, ends)."""

    incubator: str
    starts: date
    ends: date


@dataclass(frozen=True)
class Blackout:
    """[starts, ends): nobody stays on these days, or, with `arrivals_only`, nobody arrives on them."""

    starts: date
    ends: date
    arrivals_only: bool = False


@dataclass(frozen=True)
class Candidate:
    """`wishes` maps an incubator's id to the place of that wish: 1, 2, …, equal wishes sharing a number, without gaps.

    `feasible_from` holds, for incubators that need it, the first start that a visa's lead time still allows;
    `eligible_until` the last start that the programme's rule on age allows, which no wish and no other date can widen.
    `priority` is counted in thousandths and only matters to the rule weighted_sum. A `pinned` stay holds whatever the
    rules say; a `published` one is what the plan in force says, to be changed as little as possible.
    """

    id: str
    rank: int
    people: int
    home_city: str
    wishes: tuple[tuple[str, int], ...]
    declined: frozenset[str] = frozenset()
    earliest_start: date | None = None
    latest_start: date | None = None
    eligible_until: date | None = None
    feasible_from: tuple[tuple[str, date], ...] = ()
    priority: int = 1000
    pinned: Place | None = None
    published: Place | None = None
    name: str = ""


@dataclass(frozen=True)
class Incubator:
    """`refused` maps a candidate's id to the host's reason;
    `order` a candidate's id to its place in the host's own order."""

    id: str
    city: str
    openings: tuple[Span, ...]
    held: tuple[Span, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    arrivals_per_month: int | None = None
    refused: tuple[tuple[str, str], ...] = ()
    order: tuple[tuple[str, int], ...] = ()
    name: str = ""

    @cached_property
    def refusals(self) -> dict[str, str]:
        """{candidate: why the incubator refused it}."""
        return dict(self.refused)

    @cached_property
    def places(self) -> dict[str, int]:
        """{candidate: place in the incubator's own order, 1 is first}."""
        return dict(self.order)

    def place_of(self, candidate: str) -> int:
        """The candidate's place in the host's order; after everyone in it when absent, 1 for all without an order."""
        return self.places.get(candidate, max(self.places.values(), default=0) + 1)


@dataclass(frozen=True)
class Problem:
    """`ledger` holds, per city, how many stays it has sent and hosted so far.
    With `change_first`, least change comes before all else."""

    candidates: tuple[Candidate, ...]
    incubators: tuple[Incubator, ...]
    start_days: tuple[date, ...]
    months: int
    home_city_allowed: bool
    seed: int
    rule: str = UNSAID
    ledger: tuple[tuple[str, int, int], ...] = ()
    change_first: bool = False

    def window(self, candidate: Candidate) -> list[tuple[int, date]]:
        """(number, day) of the start days that suit the candidate."""
        return [
            (number, day)
            for number, day in enumerate(self.start_days, start=1)
            if (candidate.earliest_start is None or day >= candidate.earliest_start)
            and (candidate.latest_start is None or day <= candidate.latest_start)
            and (candidate.eligible_until is None or day <= candidate.eligible_until)
        ]

    def ends(self, start: date) -> date:
        """The first day after a stay that begins on `start`: so many calendar months later."""
        return add_months(start, self.months)

    @cached_property
    def candidate(self) -> dict[str, Candidate]:
        """{id: candidate}."""
        return {candidate.id: candidate for candidate in self.candidates}

    @cached_property
    def incubator(self) -> dict[str, Incubator]:
        """{id: incubator}."""
        return {incubator.id: incubator for incubator in self.incubators}

    @cached_property
    def pinned(self) -> tuple["Option", ...]:
        """The stays that hold whatever the rules say."""
        return tuple(
            Option(
                candidate.id,
                candidate.pinned.incubator,
                candidate.pinned.starts,
                candidate.pinned.ends,
                candidate.people,
                dict(candidate.wishes).get(candidate.pinned.incubator, 0),
                0,
                0,
            )
            for candidate in self.candidates
            if candidate.pinned
        )

    def changed(self, **changes: Any) -> "Problem":
        """The problem with other values of the fields named; this one stays as it is."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Option:
    """A way to place a candidate. `wish` is the place of the wish (0: never wished, a pin), `number` the number of the
    start day, `lot` the drawn order, `host_place` its place in the host's order."""

    candidate: str
    incubator: str
    start: date
    ends: date
    desks: int
    wish: int
    number: int
    lot: int
    host_place: int = 1

    @property
    def points(self) -> int:
        """What the rule weighted_sum gives for this wish."""
        return max(1, FARTHEST + 1 - self.wish)

    @property
    def distance(self) -> int:
        """How far from what both sides wanted: 2 is the first wish of either side, 20 the farthest."""
        return min(self.wish, FARTHEST) + min(self.host_place, FARTHEST)


def offered_steps(incubator: Incubator, *, blackouts: bool = True) -> list[tuple[date, int]]:
    """The desks offered as a staircase: openings added up, none on a day of a blackout that closes the house."""
    steps = free_steps(incubator.openings, ())
    shut = [one for one in incubator.blackouts if blackouts and not one.arrivals_only]
    if not shut:
        return steps
    days = sorted({day for day, _desks in steps} | {day for one in shut for day in (one.starts, one.ends)})
    found: list[Any] = []
    for day in days:
        desks = next((desks for since, desks in reversed(steps) if since <= day), 0)
        found.append((day, 0 if any(one.starts <= day < one.ends for one in shut) else desks))
    return found


def steps_beside(
    incubator: Incubator, stays: Sequence[Span], *, offered: Sequence[tuple[date, int]] | None = None
) -> list[tuple[date, int]]:
    """The desks left as a staircase, beside `stays` (which may hold a desk on a day of a blackout:
    then less than none)."""
    offered = offered_steps(incubator) if offered is None else offered
    held = free_steps((), stays)
    days = sorted({day for day, _desks in [*offered, *held]})
    return [(day, _level(offered, day) + _level(held, day)) for day in days]


def _level(steps: Sequence[tuple[date, int]], day: date) -> int:
    return next((desks for since, desks in reversed(steps) if since <= day), 0)


def held_spans(problem: Problem, incubator: Incubator) -> list[Span]:
    """What is agreed already: stays of other plans and pinned ones."""
    here = [Span(one.start, one.ends, one.desks) for one in problem.pinned if one.incubator == incubator.id]
    return [*incubator.held, *here]


def arrivals_left(incubator: Incubator, stays: Sequence[Span], day: date) -> int | None:
    """How many more may arrive in the month of `day`; None without a limit."""
    if incubator.arrivals_per_month is None:
        return None
    month = (day.year, day.month)
    return incubator.arrivals_per_month - sum((stay.starts.year, stay.starts.month) == month for stay in stays)


def may_arrive(incubator: Incubator, day: date) -> bool:
    """Whether no blackout for arrivals covers the day (its end is the first day that is free again)."""
    return not any(one.arrivals_only and one.starts <= day < one.ends for one in incubator.blackouts)


def options_of(problem: Problem) -> list[Option]:
    """Every way to place a candidate alone, beside what is already held or pinned."""
    room = {incubator.id: _room(problem, incubator) for incubator in problem.incubators}
    draw = random.Random(problem.seed)
    ids = sorted(room)
    found: list[Any] = []
    for candidate in sorted(problem.candidates, key=lambda one: (one.rank, one.id)):
        draw.shuffle(order := list(ids))
        if candidate.pinned:
            continue
        lot = {incubator: index for index, incubator in enumerate(order)}
        feasible = dict(candidate.feasible_from)
        for incubator, wish in candidate.wishes:
            host = problem.incubator[incubator]
            if incubator in candidate.declined or candidate.id in host.refusals:
                continue
            if host.city and host.city == candidate.home_city and not problem.home_city_allowed:
                continue
            place = host.place_of(candidate.id)
            found.extend(
                Option(candidate.id, incubator, day, ends, candidate.people, wish, number, lot[incubator], place)
                for number, day in problem.window(candidate)
                if (incubator not in feasible or day >= feasible[incubator])
                for ends, desks in [room[incubator][number - 1]]
                if desks >= candidate.people
            )
    return found


def _room(problem: Problem, incubator: Incubator) -> list[tuple[date, int]]:
    """(end, desks free over the whole stay) for each start day; no desk where nobody may arrive."""
    stays = held_spans(problem, incubator)
    steps = steps_beside(incubator, stays)
    rows = []
    for day in problem.start_days:
        ends = problem.ends(day)
        left = arrivals_left(incubator, stays, day)
        closed = not may_arrive(incubator, day) or (left is not None and left <= 0)
        rows.append((ends, 0 if closed else least_free(steps, day, ends)))
    return rows
