"""What `make check` and `make test` run, with the time each took; nothing stops at the first failure."""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# Heavy files first (tests/conftest.py), so that both processes end together.
SPREAD = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
PYTEST = [str(BIN / "pytest"), "-q", *SPREAD, "-p", "no:cacheprovider", "--durations", "10"]
# Two processes share two cores: threads of the arithmetic would only take turns.
ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


CLOSING = re.compile(r"\d+ (passed|failed|errors?|skipped)\b.* in \d")


@dataclass
class Step:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    is_fast: bool = True
    is_long: bool = False  # takes one core for long: first where there are two, else last
    niceness: int = 0
    shows_output: bool = False
    label: str = ""  # before each line shown: those of two steps come mixed


STEPS = [
    Step("ruff check", [str(BIN / "ruff"), "check", "--quiet", "."]),
    Step("ruff format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    Step("djlint", [str(BIN / "djlint"), "templates", "--lint", "--quiet"]),
    Step("mypy", [str(BIN / "mypy"), "."], is_long=True),
    Step("manage.py check", [sys.executable, "manage.py", "check", "--fail-level", "WARNING"]),
    Step("migrations complete", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    Step(
        "tests on SQLite",
        [*PYTEST, "-m", "not only_postgresql"],
        {"TEST_DATABASE": "sqlite", **ALONE},
        is_fast=False,
        shows_output=True,
        label="SQLite      ",
    ),
    Step(
        "tests on PostgreSQL",
        # Once is enough for what asks for no database, and for the browser's journeys, which bring their own.
        [*PYTEST, "-m", "database and not browser and not only_sqlite"],
        {"TEST_DATABASE": "postgresql", **ALONE},
        is_fast=False,
        # The other run waits for browsers, servers and locks, and is the longer one: this one takes what it leaves.
        niceness=3,
        shows_output=True,
        label="PostgreSQL  ",
    ),
]

# Once, before four processes do so at the same time: what they would compile is then kept beside the sources.
READ = Step("tests read", [str(BIN / "pytest"), "--collect-only", "-q", "-p", "no:cacheprovider"])
# A machine may be told to keep no compiled files: every process that a test starts would lose a quarter of its start.
LEFT_OUT = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}


def run(step: Step) -> tuple[bool, float, str]:
    """Runs a step; what a linter prints is shown only when it fails. Returns (passed, seconds, last line printed)."""
    began = time.monotonic()
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT} | step.environment
    child = subprocess.Popen(
        ["nice", "-n", str(step.niceness), *step.command] if step.niceness else step.command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    assert child.stdout is not None
    lines = []
    for line in child.stdout:
        lines.append(line)
        if step.shows_output:
            print(f"{step.label}{line}", end="", flush=True)
    passed = child.wait() == 0
    if not passed and not step.shows_output:
        print("".join(lines), end="", flush=True)
    said = [line.strip() for line in lines if line.strip()]
    # What a process of a test's own still logs may follow pytest's closing line.
    closing = [line for line in said if CLOSING.search(line)]
    return passed, time.monotonic() - began, (closing or said or [""])[-1]


def main(which: str) -> int:
    began = time.monotonic()
    failed, report, closing = [], [], ""
    steps = [step for step in STEPS if step.is_fast] if which == "check" else [READ, *STEPS]
    fast = sorted((step for step in steps if step.is_fast and step is not READ), key=lambda step: step.is_long)
    # Many tests wait: for a browser, a server, a lock. Meanwhile linters, mypy and those of the other database have the
    # machine.
    with ThreadPoolExecutor(2 if which == "check" else 1) as beside, ThreadPoolExecutor() as at_once:
        done = {step.name: beside.submit(run, step) for step in (fast[::-1] if which == "check" else fast)}
        if READ in steps:
            read = done[READ.name] = at_once.submit(run, READ)
            read.result()
            done |= {step.name: at_once.submit(run, step) for step in steps if not step.is_fast}
        for step in steps:
            print(f"— {step.name} …", flush=True)
            passed, seconds, last = done[step.name].result()
            if not passed:
                failed.append(step.name)
            if step.shows_output:
                closing = last
                report.append(f"{seconds:6.0f} s  {step.name}: {last.strip('= ')}")
            else:
                report.append(f"{seconds:6.0f} s  {step.name}: {'passed' if passed else 'FAILED'}")
    print(f"\nRun: {time.monotonic() - began:.0f} s")
    print("\n".join(report))
    if failed:
        print(f"Failed: {', '.join(failed)}")
    if closing:
        print(closing, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "test"))
