"""The linear relaxation of a placement, kept in HiGHS while levels are held:
what no plan can pass, in milliseconds. Pure.

Each question changes the objective only, so that the simplex method starts from where the last one ended.
"""

import highspy
import numpy as np

from corridor.domain.placement.model import INFINITE, OPTIMAL, PlacementModel, quiet_solver

CLOSE = 1e-6  # HiGHS calls what differs by less equal


class Relaxed:
    """Shares of places instead of places: the same rows, any number between 0 and 1."""

    def __init__(self, model: PlacementModel) -> None:
        self.model = model
        self.row_of = {candidate: number for number, candidate in enumerate(model.of_candidate)}
        self.solver = quiet_solver(model.seed)
        self.solver.setOptionValue("solver", "simplex")
        self.solver.setOptionValue("simplex_strategy", 4)  # primal: only the objective changes
        self.solver.passModel(self._programme())
        self._remember()

    def _programme(self) -> highspy.HighsLp:
        model, options = self.model, len(self.model.options)
        rows = [(-INFINITE, 1.0, indexes, [1] * len(indexes)) for indexes in model.of_candidate.values()]
        for candidate in model.must:
            number = self.row_of[candidate]
            rows[number] = (1.0, *rows[number][1:])
        rows += [(row.lower, row.upper, list(row.weights), list(row.weights.values())) for row in model.all_rows()]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = options, len(rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(options), np.zeros(options), model.open.astype(float)
        lp.row_lower_ = np.array([row[0] for row in rows], dtype=float)
        lp.row_upper_ = np.array([row[1] for row in rows], dtype=float)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row[2]) for row in rows)]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([index for row in rows for index in row[2]], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([value for row in rows for value in row[3]], dtype=float)
        return lp

    def most(self, weights: dict[int, int], seconds: float) -> float:
        """The highest sum of `weights` (whole numbers) that any plan can have, rounded down;
        infinite when time runs out."""
        if not weights or seconds <= 0:
            return INFINITE if weights else 0.0
        columns = np.array(list(weights), dtype=np.int32)
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + seconds)  # counted over all runs
        self.solver.changeColsCost(len(columns), columns, np.array(list(weights.values()), dtype=float))
        self.solver.run()
        proven = self.solver.getModelStatus() == OPTIMAL
        found = self.solver.getInfo().objective_function_value
        self.solver.changeColsCost(len(columns), columns, np.zeros(len(columns)))
        return float(np.floor(found + CLOSE)) if proven else INFINITE

    def follow(self) -> None:
        """Takes over what the model holds by now."""
        for candidate in self.model.must - self.must:
            self.solver.changeRowBounds(self.row_of[candidate], 1.0, 1.0)
        for index in np.flatnonzero(self.model.open != self.open):
            self.solver.changeColBounds(int(index), 0.0, float(self.model.open[index]))
        for row in self.model.held[self.held :]:
            indexes = np.array(list(row.weights), dtype=np.int32)
            values = np.array(list(row.weights.values()), dtype=float)
            self.solver.addRow(float(row.lower), float(row.upper), len(indexes), indexes, values)
        self._remember()

    def _remember(self) -> None:
        self.must, self.open, self.held = set(self.model.must), self.model.open.copy(), len(self.model.held)
