"""Places candidates in incubators by rank, wishes and early starts, and proves each level. Pure: a document in, a document out.

The rule “rank_first”, level by level, each kept while the next is improved:

1. placed: for each rank, best first, as many of its candidates as possible have a place;
2. wishes: for each rank, best first, the sum of the places that its wishes have in their lists is least;
3. starts: for each rank, best first, the sum of the numbers of the start days (1 = the programme's first) is least;
4. lot: what is still equal is decided by an order of incubators drawn with the seed, candidate by candidate.

After the fourth level one single plan is left, so the same document and seed give the same plan everywhere.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from corridor.domain.calendar import Span, add_months, free_steps, least_free

FORMAT = "passerelle-placement-1"
RESULT_FORMAT = "passerelle-placement-result-1"


class BadDocument(ValueError):
    """The document does not say what a placement needs; the text says where."""


@dataclass(frozen=True)
class Candidate:
    """`wishes` maps an incubator's id to the place of that wish: 1, 2, …, equal wishes sharing a number, without gaps."""

    id: str
    rank: int
    people: int
    home_city: str
    wishes: tuple[tuple[str, int], ...]
    declined: frozenset[str] = frozenset()
    earliest_start: date | None = None
    latest_start: date | None = None


@dataclass(frozen=True)
class Incubator:
    id: str
    city: str
    openings: tuple[Span, ...]
    held: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Problem:
    candidates: tuple[Candidate, ...]
    incubators: tuple[Incubator, ...]
    start_days: tuple[date, ...]
    months: int
    home_city_allowed: bool
    seed: int

    def window(self, candidate: Candidate) -> list[tuple[int, date]]:
        """(number, day) of the start days that suit the candidate."""
        return [
            (number, day)
            for number, day in enumerate(self.start_days, start=1)
            if (candidate.earliest_start is None or day >= candidate.earliest_start)
            and (candidate.latest_start is None or day <= candidate.latest_start)
        ]

    def ends(self, start: date) -> date:
        return add_months(start, self.months)


@dataclass(frozen=True)
class Option:
    """A way to place a candidate. `wish` is the place of the wish, `number` the number of the start day, `lot` the drawn order."""

    candidate: str
    incubator: str
    start: date
    ends: date
    desks: int
    wish: int
    number: int
    lot: int


@dataclass(frozen=True)
class Level:
    """One proven step: `value` was reached, nothing beyond `bound` is possible; proven when they are equal."""

    name: str
    rank: int
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        return self.value == self.bound


@dataclass(frozen=True)
class Solution:
    chosen: tuple[Option, ...]
    levels: tuple[Level, ...]

    @property
    def is_optimal(self) -> bool:
        return all(level.proven for level in self.levels)


def read_problem(document: dict[str, Any]) -> Problem:
    """The problem that a document of format “passerelle-placement-1” states. Raises BadDocument."""
    if document.get("format") != FORMAT or document.get("rule") != "rank_first":
        raise BadDocument(f"format must be “{FORMAT}” and rule “rank_first”")
    try:
        programme = document["programme"]
        incubators = tuple(
            Incubator(
                id=str(row["id"]),
                city=str(row["city"]),
                openings=_spans(row["openings"]),
                held=_spans(row.get("held", [])),
            )
            for row in document["incubators"]
        )
        problem = Problem(
            candidates=tuple(_candidate(row) for row in document["candidates"]),
            incubators=incubators,
            start_days=tuple(sorted(date.fromisoformat(day) for day in programme["start_days"])),
            months=int(programme["months"]),
            home_city_allowed=bool(programme["home_city_allowed"]),
            seed=int(document.get("seed", 0)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadDocument(f"{type(error).__name__}: {error}") from error
    _check(problem)
    return problem


def _spans(rows: list[dict]) -> tuple[Span, ...]:
    return tuple(
        Span(date.fromisoformat(row["starts"]), date.fromisoformat(row["ends"]), int(row["desks"])) for row in rows
    )


def _candidate(row: dict) -> Candidate:
    numbers = sorted({int(wish["rank"]) for wish in row["wishes"]})
    place = {number: index for index, number in enumerate(numbers, start=1)}
    wishes = sorted((place[int(wish["rank"])], str(wish["incubator"])) for wish in row["wishes"])
    return Candidate(
        id=str(row["id"]),
        rank=int(row["rank"]),
        people=int(row["people"]),
        home_city=str(row["home_city"]),
        wishes=tuple((incubator, wish) for wish, incubator in wishes),
        declined=frozenset(str(code) for code in row.get("declined", [])),
        earliest_start=_day(row.get("earliest_start")),
        latest_start=_day(row.get("latest_start")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _check(problem: Problem) -> None:
    known = {incubator.id for incubator in problem.incubators}
    ids = [candidate.id for candidate in problem.candidates]
    if len(known) != len(problem.incubators) or len(set(ids)) != len(ids):
        raise BadDocument("an id stands twice")
    if problem.months < 1:
        raise BadDocument("a stay lasts at least one month")
    for candidate in problem.candidates:
        if candidate.people < 1:
            raise BadDocument(f"candidate {candidate.id}: at least one person travels")
        wished = [incubator for incubator, _wish in candidate.wishes]
        if len(set(wished)) != len(wished) or not set(wished) <= known:
            raise BadDocument(f"candidate {candidate.id}: a wish is unknown or stands twice")
    for incubator in problem.incubators:
        if any(span.ends <= span.starts or span.desks < 0 for span in incubator.openings + incubator.held):
            raise BadDocument(f"incubator {incubator.id}: an interval is empty or its desks are below 0")


def options_of(problem: Problem) -> list[Option]:
    """Every way to place a candidate alone, beside what is already held."""
    incubators = {incubator.id: incubator for incubator in problem.incubators}
    steps = {incubator.id: free_steps(incubator.openings, incubator.held) for incubator in problem.incubators}
    draw = random.Random(problem.seed)
    found: list = []
    for candidate in sorted(problem.candidates, key=lambda one: (one.rank, one.id)):
        order = sorted(incubators)
        draw.shuffle(order)
        lot = {incubator: index for index, incubator in enumerate(order)}
        for incubator, wish in candidate.wishes:
            if incubator in candidate.declined:
                continue
            if incubators[incubator].city == candidate.home_city and not problem.home_city_allowed:
                continue
            found.extend(
                Option(candidate.id, incubator, day, problem.ends(day), candidate.people, wish, number, lot[incubator])
                for number, day in problem.window(candidate)
                if least_free(steps[incubator], day, problem.ends(day)) >= candidate.people
            )
    return found


@dataclass(frozen=True)
class Aim:
    """A level before it is reached: the sum of `weights` over the options taken, to be highest or lowest."""

    name: str
    rank: int
    maximise: bool
    weights: tuple[int, ...]


def aims_of(problem: Problem, options: Sequence[Option]) -> list[Aim]:
    """The levels in the order in which they count."""
    rank_of = {candidate.id: candidate.rank for candidate in problem.candidates}
    aims = [
        Aim(name, rank, name == "placed", tuple(weigh(one) if rank_of[one.candidate] == rank else 0 for one in options))
        for name, weigh in _WEIGHTS
        for rank in sorted(set(rank_of.values()))
    ]
    # Candidates of one rank draw in an order of their own, so that no name is always first.
    turns = sorted(problem.candidates, key=lambda one: one.id)
    random.Random(problem.seed).shuffle(turns)
    width = len(problem.start_days)
    most = (len(problem.incubators) + 1) * width
    for candidate in sorted(turns, key=lambda one: one.rank):
        lots = tuple(most - one.lot * width - one.number if one.candidate == candidate.id else 0 for one in options)
        aims.append(Aim("lot", candidate.rank, True, lots))
    return aims


_WEIGHTS: tuple[tuple[str, Callable[[Option], int]], ...] = (
    ("placed", lambda option: 1),
    ("wishes", lambda option: option.wish),
    ("starts", lambda option: option.number),
)


def solve(problem: Problem, *, seconds: float = 60.0) -> Solution:
    """The best plan under the rule; `seconds` is the time given to each level, after which its gap is kept and said."""
    from corridor.domain.placement_model import PlacementModel

    options = options_of(problem)
    model = PlacementModel(problem, options, seconds=seconds)
    levels: list = []
    for _name, group in groupby(aims_of(problem, options), key=lambda aim: aim.name):
        aims = list(group)
        model.suggest(aims)
        levels.extend(Level(aim.name, aim.rank, *model.improve(aim)) for aim in aims)
    return Solution(chosen=tuple(model.chosen()), levels=tuple(levels))
