#!/usr/bin/env bash
# highspy 1.15.1, Python 3.11, 30 November 2026.
# Expected: Highs.silent(), whose help says “Disables solver output to the console”, leaves callbacks alone, as turning the
#   console off (option log_to_console) does: whoever subscribed to cbMipLogging hears of incumbents and bounds.
# Seen: silent() sets output_flag, and without it the callback for MIP logging is never called. With only the console off
#   nothing is printed either, and the callback comes.
# Who meets it: an optimiser on a server that wants a quiet log and a progress bar.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet highspy==1.15.1 numpy==2.2.6
"$folder/venv/bin/python" - <<'PYTHON'
import random

import highspy


def calls(quieten):
    """How often the callback for MIP logging came while a knapsack of 60 things was packed to the optimum."""
    draw, heard = random.Random(1), []
    solver = highspy.Highs()
    quieten(solver)
    things = [solver.addVariable(0, 1, type=highspy.HighsVarType.kInteger) for _thing in range(60)]
    for _row in range(5):
        weights = [draw.randint(20, 60) for _thing in things]
        solver.addConstr(sum(weight * thing for weight, thing in zip(weights, things)) <= sum(weights) // 2)
    solver.cbMipLogging.subscribe(lambda event: heard.append(event.data_out.mip_dual_bound))
    solver.maximize(sum(draw.randint(10, 40) * thing for thing in things))
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return len(heard)


silent = calls(lambda solver: solver.silent())
console_off = calls(lambda solver: solver.setOptionValue("log_to_console", False))
print(f"silent(): {silent} calls; log_to_console off: {console_off} calls")
assert silent == 0 < console_off
PYTHON
