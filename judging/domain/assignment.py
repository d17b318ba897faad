"""Who scores what: an exact number of jurors for each entry, within each juror's load, never across a tie.

Solved by HiGHS as one small integer program; the same inputs and seed give the same answer. When nobody's entries can be
filled, the answer says how many seats are wanted and how many there are, which entries have too few free jurors, and the
smallest relaxations that would do (each solved on its own; a tie is never relaxed).
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

# Prices of the objective, per assignment or per entry over or under an even load. Language weighs most where it can't be
# kept everywhere; knowing the field weighs more than one step of uneven load.
LANGUAGE, EXPERTISE, UNEVEN = 10_000, 100, 60


@dataclass(frozen=True)
class Problem:
    """Pairs are (entry index, juror index). `kept` are assignments that stand and count; `barred` are ties."""

    entries: tuple[str, ...]
    jurors: tuple[str, ...]
    per_entry: int
    load_min: int
    load_max: tuple[int, ...]
    barred: frozenset[tuple[int, int]] = frozenset()
    reads: frozenset[tuple[int, int]] = frozenset()
    knows: frozenset[tuple[int, int]] = frozenset()
    kept: frozenset[tuple[int, int]] = frozenset()
    seed: int = 0
    seconds: float = 60.0


@dataclass(frozen=True)
class Relaxation:
    """One way out: `kind` is fewer_jurors, more_entries or lower_minimum; `by` says for whom and by how many."""

    kind: str
    by: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Explanation:
    """Why there is no plan: seats wanted and offered, entries with (free jurors, needed), and what would do."""

    demand: int
    supply: int
    starved: tuple[tuple[str, int, int], ...]
    least: int
    relaxations: tuple[Relaxation, ...]


@dataclass(frozen=True)
class Solution:
    """`pairs` as indices, sorted; empty with an explanation when there is none. `language_kept`: every juror reads the entry."""

    pairs: tuple[tuple[int, int], ...]
    is_optimal: bool
    language_kept: bool
    price: int
    explanation: Explanation | None = None
    loads: tuple[int, ...] = field(default=())


def assign(problem: Problem) -> Solution:
    """The best plan; with every entry read in a language that its jurors know where that can be, else at a price."""
    for language_kept in (True, False):
        model = _Model(problem, language_kept)
        status = model.solve()
        if status != "infeasible":
            return _solution(problem, model, status, language_kept)
    return Solution((), False, False, 0, explain(problem))


def even_load(problem: Problem) -> int:
    """The smallest load that, given to every juror up to their own limit, fills all seats."""
    demand = problem.per_entry * len(problem.entries)
    level = 0
    while level < max(problem.load_max, default=0) and sum(min(m, level) for m in problem.load_max) < demand:
        level += 1
    return level


class _Model:
    """The integer program as rows of a sparse matrix, handed to HiGHS at once."""

    def __init__(self, problem: Problem, language_kept: bool, relax: str = ""):
        self.problem = problem
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.price: list[float] = []
        self.rows: list[tuple[float, float, list[tuple[int, float]]]] = []
        self.pairs: dict[tuple[int, int], int] = {}
        self.slacks: dict[int, int] = {}
        self.values: list[float] = []
        self._pairs(language_kept, priced=not relax)
        self._entries(relax)
        self._loads(relax)
        if relax:
            self._fairness()
        else:
            self._evenness()

    def _variable(self, lower: float, upper: float, price: float) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.price.append(price)
        return len(self.price) - 1

    def _pairs(self, language_kept: bool, priced: bool) -> None:
        p = self.problem
        noise = random.Random(p.seed)
        tiny = 0.5 / max(1, p.per_entry * len(p.entries))
        for e in range(len(p.entries)):
            for j in range(len(p.jurors)):
                draw = noise.random()  # drawn for every pair, so that a tie elsewhere changes no other pair's luck
                pair = (e, j)
                if pair in p.kept:
                    self.pairs[pair] = self._variable(1, 1, 0)
                elif pair not in p.barred and (pair in p.reads or not language_kept):
                    price = LANGUAGE * (pair not in p.reads) + EXPERTISE * (pair not in p.knows) + tiny * draw
                    self.pairs[pair] = self._variable(0, 1, price if priced else 0)

    def _entries(self, relax: str) -> None:
        """Every entry has exactly so many jurors (or more, where assignments that stand are more already)."""
        p = self.problem
        for e in range(len(p.entries)):
            kept = sum(1 for pair in p.kept if pair[0] == e)
            terms = [(self.pairs[(e, j)], 1.0) for j in range(len(p.jurors)) if (e, j) in self.pairs]
            if relax == "fewer_jurors":
                self.slacks[e] = self._variable(0, p.per_entry, 1)
                terms.append((self.slacks[e], 1.0))
            wanted = max(p.per_entry, kept)
            self.rows.append((wanted, wanted, terms))

    def _loads(self, relax: str) -> None:
        """No juror has more entries than their limit, nor fewer than the round's least (as far as their limit allows)."""
        p = self.problem
        for j in range(len(p.jurors)):
            kept = sum(1 for pair in p.kept if pair[1] == j)
            terms = [(self.pairs[(e, j)], 1.0) for e in range(len(p.entries)) if (e, j) in self.pairs]
            most = max(p.load_max[j], kept)
            least = min(p.load_min, p.load_max[j])
            if relax == "more_entries":
                self.slacks[j] = self._variable(0, len(p.entries), 1)
                self.rows.append((0, most, [*terms, (self.slacks[j], -1.0)]))
                self.rows.append((least, len(p.entries), terms))
            elif relax == "lower_minimum":
                self.slacks[j] = self._variable(0, least, 1)
                self.rows.append((0, most, terms))
                self.rows.append((least, len(p.entries) + least, [*terms, (self.slacks[j], 1.0)]))
            else:
                self.rows.append((least, most, terms))

    def _evenness(self) -> None:
        """Every entry above the even load, or more than one below it, has its price."""
        p = self.problem
        level = even_load(p)
        for j in range(len(p.jurors)):
            terms = [(self.pairs[(e, j)], 1.0) for e in range(len(p.entries)) if (e, j) in self.pairs]
            over = self._variable(0, len(p.entries), UNEVEN)
            self.rows.append((-len(p.entries), level, [*terms, (over, -1.0)]))
            under = self._variable(0, len(p.entries), UNEVEN)
            self.rows.append((min(p.load_max[j], max(level - 1, 0)), 2 * len(p.entries), [*terms, (under, 1.0)]))

    def _fairness(self) -> None:
        """What gives way is spread: the largest slack counts more than all slacks together, so it is made small first."""
        largest = max((self.upper[slack] for slack in self.slacks.values()), default=0)
        total = sum(self.upper[slack] for slack in self.slacks.values())
        worst = self._variable(0, largest, total + 1)
        for slack in self.slacks.values():
            self.rows.append((-largest, 0, [(slack, 1.0), (worst, -1.0)]))

    def solve(self) -> str:
        """“optimal”, “feasible” (time ran out with a plan in hand) or “infeasible”. Fills `values`."""
        import highspy
        import numpy as np

        if any(not terms and low > 0 for low, _high, terms in self.rows):
            return "infeasible"
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.price), len(self.rows)
        model.col_cost_ = np.array(self.price, dtype=float)
        model.col_lower_, model.col_upper_ = np.array(self.lower, dtype=float), np.array(self.upper, dtype=float)
        model.row_lower_ = np.array([row[0] for row in self.rows], dtype=float)
        model.row_upper_ = np.array([row[1] for row in self.rows], dtype=float)
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.price)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0] + [len(terms) for _low, _high, terms in self.rows], dtype=np.int32)
        model.a_matrix_.index_ = np.array([i for row in self.rows for i, _ in row[2]], dtype=np.int32)
        model.a_matrix_.value_ = np.array([v for row in self.rows for _, v in row[2]], dtype=float)
        solver = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", self.problem.seed % 2**31),
            ("mip_rel_gap", 0.0),
            ("time_limit", self.problem.seconds),
        ):
            solver.setOptionValue(option, value)
        solver.passModel(model)
        solver.run()
        status = solver.getModelStatus()
        self.values = list(solver.getSolution().col_value)
        if status == highspy.HighsModelStatus.kOptimal:
            return "optimal"
        out_of_time = status == highspy.HighsModelStatus.kTimeLimit
        return "feasible" if out_of_time and solver.getSolution().value_valid else "infeasible"

    def chosen(self) -> list[tuple[int, int]]:
        return sorted(pair for pair, n in self.pairs.items() if self.values[n] > 0.5)


def _solution(problem: Problem, model: _Model, status: str, language_kept: bool) -> Solution:
    pairs = tuple(model.chosen())
    loads = tuple(sum(1 for _e, juror in pairs if juror == j) for j in range(len(problem.jurors)))
    price = sum(
        LANGUAGE * (pair not in problem.reads) + EXPERTISE * (pair not in problem.knows)
        for pair in pairs
        if pair not in problem.kept
    )
    level = even_load(problem)
    price += UNEVEN * sum(
        max(load - level, 0) + max(min(most, level - 1) - load, 0)
        for load, most in zip(loads, problem.load_max, strict=True)
    )
    return Solution(pairs, status == "optimal", language_kept, price, loads=loads)


def explain(problem: Problem) -> Explanation:
    """Numbers first, then what would do: each relaxation spreads what gives way (the largest first), then is the smallest."""
    starved = []
    for e, entry in enumerate(problem.entries):
        free = sum((e, j) not in problem.barred for j in range(len(problem.jurors)))
        if free < problem.per_entry:
            starved.append((entry, free, problem.per_entry))
    relaxations = []
    for kind, names in (
        ("fewer_jurors", problem.entries),
        ("more_entries", problem.jurors),
        ("lower_minimum", problem.jurors),
    ):
        if (found := _relax(problem, kind, names)) is not None:
            relaxations.append(found)
    return Explanation(
        demand=problem.per_entry * len(problem.entries),
        supply=sum(problem.load_max),
        starved=tuple(starved),
        least=sum(min(problem.load_min, most) for most in problem.load_max),
        relaxations=tuple(relaxations),
    )


def _relax(problem: Problem, kind: str, names: Sequence[str]) -> Relaxation | None:
    model = _Model(problem, language_kept=False, relax=kind)
    if model.solve() != "optimal":
        return None
    by = ((names[i], round(model.values[n])) for i, n in model.slacks.items())
    return Relaxation(kind, tuple((name, amount) for name, amount in by if amount))
