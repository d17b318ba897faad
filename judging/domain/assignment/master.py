"""The linear programme over a shortlist of pairs, kept in HiGHS while columns and rows are added, and its prices.

Rows: one per juror (entries given = load, whose steps have rising prices) and, per entry, one for each count that a
rule bounds and that the shortlist could break. A hard row may be broken at a forbidding price, so that there is always
a solution; the rule can't be kept exactly when such a price is left in the optimum over all pairs.
"""

from typing import Any

import numpy as np

from judging.domain.assignment.load import SPREAD, STEPS
from judging.domain.assignment.table import NOISE, Family, Table

FREE = 1e20
# Solvers take prices that differ by less than about 1e-7 for equal: what chance adds is scaled up to well above that.
# On 5,000 entries and 300 jurors that is 10 times faster.
CLEAR = 1e-3
# Chance decides between equal prices already (Table.noise); perturbing once more made a jury of 3,000 × 200 thirty
# times slower.
OPTIONS = {"output_flag": False, "threads": 1, "dual_simplex_cost_perturbation_multiplier": 0.0}


class Master:
    """`entries` and `jurors` name the pair of each column in `columns`; `listed` says which pairs have one."""

    def __init__(self, table: Table, forbidding: float = 100.0) -> None:
        import highspy

        self.table = table
        self.solver = highspy.Highs()
        for option, value in OPTIONS.items():
            self.solver.setOptionValue(option, value)
        tops = [float(np.abs(table.cost).max(initial=1.0)), 1.0]
        unit = SPREAD + STEPS if table.spread else 1
        tops += [float(unit * price) for family in table.families for price in (family.short, family.over) if price]
        tops += [float(abs(step.price)) for steps in table.loads.steps for step in steps]
        self.forbidding = forbidding * max(tops)
        self.scale = max(1.0, CLEAR * max(1, table.most_seats) / NOISE)
        self.entries = self.jurors = self.columns = np.zeros(0, dtype=np.int64)
        self.listed = np.zeros((table.entries, table.jurors), dtype=bool)
        self.rows = [np.full(table.entries, -1, dtype=np.int64) for _family in table.families]
        self.counts = [np.zeros(table.entries, dtype=np.int64) for _family in table.families]
        self.breaking: list[np.ndarray] = []  # columns that break a hard row
        self.n_rows = self.n_columns = 0
        self._add_rows(np.zeros(table.jurors), np.zeros(table.jurors))
        self._add_loads()

    def _add_rows(self, lower: Any, upper: Any, row: Any = None, column: Any = None) -> np.ndarray:
        """New rows, with a one wherever (row, column) are named; rows counted from 0 here."""
        n = len(lower)
        row = np.zeros(0, dtype=np.int64) if row is None else row
        column = np.zeros(0, dtype=np.int64) if column is None else column
        order = np.argsort(row, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=n))])[:n].astype(np.int32)
        self.solver.addRows(
            n,
            lower.astype(float),
            upper.astype(float),
            len(row),
            starts,
            column[order].astype(np.int32),
            np.ones(len(row)),
        )
        self.n_rows += n
        return np.arange(self.n_rows - n, self.n_rows)

    def _add_columns(self, cost: Any, lower: Any, upper: Any, column: Any, row: Any, value: Any) -> np.ndarray:
        """New columns; `column` counted from 0 here, `row` as they stand in the programme."""
        n = len(cost)
        order = np.argsort(column, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(column, minlength=n))])[:n].astype(np.int32)
        self.solver.addCols(
            n, cost * self.scale, lower, upper, len(column), starts, row[order].astype(np.int32), value[order]
        )
        self.n_columns += n
        return np.arange(self.n_columns - n, self.n_columns)

    def _add_slacks(self, rows: np.ndarray, size: Any, price: "int | float | None", sign: float) -> None:
        """What may fill up (sign 1) or be taken off (−1) at each of these rows: `size` at most, at a price per unit."""
        if not len(rows):
            return
        steps: list[tuple[Any, float]] = [(size, self.forbidding if price is None else float(price))]
        if self.table.spread and price:
            steps = [(np.minimum(size, 1), price * (SPREAD + n)) for n in range(1, STEPS)]
            steps.append((size, price * (SPREAD + STEPS)))
        for most, cost in steps:
            n = len(rows)
            upper = np.broadcast_to(np.asarray(most, dtype=float), n).copy()
            made = self._add_columns(np.full(n, cost), np.zeros(n), upper, np.arange(n), rows, np.full(n, sign))
            if price is None:
                self.breaking.append(made)

    def _add_loads(self) -> None:
        """given − load = 0; the load in steps of rising price, those that must be there first."""
        row, size, price, must = [], [], [], []
        missing = np.zeros(self.table.jurors)
        for juror, steps in enumerate(self.table.loads.steps):
            for step in steps:
                if not step.barred:
                    row.append(juror)
                    size.append(step.size)
                    price.append(step.price)
                    must.append(step.must)
                missing[juror] += step.size * step.must
        upper = np.array(size, dtype=float)
        n = len(row)
        lower = np.where(must, upper, 0.0) if n else upper
        self._add_columns(np.array(price, dtype=float), lower, upper, np.arange(n), np.array(row), np.full(n, -1.0))
        self._add_slacks(np.flatnonzero(missing), missing[missing > 0], None, 1.0)
        barred = np.array([any(step.barred for step in steps) for steps in self.table.loads.steps])
        self._add_slacks(np.flatnonzero(barred), FREE, None, -1.0)

    def add(self, entries: np.ndarray, jurors: np.ndarray) -> None:
        """Lists these pairs (allowed, not listed yet), with the rows that they could break."""
        first = self.n_columns
        for n, family in enumerate(self.table.families):
            inside = family.holds(entries, jurors)
            self.counts[n] += np.bincount(entries[inside], minlength=self.table.entries)
            needed = (self.rows[n] < 0) & ((family.least > 0) | (self.counts[n] > family.most))
            if needed.any():
                self._add_family_rows(n, family, np.flatnonzero(needed))
        first = self.n_columns
        column, row = [np.arange(len(entries))], [jurors]
        for n, family in enumerate(self.table.families):
            there = np.flatnonzero(family.holds(entries, jurors) & (self.rows[n][entries] >= 0))
            column.append(there)
            row.append(self.rows[n][entries[there]])
        fixed = self.table.fixed[entries, jurors].astype(float)
        columns, rows = np.concatenate(column), np.concatenate(row)
        cost = self.table.price[entries, jurors]
        self._add_columns(cost, fixed, np.ones(len(entries)), columns, rows, np.ones(len(columns)))
        self.columns = np.concatenate([self.columns, np.arange(first, self.n_columns)])
        self.entries, self.jurors = np.concatenate([self.entries, entries]), np.concatenate([self.jurors, jurors])
        self.listed[entries, jurors] = True

    def keep(self) -> None:
        """Of the pairs to be kept, all of them listed, no more go than the rule says."""
        if (rule := self.table.stay) is None:
            return
        kept = np.zeros(self.listed.shape, dtype=bool)
        kept[self.table.indices(rule.pairs)] = True
        columns = self.columns[kept[self.entries, self.jurors]]
        least = np.array([len(rule.pairs) - (rule.most or 0)])
        rows = self._add_rows(least, np.array([FREE]), np.zeros(len(columns), dtype=np.int64), columns)
        self._add_slacks(rows, FREE, None, 1.0)

    def _add_family_rows(self, n: int, family: Family, entries: np.ndarray) -> None:
        place = np.full(self.table.entries, -1)
        place[entries] = np.arange(len(entries))
        there = np.flatnonzero((place[self.entries] >= 0) & family.holds(self.entries, self.jurors))
        least, most = family.least[entries], family.most[entries]
        rows = self._add_rows(least, most, place[self.entries[there]], self.columns[there])
        self.rows[n][entries] = rows
        self._add_slacks(rows[least > 0], least[least > 0], family.short, 1.0)
        tight = most < self.table.jurors
        self._add_slacks(rows[tight], FREE, family.over, -1.0)

    def solve(self, seconds: float) -> bool:
        """Solves the programme; False when time ran out first.
        Fills `value`, `dual` and `objective` (offset included)."""
        import highspy

        # HiGHS counts the run time of one solver over all its runs.
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + max(0.01, seconds))
        self.solver.run()
        status = self.solver.getModelStatus()
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kTimeLimit):
            self.solver.clearSolver()  # lost in its own rounding: once more from the beginning
            self.solver.run()
            status = self.solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            return False
        solution = self.solver.getSolution()
        self.value, self.dual = np.array(solution.col_value), np.array(solution.row_dual) / self.scale
        self.objective = self.solver.getInfo().objective_function_value / self.scale + self.table.offset
        return True

    @property
    def chosen(self) -> np.ndarray:
        """The value of each listed pair, between 0 and 1."""
        return self.value[self.columns]

    @property
    def is_whole(self) -> bool:
        """Whether every pair is taken or not, none in part (to a millionth, the solver's own tolerance)."""
        return bool((np.abs(self.chosen - np.round(self.chosen)) < 1e-6).all())

    @property
    def broken(self) -> float:
        """Units of hard rules broken."""
        return float(sum(self.value[columns].sum() for columns in self.breaking))

    def reduced(self) -> np.ndarray:
        """What every pair would change the objective by, per unit (entries × jurors):
        price less the duals of its rows."""
        reduced = self.table.price - self.dual[: self.table.jurors]
        for n, family in enumerate(self.table.families):
            duals = np.where(self.rows[n] >= 0, self.dual[self.rows[n]], 0.0)
            entries = np.flatnonzero(duals)
            if not len(entries):
                continue
            if family.inside.all():
                reduced[entries] -= duals[entries, None]
            elif family.inside.ndim == 1:
                reduced[np.ix_(entries, np.flatnonzero(family.inside))] -= duals[entries, None]
            else:
                reduced[entries] -= duals[entries, None] * family.rows(entries)
        return reduced
