"""What `make bench` writes, and that a figure that does not hold, or a suite that falls over, can't pass."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measure import figure

ROOT = Path(__file__).resolve().parents[2]


def test_the_ratio_decides():
    assert figure("rank", 2.5, "s", baseline="sort", ratio=1.25, limit=1.3) == {
        "name": "rank", "value": 2.5, "unit": "s", "baseline": "sort", "ratio": 1.25, "limit": 1.3, "holds": True,
    }  # fmt: skip
    assert not figure("rank", 2.5, "s", baseline="sort", ratio=1.31, limit=1.3)["holds"]


def bench(folder: Path, suites: dict[str, str]) -> tuple[int, list[dict]]:
    """The exit code and the figures of a bench with these suites only."""
    here = folder / "benchmarks"
    here.mkdir(exist_ok=True)
    for name in ("bench.py", "measure.py"):
        shutil.copy(ROOT / "benchmarks" / name, here)
    for name, text in suites.items():
        (here / f"{name}.py").write_text(text)
    ended = subprocess.run(
        [sys.executable, str(here / "bench.py")], env=os.environ | {"SUITES": ""}, capture_output=True, text=True
    )
    return ended.returncode, json.loads((here / "results.json").read_text())


ROW = '{"name": "%s", "value": 1.0, "unit": "s", "baseline": "b", "ratio": 1.0, "limit": 2, "holds": %s}'
GOOD = f"def figures(unit):\n    return [{ROW % ('good', True)}]\n"
SLOW = f"def figures(unit):\n    return [{ROW % ('slow', False)}]\n"


@pytest.mark.sensitive
def test_all_hold(tmp_path):
    code, rows = bench(tmp_path, {"good": GOOD})
    assert (code, [(row["name"], row["holds"]) for row in rows]) == (0, [("good", True)])


@pytest.mark.sensitive
def test_one_that_does_not_hold_or_falls_over_fails_the_run_and_the_others_are_still_measured(tmp_path):
    broken = "def figures(unit):\n    raise MemoryError\n"
    code, rows = bench(tmp_path, {"broken": broken, "good": GOOD, "slow": SLOW})
    assert code == 1
    assert [(row["name"], row["holds"]) for row in rows] == [("broken", False), ("good", True), ("slow", False)]
