"""The placement as an integer programme for HiGHS: one 0-1 variable per option. Pure.

The formulation is tight where it can be: a day's row is left out when another day of the same incubator holds all its
stays and no more desks. Whole months overlap like intervals do, so a handful of rows per incubator says everything, and
the linear relaxation of those is nearly whole by itself (docs/decisions/placement-solver.md).
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import highspy
import numpy as np

from corridor.domain.calendar.spans import least_free
from corridor.domain.placement.aims import CityBalance
from corridor.domain.placement.problem import Option, Problem, arrivals_left, held_spans, steps_beside

FEASIBLE = highspy.SolutionStatus.kSolutionStatusFeasible
OPTIMAL = highspy.HighsModelStatus.kOptimal
INFINITE = highspy.kHighsInf


@dataclass(frozen=True)
class Row:
    """lower ≤ the sum of `weights` over the options taken ≤ upper."""

    weights: dict[int, int]
    upper: float
    lower: float = -INFINITE


@dataclass(frozen=True)
class Balance:
    """The sum over the cities of how far sent and hosted lie apart: to be lowest, or to stay at most `most`."""

    cities: tuple[CityBalance, ...]
    most: int | None = None


@dataclass(frozen=True)
class Run:
    """What HiGHS found: 0 or 1 per option (None: nothing), and what no plan can pass."""

    taken: np.ndarray | None
    bound: float
    is_optimal: bool


def rows_of(problem: Problem, options: Sequence[Option]) -> list[Row]:
    """Desks on every day and arrivals in every month, per incubator, without rows that say nothing new."""
    here: dict[str, list[int]] = {}
    for index, option in enumerate(options):
        here.setdefault(option.incubator, []).append(index)
    rows: list[Any] = []
    for incubator, indexes in here.items():
        rows += _without_weaker(_desk_rows(problem, options, incubator, indexes))
        rows += _arrival_rows(problem, options, incubator, indexes)
    return rows


def _desk_rows(problem: Problem, options: Sequence[Option], incubator: str, indexes: list[int]) -> Iterable[Row]:
    """On no day do those who stay need more desks than are left. Between two edges nothing changes:
    one row for all days."""
    host = problem.incubator[incubator]
    steps = steps_beside(host, held_spans(problem, host))
    days = {day for index in indexes for day in (options[index].start, options[index].ends)} | {
        day for day, _n in steps
    }
    edges = sorted(days)
    for day, following in zip(edges, edges[1:], strict=False):
        weights = {
            index: options[index].desks for index in indexes if options[index].start <= day < options[index].ends
        }
        free = least_free(steps, day, following)
        if sum(_most_each(options, weights).values()) > free:
            yield Row(weights, free)


def _arrival_rows(problem: Problem, options: Sequence[Option], incubator: str, indexes: list[int]) -> Iterable[Row]:
    """In no month do more arrive than the host receives."""
    host = problem.incubator[incubator]
    months: dict[tuple[int, int], dict[int, int]] = {}
    for index in indexes:
        months.setdefault((options[index].start.year, options[index].start.month), {})[index] = 1
    for weights in months.values():
        left = arrivals_left(host, held_spans(problem, host), options[next(iter(weights))].start)
        if left is not None and left < sum(_most_each(options, weights).values()):
            yield Row(weights, left)


def _most_each(options: Sequence[Option], weights: dict[int, int]) -> dict[str, int]:
    """What each candidate may add at most, as it has one place."""
    most: dict[str, int] = {}
    for index, weight in weights.items():
        most[options[index].candidate] = max(weight, most.get(options[index].candidate, 0))
    return most


def _without_weaker(rows: Iterable[Row]) -> list[Row]:
    kept: list[Row] = []
    for row in sorted(rows, key=lambda one: (-len(one.weights), one.upper)):
        if not any(row.weights.keys() <= other.weights.keys() and other.upper <= row.upper for other in kept):
            kept.append(row)
    return kept


class PlacementModel:
    """The options, the rows that always hold, and those that reached levels add.
    Weights are whole numbers, so values are exact."""

    def __init__(self, problem: Problem, options: Sequence[Option]) -> None:
        self.seed = problem.seed
        self.options = list(options)
        self.rows = rows_of(problem, options)
        self.held: list[Row] = []  # what levels have reached
        self.open = np.ones(len(self.options), dtype=bool)  # options that earlier levels leave
        self.must: set[str] = set()  # candidates that earlier levels place for sure
        self.balance: Balance | None = None
        self.of_candidate: dict[str, list[int]] = {}
        for index, option in enumerate(self.options):
            self.of_candidate.setdefault(option.candidate, []).append(index)

    @cached_property
    def uses(self) -> list[list[tuple[int, int]]]:
        """(row, weight) of every row that always holds, per option."""
        found: list[Any] = [[] for _option in self.options]
        for number, row in enumerate(self.rows):
            for index, weight in row.weights.items():
                found[index].append((number, weight))
        return found

    def close(self, indexes: Iterable[int]) -> None:
        """Takes options out of what may be chosen, by their places in `options`."""
        for index in indexes:
            self.open[index] = False

    def hold(self, row: Row) -> None:
        """Adds a row that later levels must keep: what an earlier level has reached."""
        self.held.append(row)

    def all_rows(self) -> list[Row]:
        """The rows of the problem, then those that hold what earlier levels reached."""
        return [*self.rows, *self.held]

    def candidates_of(self, indexes: Iterable[int]) -> list[str]:
        """Whose these options are, each once, in order."""
        return list(dict.fromkeys(self.options[index].candidate for index in indexes))

    def still(self, candidate: str) -> list[int]:
        """The options of a candidate that are still open."""
        return [index for index in self.of_candidate.get(candidate, []) if self.open[index]]

    def highest(
        self,
        weights: dict[int, int],
        taken: np.ndarray,
        *,
        seconds: float,
        balance: Balance | None = None,
        watch: Callable[[float, float, float], None] | None = None,
    ) -> Run:
        """Maximises the sum of `weights` ({option: whole number}), minus the imbalance when `balance` is to be lowest,
        over the options that are open, within `seconds`. Starts from the plan `taken` (0 or 1 by option).

        `watch(seconds, incumbent, bound)` is called while HiGHS works.
        """
        columns = np.flatnonzero(self.open)
        if not len(columns):
            return Run(taken.copy(), 0.0, balance is None)
        solver = _solver(self.seed, seconds)
        lp, place = self._programme(weights, columns, balance or self.balance, lowest=balance is not None)
        solver.passModel(lp)
        start = highspy.HighsSolution()
        start.col_value = [float(value) for value in self._start(taken, columns, balance or self.balance)]
        solver.setSolution(start)
        if watch:
            began = time.perf_counter()

            def look(event: Any) -> None:
                watch(time.perf_counter() - began, event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)

            solver.cbMipLogging.subscribe(look)
        solver.run()
        info = solver.getInfo()
        is_optimal = solver.getModelStatus() == OPTIMAL
        # Time may be over before anything is found; the bound holds all the same.
        if info.primal_solution_status != FEASIBLE:
            return Run(None, info.mip_dual_bound, False)
        found = np.zeros(len(self.options), dtype=np.int64)
        found[columns] = np.rint(np.array(solver.getSolution().col_value)[: len(columns)]).astype(np.int64)
        return Run(found, info.objective_function_value if is_optimal else info.mip_dual_bound, is_optimal)

    def _programme(self, weights: Any, columns: np.ndarray, balance: Balance | None, *, lowest: bool) -> Any:
        place = {int(index): number for number, index in enumerate(columns)}
        rows = list(self._placed_rows(place)) + list(self._other_rows(place))
        cost = np.array([float(weights.get(int(index), 0)) for index in columns])
        width = len(columns)
        if balance:
            rows += _balance_rows(balance, place, width, lowest=lowest)
            cost = np.concatenate([cost, np.full(len(balance.cities), -1.0 if lowest else 0.0)])
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(cost), len(rows)
        lp.col_cost_, lp.col_lower_ = cost, np.zeros(len(cost))
        lp.col_upper_ = np.concatenate([np.ones(width), np.full(len(cost) - width, INFINITE)])
        lp.row_lower_ = np.array([lower for lower, _u, _i, _w in rows], dtype=float)
        lp.row_upper_ = np.array([upper for _l, upper, _i, _w in rows], dtype=float)
        lp.sense_ = highspy.ObjSense.kMaximize
        # How far a city is out of balance is whole by itself once the places are.
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger] * width + [kinds.kContinuous] * (len(cost) - width)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(indexes) for _l, _u, indexes, _w in rows)]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([one for _l, _u, indexes, _w in rows for one in indexes], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([one for _l, _u, _i, values in rows for one in values], dtype=float)
        return lp, place

    def _placed_rows(self, place: dict[int, int]) -> Iterator[Any]:
        """Each candidate has at most one place; exactly one where an earlier level says so."""
        for candidate, all_options in self.of_candidate.items():
            indexes = [place[index] for index in all_options if index in place]
            if len(indexes) > 1 or candidate in self.must:
                yield (1.0 if candidate in self.must else -INFINITE), 1.0, indexes, [1] * len(indexes)

    def _other_rows(self, place: dict[int, int]) -> Iterator[Any]:
        for row in self.all_rows():
            kept = [(place[index], weight) for index, weight in row.weights.items() if index in place]
            if kept and (row.lower > -INFINITE or sum(weight for _i, weight in kept) > row.upper):
                yield row.lower, row.upper, [index for index, _w in kept], [weight for _i, weight in kept]

    def _start(self, taken: np.ndarray, columns: np.ndarray, balance: Balance | None) -> list[float]:
        values = [float(taken[index]) for index in columns]
        if balance:
            values += [abs(c.base + sum(sign for index, sign in c.effects if taken[index])) for c in balance.cities]
        return values


def _balance_rows(balance: Balance, place: dict[int, int], width: int, *, lowest: bool) -> list[Any]:
    """A city's column is at least its difference in either direction; in all, at most what was reached."""
    rows: list[Any] = []
    for number, city in enumerate(balance.cities):
        effects = [(place[index], sign) for index, sign in city.effects if index in place]
        indexes = [index for index, _sign in effects] + [width + number]
        rows += [  # column − side × (effects) ≥ side × base
            (side * city.base, INFINITE, indexes, [-side * sign for _index, sign in effects] + [1]) for side in (1, -1)
        ]
    if not lowest:
        assert balance.most is not None
        columns = [width + number for number in range(len(balance.cities))]
        rows.append((-INFINITE, float(balance.most), columns, [1] * len(columns)))
    return rows


def quiet_solver(seed: int) -> highspy.Highs:
    """A solver of one thread that says nothing at the terminal, but to whoever watches:
    `silent()` would stop that too."""
    solver = highspy.Highs()
    solver.setOptionValue("log_to_console", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", seed % 2**31)
    return solver


def _solver(seed: int, seconds: float) -> highspy.Highs:
    solver = quiet_solver(seed)
    for name, value in {
        "time_limit": max(float(seconds), 0.0),
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,  # values are whole: less than one apart is equal
        "mip_feasibility_tolerance": 1e-8,
    }.items():
        solver.setOptionValue(name, value)
    return solver
