"""The placement as an integer programme for HiGHS, improved level by level. Pure.

data → variables → constraints → improve → chosen.
"""

from collections.abc import Sequence
from datetime import date

import highspy
import numpy as np

from corridor.domain.calendar import free_steps, least_free
from corridor.domain.placement import Aim, Option, Problem

FEASIBLE = highspy.SolutionStatus.kSolutionStatusFeasible


class PlacementModel:
    """One 0-1 variable per option. All coefficients are whole numbers, so a value of a level is exact."""

    def __init__(self, problem: Problem, options: Sequence[Option], *, seconds: float) -> None:
        self.options = list(options)
        self.solver = highspy.Highs()
        self.solver.silent()
        for name, value in {
            "threads": 1,
            "random_seed": problem.seed % 2**31,
            "time_limit": float(seconds),
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.5,  # values are whole: less than one apart is equal
            "mip_feasibility_tolerance": 1e-7,
        }.items():
            self.solver.setOptionValue(name, value)
        self.seconds = seconds
        self.taken = np.zeros(len(self.options), dtype=np.int64)
        self.open = np.ones(len(self.options), dtype=bool)  # options that earlier levels leave
        self.must: set[str] = set()  # candidates that earlier levels place for sure
        # A variable says whether its option is taken.
        for _option in self.options:
            self.solver.addVar(0, 1)
        columns = np.arange(len(self.options), dtype=np.int32)
        kinds = np.full(len(self.options), highspy.HighsVarType.kInteger)
        if self.options:
            self.solver.changeColsIntegrality(len(columns), columns, kinds)
        self._one_place_each()
        self._desks_on_every_day(problem)

    def _one_place_each(self) -> None:
        """Each candidate has at most one place."""
        self.of_candidate: dict[str, list[int]] = {}
        for index, option in enumerate(self.options):
            self.of_candidate.setdefault(option.candidate, []).append(index)
        for indexes in self.of_candidate.values():
            self._row(indexes, [1] * len(indexes), upper=1)

    def _desks_on_every_day(self, problem: Problem) -> None:
        """On no day do those who stay in an incubator need more desks than it has free.

        Between two days on which an option or the free desks change nothing changes, so one row stands for all of them.
        """
        for incubator in problem.incubators:
            here = [(index, option) for index, option in enumerate(self.options) if option.incubator == incubator.id]
            steps = free_steps(incubator.openings, incubator.held)
            days = {day for _index, option in here for day in (option.start, option.ends)} | {day for day, _n in steps}
            edges = sorted(days)
            for day, following in zip(edges, edges[1:], strict=False):
                self._desks_between(here, least_free(steps, day, following), day)

    def _desks_between(self, here: list[tuple[int, Option]], free: int, day: date) -> None:
        staying = [(index, option) for index, option in here if option.start <= day < option.ends]
        if staying and sum(option.desks for _index, option in staying) > free:
            self._row([index for index, _o in staying], [option.desks for _i, option in staying], upper=free)

    def _row(self, indexes: Sequence[int], weights: Sequence[int], *, lower=-highspy.kHighsInf, upper) -> None:
        self.solver.addRow(
            lower, upper, len(indexes), np.array(indexes, dtype=np.int32), np.array(weights, dtype=np.float64)
        )

    def suggest(self, aims: Sequence[Aim]) -> None:
        """Finds a good plan for several levels at once, earlier ones weighing more. It proves nothing and holds nothing:
        where the plan already stands at a level's plain bound, that level needs no work of its own."""
        weights = np.zeros(len(self.options), dtype=np.int64)
        for turn, aim in enumerate(aims):
            weights += (len(aims) - turn) * np.array(aim.weights, dtype=np.int64)
        if weights.any():
            self._solve(weights, aims[0].maximise, int(weights @ self.taken))

    def improve(self, aim: Aim) -> tuple[int, int]:
        """Brings a level as high (or low) as it goes, keeps it there for all later levels, and returns (value reached,
        proven bound)."""
        weights = np.array(aim.weights, dtype=np.int64)
        value = int(weights @ self.taken)
        bound = self._plain_bound(weights, aim.maximise)
        if value != bound:
            value, bound = self._solve(weights, aim.maximise, value)
        self._hold(weights, aim, value)
        return value, bound

    def _plain_bound(self, weights: np.ndarray, maximise: bool) -> int:
        """What no plan can pass, seen without solving: every candidate at the best of its options that are still open."""
        total = 0
        for candidate, indexes in self.of_candidate.items():
            still = [int(weights[index]) for index in indexes if self.open[index]]
            if maximise:
                total += max(still, default=0)
            elif candidate in self.must:
                total += min(still)
        return total

    def _hold(self, weights: np.ndarray, aim: Aim, value: int) -> None:
        """What this level reached is not given up by a later one."""
        used = [int(index) for index in np.flatnonzero(weights)]
        concerned = {self.options[index].candidate for index in used}
        if aim.name == "placed" and value == len(concerned):
            self.must |= concerned
        if len(concerned) == 1 and aim.name != "placed":
            worse = [index for index in used if (weights[index] < value if aim.maximise else weights[index] > value)]
            self._close(worse)
            # Being left out weighs nothing: who drew a lot keeps a place, or a later level could give it away.
            if aim.maximise and value > 0 and not concerned <= self.must:
                self.must |= concerned
                self._row(used, [1] * len(used), lower=1, upper=1)
        elif len(concerned) == 1 and value == 0:
            self._close(used)
        elif concerned:
            lower, upper = (value, highspy.kHighsInf) if aim.maximise else (-highspy.kHighsInf, value)
            self._row(used, [int(weights[index]) for index in used], lower=lower, upper=upper)

    def _close(self, indexes: Sequence[int]) -> None:
        for index in indexes:
            self.open[index] = False
            self.solver.changeColBounds(int(index), 0.0, 0.0)

    def _solve(self, weights: np.ndarray, maximise: bool, value: int) -> tuple[int, int]:
        columns = np.arange(len(self.options), dtype=np.int32)
        self.solver.changeColsCost(len(columns), columns, weights.astype(np.float64))
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize)
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + self.seconds)
        start = highspy.HighsSolution()
        start.col_value = [float(taken) for taken in self.taken]
        self.solver.setSolution(start)
        self.solver.run()
        info = self.solver.getInfo()
        found = np.rint(np.array(self.solver.getSolution().col_value)).astype(np.int64)
        if len(found) == len(self.options) and info.primal_solution_status == FEASIBLE:
            reached = int(weights @ found)
            if (reached >= value) if maximise else (reached <= value):
                self.taken, value = found, reached
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return value, value
        bound = info.mip_dual_bound
        if not np.isfinite(bound):
            return value, self._plain_bound(weights, maximise)
        return value, int(np.floor(bound + 1e-6) if maximise else np.ceil(bound - 1e-6))

    def chosen(self) -> list[Option]:
        return [option for option, taken in zip(self.options, self.taken, strict=True) if taken]
