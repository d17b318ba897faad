"""Assignments on two cores, each against HiGHS alone on a plain linear programme of all pairs in the same run.

The baseline has the loads and the conflicts only, a column for every allowed pair, and counts the run of HiGHS without
the building of its matrix. Ours counts everything, from the values to the plan with its proof, its split of prices and
its graph.
"""

import resource
import sys
import time
from dataclasses import replace

import numpy as np

from benchmarks.measure import figure
from judging.domain.assignment.assign import Entry, Juror, Problem, Rule, assign

LANGUAGES, SECTORS, CITIES = (
    ("en", "fr", "it", "pt"),
    [f"sector {n}" for n in range(8)],
    [f"city {n}" for n in range(20)],
)
GIGABYTE = 1024**2  # in the kibibytes that Linux counts
FITTING = (Rule("language", price=10_000), Rule("sector", price=100), Rule("even", price=60))
RULES = (*FITTING, Rule("city", most=1), Rule("expert", least=1))
MATRIX = (Rule("fit", price=1),)


def instance(entries: int, jurors: int, rules: tuple[Rule, ...], per_entry: int = 5) -> Problem:
    """Two languages and two sectors for each juror, twenty cities, one pair in thirty a conflict,
    loads up to a fifth above even."""
    draw = np.random.RandomState(1)
    lots = [draw.permutation(4)[:2] for _juror in range(jurors)]
    fields = [draw.permutation(8)[:2] for _juror in range(jurors)]
    barred = np.argwhere(draw.random_sample((entries, jurors)) < 1 / 30).tolist()
    return Problem(
        entries=tuple(
            Entry(f"E{n}", per_entry, LANGUAGES[draw.randint(4)], SECTORS[draw.randint(8)]) for n in range(entries)
        ),
        jurors=tuple(
            Juror(
                f"J{n}",
                load_max=1 + 6 * entries * per_entry // (5 * jurors),
                languages=frozenset(LANGUAGES[lot] for lot in lots[n]),
                sectors=frozenset(SECTORS[lot] for lot in fields[n]),
                city=CITIES[draw.randint(20)],
            )
            for n in range(jurors)
        ),
        conflicts=frozenset((f"E{e}", f"J{j}") for e, j in barred),
        rules=rules,
        fit=draw.randint(0, 100, (entries, jurors)),
    )


def plain(problem: Problem) -> tuple[float, float]:
    """(seconds of HiGHS alone, its optimum) for the fit matrix, loads and conflicts of a problem, over all pairs."""
    import highspy

    fit = np.asarray(problem.fit)
    allowed = np.ones(fit.shape, dtype=bool)
    place = {juror.code: n for n, juror in enumerate(problem.jurors)}
    row = {entry.code: n for n, entry in enumerate(problem.entries)}
    for entry, juror in problem.conflicts:
        allowed[row[entry], place[juror]] = False
    e, j = np.nonzero(allowed)
    n = len(e)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = n, sum(fit.shape)
    model.col_cost_, model.col_lower_, model.col_upper_ = (
        (int(fit.max()) - fit[e, j]).astype(float),
        np.zeros(n),
        np.ones(n),
    )
    demand = np.array([float(entry.demand) for entry in problem.entries])
    most = np.array([float(juror.load_max) for juror in problem.jurors])
    model.row_lower_, model.row_upper_ = np.concatenate([demand, 0 * most]), np.concatenate([demand, most])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.arange(0, 2 * n + 1, 2, dtype=np.int32)
    model.a_matrix_.index_ = np.stack([e, fit.shape[0] + j], axis=1).ravel().astype(np.int32)
    model.a_matrix_.value_ = np.ones(2 * n)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(model)
    began = time.perf_counter()
    solver.run()
    return time.perf_counter() - began, solver.getInfo().objective_function_value


def timed(problem: Problem):
    began = time.perf_counter()
    solution = assign(problem)
    return time.perf_counter() - began, solution


def figures(unit: float) -> list[dict]:
    """Seconds, held against the plain programme of the same size (limits in its multiples), and its optimum;
    `unit` is not used."""
    found = []
    small = instance(1_000, 100, MATRIX)
    base, best = plain(small)
    # Without: 1 s where the plain programme takes half a second; with sector and city rules, 5 s.
    cases = [("assign_1000", small, 2.0), ("assign_1000_fields", replace(small, rules=FITTING), 4.0)]
    cases += [("assign_1000_rules", replace(small, rules=RULES), 10.0)]
    large = instance(10_000, 500, MATRIX)
    cases += [("assign_10000", large, 30.0), ("assign_10000_fields", replace(large, rules=FITTING), 60.0)]
    cases += [("assign_10000_rules", replace(large, rules=RULES), 60.0)]
    for name, problem, limit in cases:
        taken, solution = timed(problem)
        row = figure(name, taken, "s", baseline="plain LP, 1,000 × 100", ratio=taken / base, limit=limit)
        proven = solution.is_optimal and (name != "assign_1000" or solution.price == round(best))
        found.append(row | {"holds": row["holds"] and proven})
        print(name, solution.status, solution.price, solution.bound, file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIGABYTE
    found.append(figure("assign_memory", peak, "GB", baseline="2 GB", ratio=peak / 2, limit=1.0))
    return found
