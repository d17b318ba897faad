#!/usr/bin/env bash
# highspy 1.16.0, Python 3; seen on 2026-11-30.
# Guess: `time_limit` bounds one call of run(), so that an object that solves a programme again and again, each time with some columns more,
#        has the whole limit each time; at the latest clearSolver() begins anew.
# Seen:  for a linear programme the clock goes on over all runs of one object, clearSolver() or not. With a limit of six times what
#        one run takes, the object says “Time limit reached” after some runs, for a programme that it solved every time before,
#        and keeps saying so at once. For a whole-number programme each run has the limit to itself: fifty runs of one object
#        take several times the limit together, and all end with the optimum.
# Where: column generation and planning in steps, where one object is kept so that each solve begins from the last basis. For linear
#        programmes set the limit to getRunTime() plus what is left; for whole-number ones to what is left.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet highspy==1.16.0
cat > "$here/seen.py" <<'PYTHON'
import time

import highspy
import numpy as np

OPTIMAL, OUT_OF_TIME = highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kTimeLimit


def model(columns, rows, whole=False):
    """A knapsack with many rows; every mark of the matrix drawn from one seed."""
    draw = np.random.RandomState(1)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns, rows
    lp.col_cost_ = -draw.randint(1, 100, columns).astype(float)
    lp.col_lower_, lp.col_upper_ = np.zeros(columns), np.ones(columns)
    lp.row_lower_, lp.row_upper_ = np.full(rows, -highspy.kHighsInf), np.full(rows, 20.0 * columns)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.arange(0, columns * rows + 1, rows, dtype=np.int32)
    lp.a_matrix_.index_ = np.tile(np.arange(rows, dtype=np.int32), columns)
    lp.a_matrix_.value_ = draw.randint(1, 50, columns * rows).astype(float)
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(lp)
    return solver


def solve(solver):
    solver.clearSolver()
    began = time.monotonic()
    solver.run()
    return time.monotonic() - began, solver.getModelStatus()


def runs_within(limit, most, *size):
    """Runs of one object, until one of them is out of time."""
    solver = model(*size)
    solver.setOptionValue("time_limit", limit)
    runs = [solve(solver)]
    while runs[-1][1] == OPTIMAL and len(runs) < most:
        runs.append(solve(solver))
    return solver, runs


size = (400, 300)
limit = 6 * max(solve(model(*size))[0] for _ in range(3))
solver, runs = runs_within(limit, 500, *size)
print(f"linear: limit {limit:.2f} s; run {len(runs)} ended after {runs[-1][0]:.2f} s: {runs[-1][1]}")
assert runs[-1][1] == OUT_OF_TIME, "every run has the limit to itself now"
assert len(runs) > 2 and runs[-1][0] < limit, "one run alone used the limit: this machine was busy, try again"
assert solve(solver)[1] == OUT_OF_TIME
solver.setOptionValue("time_limit", solver.getRunTime() + limit)
assert solve(solver)[1] == OPTIMAL

size = (30, 8, True)
limit = 6 * max(solve(model(*size))[0] for _ in range(3))
solver, runs = runs_within(limit, 50, *size)
print(f"whole: limit {limit:.2f} s; {len(runs)} runs took {sum(taken for taken, _status in runs):.2f} s: {runs[-1][1]}")
assert [status for _taken, status in runs] == [OPTIMAL] * 50, "the limit counts all runs now, or one run used it: try again"
assert sum(taken for taken, _status in runs) > 2 * limit
PYTHON
"$here/venv/bin/python" "$here/seen.py"
