"""How long the arithmetic, the solvers and the lists take: `make bench`.

Machines differ, so each figure is also given as a multiple of a fixed piece of plain Python measured in the same run.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.pages import pages
from corridor.domain import placement
from corridor.domain.calendar import Span
from judging.domain import assignment, scoring


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The best of a few runs."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def baseline() -> int:
    """About a tenth of a second of dictionary and integer work."""
    seen: dict[int, int] = {}
    for n in range(1_000_000):
        seen[n % 1000] = seen.get(n % 1000, 0) + n
    return sum(seen.values())


def score(entries: int, jurors: int) -> Callable[[], object]:
    """Every entry marked by `jurors` people on five criteria."""
    draw = random.Random(1)
    names = tuple(f"E{n}" for n in range(entries))
    rule = scoring.Rule(
        codes=tuple("abcde"), weights=(20_000,) * 5, maxima=(5000,) * 5, criterion_thresholds=(None,) * 5, decimals=2
    )
    rows = [(entry, f"J{juror}") for entry in names for juror in range(jurors)]
    columns = tuple(tuple(draw.randrange(6) * 1000 for _ in rows) for _ in rule.codes)
    marks = scoring.Marks(tuple(e for e, _ in rows), tuple(j for _, j in rows), columns)
    return lambda: scoring.score_entries(rule, names, marks)


def assign(entries: int, jurors: int) -> Callable[[], object]:
    """Three jurors for each entry; one pair in twenty is barred by a conflict."""
    draw = random.Random(1)
    pairs = [(e, j) for e in range(entries) for j in range(jurors)]
    problem = assignment.Problem(
        entries=tuple(f"E{n}" for n in range(entries)),
        jurors=tuple(f"J{n}" for n in range(jurors)),
        per_entry=3,
        load_min=0,
        load_max=(3 * entries // jurors + 5,) * jurors,
        barred=frozenset(pair for pair in pairs if draw.random() < 0.05),
        reads=frozenset(pairs),
        knows=frozenset(pair for pair in pairs if draw.random() < 0.3),
    )
    return lambda: assignment.assign(problem)


def place(candidates: int, incubators: int) -> Callable[[], object]:
    """Three wishes each, two desks per incubator for a year and a half, six possible starts."""
    draw = random.Random(1)
    hosts = tuple(
        placement.Incubator(f"I{n}", f"c{n}", (Span(date(2027, 1, 1), date(2028, 7, 1), 2),)) for n in range(incubators)
    )
    people = tuple(
        placement.Candidate(
            f"C{n}", n + 1, 1, "home", tuple((f"I{i}", w) for w, i in enumerate(draw.sample(range(incubators), 3), 1))
        )
        for n in range(candidates)
    )
    starts = tuple(date(2027, month, 1) for month in range(1, 7))
    problem = placement.Problem(people, hosts, starts, 6, home_city_allowed=False, seed=1)
    return lambda: placement.solve(problem)


def main() -> None:
    unit = seconds(baseline)
    print(f"{'baseline':44} {unit:8.3f} s")
    for name, work in {
        "score 200 entries, 5 jurors, 5 criteria": score(200, 5),
        "score 1,000 entries, 5 jurors, 5 criteria": score(1000, 5),
        "assign 100 entries to 20 jurors": assign(100, 20),
        "assign 300 entries to 40 jurors": assign(300, 40),
        "place 20 candidates in 10 incubators": place(20, 10),
        "place 40 candidates in 20 incubators": place(40, 20),
    }.items():
        show(name, seconds(work, times=1), unit)
    with pages() as loads:
        for name, load in loads.items():
            show(name, seconds(load), unit)


def show(name: str, taken: float, unit: float) -> None:
    print(f"{name:44} {taken:8.3f} s {taken / unit:8.1f} × baseline")


if __name__ == "__main__":
    main()
