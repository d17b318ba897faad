"""Placements on two cores, each against HiGHS alone on the same instance in the same run.

HiGHS alone gets the instance as one would write it down: a row per candidate, a row per incubator and month, and the
same gap to prove. Its time is that of its run; ours counts everything, from the rules to the plan.
"""

import random
import resource
import sys
import time
from dataclasses import replace
from datetime import date

from benchmarks.measure import figure
from corridor.domain.calendar.spans import Span, add_months
from corridor.domain.placement.problem import Blackout, Candidate, Incubator, Option, Problem, options_of
from corridor.domain.placement.solution import Solution
from corridor.domain.placement.solve import solve

FIRST = date(2027, 1, 1)
MONTHS = 24
STAY = 6
GIGABYTE = 1024**2  # in the kibibytes that Linux counts


def month(number: int) -> date:
    return add_months(FIRST, number)


def instance(seed: int, candidates: int, hosts: int, wishes: tuple[int, int], *, both_sides: bool = False) -> Problem:
    """Teams of 1 to 4, hosts of 2 to 8 desks with months in which they are closed, no stay in one's own city, and less
    to offer than is asked for. With `both_sides`, every second host has an order of its own, and cities have a past."""
    draw = random.Random(seed)
    cities = max(4, hosts // 3)
    rows = [_host(draw, number, cities) for number in range(hosts)]
    popular = [0.1 + draw.random() ** 2 for _row in rows]
    teams = [_team(draw, number, cities, rows, popular, wishes) for number in range(candidates)]
    asked = sum(team.people for team in teams)
    while sum(_stays(row) * row["desks"] for row in rows) * 1.15 > asked:
        longest = max(rows, key=lambda row: row["last"] - row["first"])
        if longest["last"] - longest["first"] <= STAY + 1:
            break
        longest["last"] -= 1
    incubators = [_incubator(draw, row, teams if both_sides and number % 2 else []) for number, row in enumerate(rows)]
    ledger = [(f"city{number}", draw.randrange(6), draw.randrange(6)) for number in range(cities)]
    return Problem(
        candidates=tuple(teams),
        incubators=tuple(incubators),
        start_days=tuple(month(number) for number in range(MONTHS - STAY + 1)),
        months=STAY,
        home_city_allowed=False,
        seed=seed,
        ledger=tuple(ledger) if both_sides else (),
    )


def _host(draw: random.Random, number: int, cities: int) -> dict:
    return {
        "code": f"host{number:03}",
        "city": draw.randrange(cities),
        "desks": draw.choice([2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7, 8]),
        "first": draw.randrange(4),
        "last": MONTHS - draw.randrange(4),
        "closed": sorted(draw.sample(range(MONTHS), draw.randint(1, 3))),
    }


def _stays(row: dict) -> int:
    """How many whole stays follow each other on one desk."""
    found = run = 0
    for number in range(row["first"], row["last"]):
        run = 0 if number in row["closed"] else run + 1
        if run == STAY:
            found, run = found + 1, 0
    return found


def _team(draw: random.Random, number: int, cities: int, rows: list[dict], popular: list[float], wishes) -> Candidate:
    city = draw.randrange(cities)
    abroad = [index for index, row in enumerate(rows) if row["city"] != city]
    wanted = min(draw.randint(*wishes), len(abroad))
    wished: list[int] = []
    while len(wished) < wanted:
        choice = draw.choices(abroad, [popular[index] for index in abroad])[0]
        if choice not in wished:
            wished.append(choice)
    earliest = draw.randrange(10)
    return Candidate(
        id=f"team{number:04}",
        rank=number + 1,
        people=draw.randint(1, 4),
        home_city=f"city{city}",
        wishes=tuple((rows[index]["code"], place) for place, index in enumerate(wished, start=1)),
        earliest_start=month(earliest),
        latest_start=month(earliest + draw.randint(3, 9)),
        priority=1000 * draw.choice([1, 1, 1, 2, 2, 3]),
    )


def _incubator(draw: random.Random, row: dict, teams: list[Candidate]) -> Incubator:
    wishing = [team.id for team in teams if row["code"] in dict(team.wishes)]
    draw.shuffle(wishing)
    return Incubator(
        id=row["code"],
        city=f"city{row['city']}",
        openings=(Span(month(row["first"]), month(row["last"]), row["desks"]),),
        blackouts=tuple(Blackout(month(number), month(number + 1)) for number in row["closed"]),
        order=tuple((code, place) for place, code in enumerate(wishing, start=1)),
    )


def alone(problem: Problem, seconds: float) -> tuple[float, float, float]:
    """(seconds, objective, bound) of HiGHS alone on the weighted sum, in whole points."""
    import highspy
    import numpy as np

    options = options_of(problem)
    rows = _plain_rows(problem, options)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(options), len(rows)
    lp.col_cost_ = np.array([problem.candidate[one.candidate].priority // 1000 * one.points for one in options], float)
    lp.col_lower_, lp.col_upper_ = np.zeros(len(options)), np.ones(len(options))
    lp.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    lp.row_upper_ = np.array([upper for _columns, _values, upper in rows], float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(options)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(columns) for columns, _v, _u in rows)]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([column for columns, _v, _u in rows for column in columns], np.int32)
    lp.a_matrix_.value_ = np.array([value for _c, values, _u in rows for value in values], float)
    solver = highspy.Highs()
    solver.silent()
    for name, value in {"time_limit": seconds, "mip_rel_gap": 0.0, "mip_abs_gap": 0.5}.items():
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    began = time.perf_counter()
    solver.run()
    info = solver.getInfo()
    return time.perf_counter() - began, round(info.objective_function_value), info.mip_dual_bound


def _plain_rows(problem: Problem, options: list[Option]) -> list[tuple[list[int], list[int], int]]:
    """(columns, values, upper): one place each; in each incubator and month no more desks than there are."""
    of: dict[str, list[int]] = {}
    here: dict[tuple[str, int], list[int]] = {}
    starts = {month(number): number for number in range(MONTHS)}
    for column, option in enumerate(options):
        of.setdefault(option.candidate, []).append(column)
        for number in range(starts[option.start], starts[option.start] + STAY):
            here.setdefault((option.incubator, number), []).append(column)
    rows = [(columns, [1] * len(columns), 1) for columns in of.values()]
    for (code, _number), columns in here.items():
        desks = problem.incubator[code].openings[0].desks  # nobody's stay touches a closed month: no option does
        rows.append((columns, [options[column].desks for column in columns], desks))
    return rows


def say(name: str, solution: Solution, raw: tuple[float, float, float]) -> None:
    reached = "" if solution.objective is None else f"{solution.objective // 1000} of {solution.bound // 1000}, "
    print(
        f"{name}: {reached}{solution.status} in {solution.seconds:.2f} s; HiGHS alone {raw[1]:.0f} of {raw[2]:.2f}"
        f" in {raw[0]:.2f} s",
        file=sys.stderr,
    )


def small() -> dict:
    """14 × 8 × 24 months by the whole order. HiGHS alone needs milliseconds for its one sum,
    so a second is the measure."""
    problem = instance(1, 14, 8, (3, 5), both_sides=True)
    began = time.perf_counter()
    solution = solve(problem)
    taken = time.perf_counter() - began
    say("place_14x8", solution, alone(problem, 10))
    row = figure("place_14x8", taken, "s", baseline="one second", ratio=taken, limit=1.0)
    return {**row, "holds": row["holds"] and solution.is_optimal}


def medium() -> dict:
    """200 × 40, one weighted sum, proven: three instances, so that no single one decides."""
    ours = theirs = 0.0
    proven = True
    for seed in (1, 2, 3):
        problem = instance(seed, 200, 40, (5, 5)).changed(rule="weighted_sum")
        raw = alone(problem, 120)
        solution = solve(problem, seconds=120)
        say("place_200x40", solution, raw)
        ours, theirs = ours + solution.seconds, theirs + raw[0]
        proven = proven and solution.is_optimal and solution.objective >= 1000 * raw[1]
    row = figure("place_200x40", ours, "s", baseline="HiGHS alone, same sum", ratio=ours / theirs, limit=1.2)
    return {**row, "holds": row["holds"] and proven}


def ordered() -> dict:
    """200 × 40 by the whole order, with hosts' orders and a ledger:
    placed and wishes proven within 60 s, all within 120 s."""
    problem = instance(1, 200, 40, (5, 5), both_sides=True)
    raw = alone(problem, 120)
    solution = solve(problem, seconds=60, total=120)
    say("place_200x40_ordered", solution, raw)
    levels = {level.name: level for level in solution.levels}
    for level in solution.levels:
        print(f"  {level.name}: {level.value} ({level.bound}) in {level.seconds:.2f} s", file=sys.stderr)
    first = [levels["placed"], levels["wishes"]]
    holds = all(level.proven for level in first) and sum(level.seconds for level in first) < 60
    row = figure(
        "place_200x40_ordered",
        solution.seconds,
        "s",
        baseline="HiGHS alone, one sum",
        ratio=solution.seconds / raw[0],
        limit=20.0,
    )
    return {**row, "holds": row["holds"] and holds and solution.seconds < 120}


def large() -> dict:
    """1,000 × 120, one weighted sum, 60 s, against what HiGHS alone reaches in 120 s; under 1.5 GB."""
    problem = instance(1, 1000, 120, (3, 5)).changed(rule="weighted_sum")
    solution = solve(problem, seconds=60)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIGABYTE
    raw = alone(problem, 120)
    say("place_1000x120", solution, raw)
    print(f"  {memory:.2f} GB at most", file=sys.stderr)
    reached = solution.objective / 1000
    row = figure("place_1000x120", reached, "points", baseline="HiGHS alone, 120 s", ratio=raw[1] / reached, limit=1.0)
    return {**row, "holds": row["holds"] and memory < 1.5 and solution.seconds < 66}


def crowded() -> dict:
    """1,000 teams of one × 120 by ranks 1 to 1,000, 60 s for the level:
    at least 0.95 × as many placed as one weighted sum places."""
    problem = instance(1, 1000, 120, (3, 5))
    problem = problem.changed(candidates=tuple(replace(team, people=1) for team in problem.candidates))
    most = len(solve(problem.changed(rule="weighted_sum"), seconds=60).chosen)
    solution = solve(problem, seconds=60, last_level="placed")
    placed, level = len(solution.chosen), solution.levels[0]
    print(f"place_1000x120_ranks: {placed} placed, at most {level.bound}; one sum: {most}", file=sys.stderr)
    return figure(
        "place_1000x120_ranks", placed, "placed", baseline="one weighted sum", ratio=most / placed, limit=1.05
    )


def figures(unit: float) -> list[dict]:
    """place_14x8, place_200x40, place_200x40_ordered, place_1000x120, place_1000x120_ranks.
    `unit` is not needed: each has a closer baseline."""
    del unit
    return [small(), medium(), ordered(), large(), crowded()]
