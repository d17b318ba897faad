"""`make bench`: how long the arithmetic, the solvers and the pages take,
each against a baseline measured in the same run.

Writes benchmarks/results.json, a list of {name, value, unit, baseline, ratio, limit, holds}, and ends with 1 when a
figure does not hold. Machines differ and are busy, so the ratio decides. Each suite runs in a process of its own, so
that what one keeps in memory is not another's; `make bench SUITES="ranking assignment"` runs some of them.
"""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "results.json"
APART = {"__init__", "bench", "measure", "pages"}  # what is no suite


def suites() -> list[str]:
    """The modules of this folder that have figures."""
    return sorted(
        file.stem for file in HERE.glob("*.py") if file.stem not in APART and "def figures(" in file.read_text()
    )


def run(suite: str) -> list[dict]:
    """The figures of a suite, measured in a process of its own."""
    child = subprocess.run(
        [sys.executable, __file__, "--suite", suite], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    if child.returncode:
        print(f"{suite} ended with {child.returncode}", file=sys.stderr)
        return [
            {"name": suite, "value": None, "unit": "", "baseline": "", "ratio": None, "limit": None, "holds": False}
        ]
    return json.loads(child.stdout.splitlines()[-1])


def show(row: dict) -> None:
    if row["value"] is None:
        print(f"{row['name']:32} did not end")
        return
    verdict = "holds" if row["holds"] else "DOES NOT HOLD"
    print(
        f"{row['name']:32} {row['value']:10.3f} {row['unit']:8} {row['ratio']:8.2f} × {row['baseline']:24}"
        f" at most {row['limit']:<8g} {verdict}",
        flush=True,
    )


def main() -> int:
    wanted = os.environ.get("SUITES", "").split() or suites()
    found: list[dict] = []
    for suite in wanted:
        for row in run(suite):
            show(row)
            found.append(row)
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() and wanted != suites() else []
    names = {row["name"] for row in found}
    rows = [row for row in kept if row["name"] not in names] + found
    RESULTS.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    return 0 if found and all(row["holds"] for row in found) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--suite"]:
        sys.path[0] = str(ROOT)  # not this folder: a suite may bear the name of a module of Python
        measure = importlib.import_module("benchmarks.measure")
        suite = importlib.import_module(f"benchmarks.{sys.argv[2]}")
        print(json.dumps(suite.figures(measure.seconds(measure.plain_python))))
    else:
        sys.exit(main())
