"""What an edition of today's size costs: the arithmetic, the solvers and the lists,
as multiples of a piece of plain Python."""

import random
from collections.abc import Callable
from datetime import date

from benchmarks.measure import figure, know_kinds, seconds
from benchmarks.pages import pages
from corridor.domain.calendar.spans import Span
from corridor.domain.placement import problem as placement
from corridor.domain.placement import solve
from judging.domain.marks import scoring

# Most that each may cost, in multiples of the baseline: about three times what it took when it was written.
LIMITS = {
    "score_1k_cards": 2,
    "score_5k_cards": 8,
    "place_20x10": 8,
    "place_40x20": 20,
    "page_standings_60": 4,
    "page_entries_50": 3,
    "page_juror_60": 3,
}


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
    return lambda: solve.solve(problem)


def figures(unit: float) -> list[dict]:
    """Each in multiples of `unit`, the seconds of the baseline."""
    know_kinds()
    found = {
        name: seconds(work, times=2)
        for name, work in {
            "score_1k_cards": score(200, 5),
            "score_5k_cards": score(1000, 5),
            "place_20x10": place(20, 10),
            "place_40x20": place(40, 20),
        }.items()
    }
    with pages() as loads:
        found |= {name: seconds(load) for name, load in loads.items()}
    return [
        figure(name, value, "s", baseline="plain_python", ratio=value / unit, limit=LIMITS[name])
        for name, value in found.items()
    ]
