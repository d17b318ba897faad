#!/usr/bin/env bash
# highspy 1.16.0 (and 1.15.1), Python 3.11, 30 November 2026.
# Expected: with several linear objectives (addLinearObjective, blend_multi_objectives off) the model's sense holds for each:
#   under kMaximize the objective of the highest priority is made as high as possible, then the next. So does one objective.
# Seen: the sense is ignored. Every objective is minimised, unless its own weight is negative; for a knapsack the answer is the
#   empty one, with the status kOptimal.
# Who meets it: plans in an order of aims (most placed first, then the best wishes), written once with one objective and then
#   with the newer interface.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet highspy==1.16.0 numpy==2.2.6
"$folder/venv/bin/python" - <<'PYTHON'
import highspy

WORTH, FUN, WEIGHT, ROOM = [6, 5, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1], 6


def packed(weight):
    """(status, worth, fun) of what is packed: worth first, then fun, each objective with this weight, the model maximised."""
    solver = highspy.Highs()
    solver.setOptionValue("log_to_console", False)
    solver.setOptionValue("blend_multi_objectives", False)
    things = [solver.addVariable(0, 1, type=highspy.HighsVarType.kInteger) for _thing in WEIGHT]
    solver.addConstr(sum(one * thing for one, thing in zip(WEIGHT, things)) <= ROOM)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    for priority, coefficients in ((2, WORTH), (1, FUN)):
        objective = highspy.HighsLinearObjective()
        objective.weight, objective.offset, objective.priority = weight, 0.0, priority
        objective.abs_tolerance = objective.rel_tolerance = 0.0
        objective.coefficients = [float(one) for one in coefficients]
        solver.addLinearObjective(objective)
    solver.run()
    taken = [round(value) for value in solver.getSolution().col_value]
    sums = [sum(one * had for one, had in zip(row, taken)) for row in (WORTH, FUN)]
    return solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, *sums


most = max(
    sum(worth for thing, worth in enumerate(WORTH) if chosen >> thing & 1)
    for chosen in range(16)
    if sum(weight for thing, weight in enumerate(WEIGHT) if chosen >> thing & 1) <= ROOM
)
print(f"weight 1: {packed(1.0)}; weight -1: {packed(-1.0)}; the highest worth, by counting: {most}")
assert packed(1.0) == (True, 0, 0)
assert packed(-1.0)[:2] == (True, most)
PYTHON
