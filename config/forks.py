"""One pytest that has collected everything forks a child for each mutant, so that nothing is loaded twice.

The first child runs every test on the clean code and brings back which lines each one reaches and how long it takes.
"""

import gc
import os
import pickle
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from config.mutants import ROOT, Mutant, put_in

PATIENCE = 5  # times the processor time that a test takes on the clean code, on top of START
START = 5.0  # seconds
BUSY = 10  # on a busy machine a test gets this many times its processor time


class Verdict(Enum):
    KILLED = "killed"
    HUNG = "hung"  # took many times what the tests take: noticed
    SURVIVED = "survived"
    NOT_REACHED = "not reached"  # no test runs it
    NOT_TRIED = "not tried"


@dataclass
class Clean:
    """What the clean run tells: seconds of processor time by test, {file: {line: tests}}, tests that fail as it is."""

    seconds: dict[str, float] = field(default_factory=dict)
    lines: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


class Forks:
    """A plugin of pytest: `work(self)` takes the place of running the tests.

    `folders` are measured in the clean run; `seconds` is how much clean time of tests one mutant meets.
    """

    def __init__(self, work: Callable[["Forks"], None], folders: Sequence[Path], seconds: float) -> None:
        self.work = work
        self.folders = folders
        self.seconds = seconds
        self.clean = Clean()
        self.items: dict[str, pytest.Item] = {}
        self._anchor: pytest.Item | None = None
        self._in_child = False
        self._coverage: Any = None  # coverage.Coverage, in the child that runs the clean code
        self._out = os.fdopen(os.dup(1), "w")

    def say(self, line: str) -> None:
        print(line, file=self._out, flush=True)

    # --- What pytest calls ------------------------------------------------------------------------------------------
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("the tests can't be collected")
        self.items = {item.nodeid: item for item in session.items}
        self._begin(session.items)
        began = time.monotonic()
        self.clean = self._clean_run()
        for failed in self.clean.failed:
            self.say(f"fails without a mutant, and is left out: {failed}")
            self.items.pop(failed, None)
        self.say(f"{len(self.items)} tests, {time.monotonic() - began:.0f} s on the clean code.")
        self.work(self)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        # What a fixture of the whole file runs is every test's of the file.
        if self._coverage is not None:
            self._coverage.switch_context(item.nodeid.split("::")[0])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        if self._coverage is not None:
            self._coverage.switch_context(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not self._in_child:
            return
        if self._coverage is None:
            if report.failed:
                os._exit(1)
            return
        if report.failed:
            self.clean.failed.append(report.nodeid)

    # --- Children ---------------------------------------------------------------------------------------------------
    def _begin(self, items: Sequence[pytest.Item]) -> None:
        """Runs one test that asks for the database, if any does, so that each child finds it as it stands."""
        asks = [item for item in items if item.get_closest_marker("database")]
        self._anchor = asks[0] if asks else items[0]
        others = [item for item in items if item.path != self._anchor.path]
        if asks and others:
            self._run([self._anchor], last=others[-1])
        gc.freeze()

    def _run(self, items: Sequence[pytest.Item], last: pytest.Item | None = None) -> None:
        """Runs tests; what the whole run shares stays up after the last one."""
        following = [*items[1:], last or self._anchor]
        for item, then in zip(items, following, strict=True):
            began = time.process_time()
            if item.nodeid in self.clean.seconds:
                limit = START + PATIENCE * self.clean.seconds[item.nodeid]
                signal.setitimer(signal.ITIMER_PROF, limit)
                signal.setitimer(signal.ITIMER_REAL, limit * BUSY)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=then)
            if self._coverage is not None:
                self.clean.seconds[item.nodeid] = time.process_time() - began

    def _fork(self, act: Callable[[], None]) -> int:
        """Runs `act` in a child; its exit code, or the signal that ended it, negative."""
        child = os.fork()
        if child:
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        try:
            self._in_child = True
            for sign in (signal.SIGPROF, signal.SIGALRM):
                signal.signal(sign, signal.SIG_DFL)
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (1, 2):
                os.dup2(nothing, stream)
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)

    def _clean_run(self) -> Clean:
        import coverage

        kept = ROOT / "var" / "mutate" / f"clean-{os.getpid()}"
        kept.parent.mkdir(parents=True, exist_ok=True)

        def run() -> None:
            include = [str(folder) if folder.suffix else f"{folder}/*" for folder in self.folders]
            self._coverage = coverage.Coverage(data_file=None, include=include, messages=False)
            self._coverage.start()
            self._run(list(self.items.values()))
            self._coverage.stop()
            data = self._coverage.get_data()
            for file in data.measured_files():
                lines = self.clean.lines.setdefault(str(Path(file).relative_to(ROOT)), defaultdict(set))
                for line, tests in data.contexts_by_lineno(file).items():
                    lines[line] |= {test for test in tests if test}
            kept.write_bytes(pickle.dumps(self.clean))

        code = self._fork(run)
        if code or not kept.exists():
            raise RuntimeError(f"the clean run ended with {code}")
        found = pickle.loads(kept.read_bytes())
        kept.unlink()
        told: Clean = found
        return told

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The tests that run a line of the mutant's node (or, where that has none of its own, of its function):
        domains' first, then
        the fastest, as many as fit into the seconds given, at least one."""
        lines = self.clean.lines.get(mutant.file, {})

        def reached(first: int, last: int) -> set[str]:
            return {test for line in range(first, last + 1) for test in lines.get(line, ())}

        named = reached(mutant.first, mutant.last) or reached(mutant.begins + 1, mutant.ends)
        files = {name for name in named if "::" not in name}
        tests = [test for test in self.items if test in named or test.split("::")[0] in files]
        tests.sort(key=lambda test: ("/domain/" not in test, self.clean.seconds[test]))
        chosen: list[str] = []
        spent = 0.0
        for test in tests:
            spent += self.clean.seconds[test]
            if chosen and spent > self.seconds:
                break
            chosen.append(test)
        return chosen

    def verdict_of(self, mutant: Mutant) -> Verdict:
        tests = self.tests_of(mutant)
        if not tests:
            return Verdict.NOT_REACHED

        def run() -> None:
            put_in(mutant)
            self._run([self.items[test] for test in tests])

        code = self._fork(run)
        if code < 0 and -code in (signal.SIGPROF, signal.SIGALRM):
            return Verdict.HUNG
        return Verdict.KILLED if code else Verdict.SURVIVED
