"""How long ranking takes from columns in memory: raw standings in whole numbers, then corrected ones with both fits.

Each size runs in a process of its own, so that its peak memory is its own. What it is compared with runs in the same
process just before: numpy sorting as many marks and inverting one matrix of jurors by jurors, the two things that no
ranking with corrections can do without. `python -m benchmarks.ranking` prints the figures.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.measure import figure, know_kinds

ROOT = Path(__file__).resolve().parent.parent
CRITERIA, PER_ENTRY = 5, 10
# name: entries, jurors, the most that the ratio to the baseline may be. The larger two have the same jury, so that the
# time per scorecard compares what grows: scorecards.
SIZES = {"rank_1k": (1_000, 100, 20.0), "rank_10k": (10_000, 2_000, 4.0), "rank_100k": (100_000, 2_000, 4.0)}
BASELINE = "numpy sort + inverse"  # of as many marks, of one matrix of jurors by jurors; one thread
SECONDS, MEGABYTES, GROWTH = 5.0, 1536.0, 1.3
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}  # a busy machine makes two threads wait for each other


def columns(entries: int, jurors: int):
    """Ten scorecards for each entry by different jurors, half points from 0 to 10, jurors of different severity."""
    import numpy as np

    from judging.domain.marks.columns import Columns

    draw = np.random.default_rng(1)
    strides = draw.integers(1, jurors // PER_ENTRY + 1, (entries, PER_ENTRY))
    juror = ((draw.integers(0, jurors, entries)[:, None] + np.cumsum(strides, axis=1)) % jurors).ravel()
    entry = np.repeat(np.arange(entries), PER_ENTRY)
    level = draw.normal(12, 3, entries)[entry] + draw.normal(0, 2, jurors)[juror]
    halves = np.rint(level + draw.normal(0, 3, (CRITERIA, len(entry)))).clip(0, 20).astype(np.int64)
    return Columns(entry, juror, halves * 500, entries, jurors)


def measure(entries: int, jurors: int) -> dict[str, float]:
    """Seconds of the ranking and of the baseline, and the process's peak in MB; to be run in a fresh process."""
    import resource

    import numpy as np
    import scipy.linalg.lapack
    import scipy.sparse.csgraph  # noqa: F401  (loading libraries is not ranking)

    from judging.domain.marks.columns import rank_columns, rank_corrected
    from judging.domain.marks.scoring import Rule

    know_kinds()
    rule = Rule(
        codes=tuple("abcde"), weights=(30_000, 25_000, 20_000, 15_000, 10_000), maxima=(10_000,) * CRITERIA,
        criterion_thresholds=(None,) * CRITERIA, decimals=2,
    )  # fmt: skip
    marks = columns(entries, jurors)
    rank_corrected(rule, columns(100, 20), decimals=2)
    square = np.eye(jurors) * jurors + np.random.default_rng(2).random((jurors, jurors))

    def baseline() -> None:
        np.sort(marks.values.ravel())
        np.linalg.inv(square)

    def ranking() -> None:
        raw = rank_columns(rule, marks)
        corrected, fit = rank_corrected(rule, marks, decimals=2)
        assert raw.ranks.min() == corrected.ranks.min() == 1
        assert fit.mixed is not None

    bases, taken = [], []
    for _ in range(3):
        bases.append(seconds(baseline))
        taken.append(seconds(ranking))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return {"seconds": min(taken), "baseline": min(bases), "megabytes": peak}


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def apart(entries: int, jurors: int) -> dict[str, float]:
    """`measure` in a process of its own."""
    code = f"import json; from benchmarks.ranking import measure; print(json.dumps(measure({entries}, {jurors})))"
    env = {**os.environ, **ONE_THREAD}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def rank_1k() -> dict[str, float]:
    return apart(*SIZES["rank_1k"][:2])


def rank_10k() -> dict[str, float]:
    return apart(*SIZES["rank_10k"][:2])


def rank_100k() -> dict[str, float]:
    return apart(*SIZES["rank_100k"][:2])


def figures(unit: float) -> list[dict[str, Any]]:
    """Time of each size against its baseline (`limit` is always on the ratio), the peak of memory and the growth of
    time per scorecard (against what the name of the baseline says). `unit`, the seconds of the run's general baseline,
    is not used: ranking has its own.
    """
    runs = {name: apart(*size[:2]) for name, size in SIZES.items()}
    found = []
    for name, (_, _, most) in SIZES.items():
        taken = runs[name]["seconds"]
        found.append(figure(name, taken, "s", baseline=BASELINE, ratio=taken / runs[name]["baseline"], limit=most))
    large = runs["rank_100k"]
    cards = {name: size[0] * PER_ENTRY for name, size in SIZES.items()}
    per_card = {name: runs[name]["seconds"] / cards[name] * 1e6 for name in SIZES}
    growth = per_card["rank_100k"] / per_card["rank_10k"]
    return [
        *found,
        figure(
            "rank_100k_per_scorecard",
            per_card["rank_100k"],
            "µs",
            baseline="the same at 10k",
            ratio=growth,
            limit=GROWTH,
        ),
        figure(
            "rank_100k_memory",
            large["megabytes"],
            "MB",
            baseline="1.5 GB",
            ratio=large["megabytes"] / MEGABYTES,
            limit=1.0,
        ),
        figure("rank_100k_seconds", large["seconds"], "s", baseline="5 s", ratio=large["seconds"] / SECONDS, limit=1.0),
    ]


if __name__ == "__main__":
    for row in figures(1.0):
        print(row)
