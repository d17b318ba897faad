"""What is improved, in which order: the levels of the rules that go level by level. Pure."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from corridor.domain.placement.problem import Candidate, Option, Problem
from corridor.domain.placement.rules import rule_of

LEVELS = ("placed", "wishes", "own_wishes", "balance", "starts", "changes", "lot")
ALL_RANKS = 0  # the rank of an aim that sums over everybody


@dataclass(frozen=True)
class CityBalance:
    """A city's sent minus hosted: `base` from the ledger and the pinned stays,
    plus the effects of the options taken."""

    city: str
    base: int
    effects: tuple[tuple[int, int], ...]  # (index of the option, +1 sends or -1 hosts)


def imbalance(cities: Sequence[CityBalance], taken: Any) -> int:
    """How far sent and hosted lie apart, over all cities; `taken` holds 0 or 1 per option."""
    return sum(abs(city.base + sum(sign for index, sign in city.effects if taken[index])) for city in cities)


@dataclass(frozen=True)
class Aim:
    """The sum of `weights` over the options taken (by their index), to be highest or lowest; or, with `cities`, the sum
    over these of how far sent and hosted lie apart, to be lowest."""

    name: str
    rank: int
    maximise: bool
    weights: dict[int, int] = field(default_factory=dict)
    cities: tuple[CityBalance, ...] = ()

    def value(self, taken: Any) -> int:
        """What a plan reaches; `taken` holds 0 or 1 per option."""
        if self.cities:
            return imbalance(self.cities, taken)
        return sum(weight for index, weight in self.weights.items() if taken[index])


def levels_of(problem: Problem, options: Sequence[Option]) -> list[tuple[str, list[Aim]]]:
    """The levels in the order in which they count, each with its aims in the order in which these count, as the
    problem's rule makes them."""
    rule = rule_of(problem)

    def summed(name: str, weigh: Callable[[Option], int], maximise: bool = False) -> list[Aim]:
        return rule.summed(problem, options, name, maximise, weigh)

    makers: dict[str, Callable[[], list[Aim]]] = {
        "placed": lambda: rule.placed(problem, options),
        "wishes": lambda: summed("wishes", lambda option: option.distance),
        "own_wishes": lambda: summed("own_wishes", lambda option: option.wish),
        "balance": lambda: _balance(problem, options),
        "starts": lambda: summed("starts", lambda option: option.number),
        "changes": lambda: summed("changes", lambda option: int(_is_published(problem, option)), maximise=True),
        "lot": lambda: rule.lots(problem, options),
    }
    order = ["changes", *[name for name in LEVELS if name != "changes"]] if problem.change_first else list(LEVELS)
    return [(name, makers[name]()) for name in order]


def _is_published(problem: Problem, option: Option) -> bool:
    place = problem.candidate[option.candidate].published
    return place is not None and (place.incubator, place.starts) == (option.incubator, option.start)


def over_all(options: Sequence[Option], name: str, maximise: bool, weigh: Callable[[Option], int]) -> list[Aim]:
    """One sum over everybody."""
    return [Aim(name, ALL_RANKS, maximise, {i: weight for i, one in enumerate(options) if (weight := weigh(one))})]


def by_rank(
    problem: Problem, options: Sequence[Option], name: str, maximise: bool, weigh: Callable[[Option], int]
) -> list[Aim]:
    """A sum for each rank, best rank first."""
    found: dict[int, dict[int, int]] = {candidate.rank: {} for candidate in problem.candidates}
    for index, option in enumerate(options):
        weight = weigh(option)
        if weight:
            found[problem.candidate[option.candidate].rank][index] = weight
    return [Aim(name, rank, maximise, found[rank]) for rank in sorted(found)]


def _balance(problem: Problem, options: Sequence[Option]) -> list[Aim]:
    """One sum over the cities. Without a ledger there is nothing to balance."""
    if not problem.ledger:
        return []
    base = {city: sent - hosted for city, sent, hosted in problem.ledger}
    effects: dict[str, dict[int, int]] = {}
    for one in problem.pinned:
        home, host = _cities(problem, one)
        base[home], base[host] = base.get(home, 0) + 1, base.get(host, 0) - 1 + (home == host)
    for index, option in enumerate(options):
        home, host = _cities(problem, option)
        if home != host:
            effects.setdefault(home, {})[index] = 1
            effects.setdefault(host, {})[index] = -1
    return [
        Aim(
            "balance",
            ALL_RANKS,
            False,
            cities=tuple(
                CityBalance(city, base.get(city, 0), tuple(effects.get(city, {}).items()))
                for city in sorted(base.keys() | effects.keys())
            ),
        )
    ]


def _cities(problem: Problem, option: Option) -> tuple[str, str]:
    return problem.candidate[option.candidate].home_city, problem.incubator[option.incubator].city


def lots_by_turns(problem: Problem, options: Sequence[Option]) -> list[Aim]:
    """Rank by rank, candidate by candidate: an order of incubators that is drawn, then the earlier start."""
    width = len(problem.start_days) + 1
    most = (len(problem.incubators) + 1) * width
    weights: dict[str, dict[int, int]] = {}
    for index, option in enumerate(options):
        weights.setdefault(option.candidate, {})[index] = most - option.lot * width - option.number
    turns = sorted(turns_of(problem), key=lambda one: one.rank)
    return [Aim("lot", one.rank, True, weights.get(one.id, {})) for one in turns]


def lots_of_options(problem: Problem, options: Sequence[Option]) -> list[Aim]:
    """A number drawn for every option, in one sum."""
    draw = random.Random(problem.seed)
    return [Aim("lot", ALL_RANKS, True, {index: draw.randint(1, 1000) for index in range(len(options))})]


def turns_of(problem: Problem) -> list[Candidate]:
    """The candidates in the order in which those of one rank draw, so that no name is always first."""
    turns = sorted(problem.candidates, key=lambda one: one.id)
    random.Random(problem.seed).shuffle(turns)
    return turns
