"""The search: a linear programme over a growing shortlist, and a whole-number one where its answer is not whole.

Proof: the duals of the shortlist's optimum price every pair that was left out, which bounds every plan there is. Where
rounding is needed, pairs that could still be part of a cheaper plan (by that bound) are let in until none is left out.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from judging.domain.assignment.columns import first_shortlist, worthwhile
from judging.domain.assignment.data import Problem, Progress
from judging.domain.assignment.master import Master
from judging.domain.assignment.table import NOISE, Table

Tell = Callable[[Progress], None]
SLIP = 0.05  # what arithmetic with floats may be off by; with NOISE well below the 1 between two whole prices
MOST_COLUMNS = 600_000


@dataclass
class Found:
    """`chosen` (entry, juror numbers) is None where there is no plan; `bound` holds for every plan."""

    status: str
    bound: int
    price: int = 0
    chosen: tuple[np.ndarray, np.ndarray] | None = None
    breaks: float = field(default=0.0)


def whole_price(bound: float) -> int:
    """The least whole price of a plan that costs at least so much, chance included."""
    return math.ceil(bound - NOISE - SLIP)


class Search:
    """One run of the solver over a problem: the linear programme over a shortlist that grows, then whole numbers where
    they are needed."""

    def __init__(
        self, problem: Problem, tell: Tell | None = None, spread: bool = False, forbidding: float = 100.0
    ) -> None:
        self.began = time.monotonic()
        self.problem, self.tell = problem, tell
        self.table = Table(problem, spread)
        self.master = Master(self.table, forbidding)
        self.bound = -math.inf
        self.best: tuple[np.ndarray, np.ndarray] | None = None
        self.price = 0

    @property
    def left(self) -> float:
        """Seconds left of those that the problem grants."""
        return self.problem.seconds - (time.monotonic() - self.began)

    def report(self) -> None:
        """Tells how far it is: seconds, bound and price of the best plan (None where there is none yet)."""
        if self.tell:
            bound = None if math.isinf(self.bound) else self.bound
            self.tell(Progress(time.monotonic() - self.began, bound, None if self.best is None else self.price))

    def run(self) -> Found:
        """The best plan of all pairs within the time, or how far from it, or that the hard rules leave none."""
        table = self.table
        if (table.fixed & ~table.allowed).any():
            return Found("infeasible", 0, breaks=1.0)
        self.master.add(*np.nonzero(first_shortlist(table)))
        self.master.keep()
        is_whole = self.linear()
        if is_whole is None:
            return self.found("feasible" if self.best else "unsolved")
        if self.master.broken > 1e-6:
            return Found("infeasible", self.floor, breaks=self.master.broken)
        return self.found("optimal") if is_whole else self.whole()

    @property
    def floor(self) -> int:
        """The least whole price that the bound leaves to a plan."""
        return 0 if math.isinf(self.bound) else whole_price(self.bound)

    def found(self, status: str) -> Found:
        """What is known now; proven when no plan can cost less than the best one does."""
        if self.best is not None and self.price <= self.floor:
            status = "optimal"
        bound = self.price if status == "optimal" else min(self.floor, self.price) if self.best else self.floor
        return Found(status, bound, self.price, self.best)

    def take(self, entries: np.ndarray, jurors: np.ndarray, objective: float) -> None:
        """A plan in hand. Its whole price is the objective less what chance added."""
        price = round(objective - float(self.table.noise[entries, jurors].sum()))
        if self.best is None or price < self.price:
            self.best, self.price = (entries, jurors), price

    def linear(self) -> bool | None:
        """Solves the linear programme over all pairs. True: its answer is whole (or breaks a hard rule); None:
        out of time."""
        master, table = self.master, self.table
        while True:
            if self.left <= 0 or not master.solve(self.left):
                return None
            reduced = master.reduced()
            entries, jurors, drop = worthwhile(reduced, table.allowed & ~master.listed)
            self.bound = max(self.bound, master.objective + drop)
            is_whole = master.is_whole
            if is_whole and master.broken < 1e-6:
                used = np.flatnonzero(master.chosen > 0.5)
                self.take(master.entries[used], master.jurors[used], master.objective)
            self.report()
            if self.best is not None and self.price <= self.floor:
                return True
            self.reduced, self.base = reduced, master.objective + drop
            # More pairs would lower the programme's objective, but not below what is proven already of whole prices.
            if not len(entries) or (master.broken < 1e-6 and whole_price(master.objective) <= self.floor):
                return is_whole
            master.add(entries, jurors)

    def whole(self) -> Found:
        """Whole numbers over the shortlist, and over all that could still be part of a cheaper plan."""
        master, table = self.master, self.table
        if (quick := self.nearby()) is not None:
            return quick
        while True:
            status = self.branch(np.ones(table.entries, dtype=bool))
            if self.best is not None and self.price <= self.floor:
                return self.found("optimal")
            worth = ~master.listed & table.allowed
            if self.best is not None:
                # A plan cheaper by 1 that used this pair would cost at least the bound and the pair's reduced price.
                worth &= self.reduced <= self.price - 1 + NOISE + SLIP - self.base
            entries, jurors = np.nonzero(worth)
            if status in ("optimal", "infeasible") and not len(entries):
                return self.found("optimal") if self.best else Found("infeasible", self.floor, breaks=1.0)
            if self.left <= 0 or len(master.columns) + len(entries) > MOST_COLUMNS:
                return self.found("feasible" if self.best else "unsolved")
            master.add(entries, jurors)

    def nearby(self) -> Found | None:
        """First only some entries are free: those whose jurors are not whole, and others drawn beside them. What the
        rest has stands. Often that reaches the bound, which is proof, and takes a moment."""
        master, table = self.master, self.table
        parted = np.zeros(table.entries, dtype=bool)
        parted[master.entries[np.abs(master.chosen - np.round(master.chosen)) > 1e-6]] = True
        draw = np.random.RandomState(self.problem.seed % 2**32).permutation(table.entries)
        for beside in (
            max(50, 3 * int(parted.sum())),
            max(300, 15 * int(parted.sum())),
            max(600, 30 * int(parted.sum())),
        ):
            if beside >= table.entries or self.left <= 0:
                return None
            free = parted.copy()
            free[draw[:beside]] = True
            self.branch(free)
            if self.best is not None and self.price <= self.floor:
                return self.found("optimal")
        return None

    def branch(self, free: np.ndarray) -> str:
        """One whole-number programme over the listed pairs:
        “optimal” over these, “feasible”, “infeasible” or “unsolved”.

        Entries that are not free keep the jurors that the linear programme gave them."""
        import highspy

        master = self.master
        solver = highspy.Highs()
        options = {
            "output_flag": False,
            "threads": 1,
            "random_seed": self.problem.seed % 2**31,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.5 * master.scale,  # prices are whole, and chance adds less than NOISE
            "time_limit": max(0.05, self.left),
        }
        for option, value in options.items():
            solver.setOptionValue(option, value)
        model = master.solver.getLp()
        lower, upper = np.array(model.col_lower_), np.array(model.col_upper_)
        for columns in master.breaking:
            upper[columns] = 0.0
        if not free.all():  # pairs that were let in after the linear programme have no value in it
            stands = np.flatnonzero(~free[master.entries])
            lower[master.columns[stands]] = upper[master.columns[stands]] = np.round(master.chosen[stands])
        model.col_lower_, model.col_upper_ = lower, upper
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
        solver.passModel(model)
        if free.all() and self.best is not None:  # begins with the plan in hand
            taken = np.zeros(self.master.listed.shape)
            taken[self.best] = 1.0
            start = taken[master.entries, master.jurors]
            solver.setSolution(len(start), master.columns.astype(np.int32), start)
        self.watch(solver)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return "infeasible"
        info, solution = solver.getInfo(), solver.getSolution()
        if info.primal_solution_status == 2:  # feasible
            used = np.flatnonzero(np.array(solution.col_value)[master.columns] > 0.5)
            price = info.objective_function_value / master.scale + self.table.offset
            self.take(master.entries[used], master.jurors[used], price)
        if status == highspy.HighsModelStatus.kOptimal:
            return "optimal"
        return "feasible" if self.best is not None else "unsolved"

    def watch(self, solver: Any) -> None:
        """Tells the progress of a long search: no more often than twice a second."""
        tell = self.tell
        if not tell:
            return
        last = [0.0]

        def heard(event: Any) -> None:
            now = time.monotonic()
            if now - last[0] > 0.5:
                last[0] = now
                price = event.data_out.mip_primal_bound / self.master.scale + self.table.offset
                inhand = round(price) if abs(price) < 1e15 else self.price if self.best else None
                tell(Progress(now - self.began, self.bound, inhand))

        solver.cbMipInterrupt += heard


def search(problem: Problem, tell: Tell | None = None, spread: bool = False) -> Found:
    """The best plan by numbers. That there is none is asked again without any price, where nothing but hard rules
    count; if there is one after all, breaking a hard rule was only not dear enough."""
    found = Search(problem, tell, spread).run()
    if found.status != "infeasible" or (not spread and not any(rule.price for rule in problem.rules)):
        return found
    if Search(bare(problem)).run().status == "infeasible":
        return found
    return Search(problem, tell, spread, forbidding=1e4).run()


def bare(problem: Problem) -> Problem:
    """The same rules, those with a price for nothing: what they ask no longer matters."""
    return replace(
        problem, rules=tuple(rule if rule.price is None else replace(rule, price=0) for rule in problem.rules)
    )
