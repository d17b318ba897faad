"""What a plan comes to: each rule counted anew from its pairs, whole numbers only.
Nothing of the solver's is believed."""

from collections import Counter
from collections.abc import Iterable

from judging.domain.assignment.data import Broken, Entry, Fit, Juror, Pair, Problem, Rule
from judging.domain.assignment.load import STEPS, even_load

ALWAYS = ("demand", "load_max", "load_min")  # in force, hard, where no rule says otherwise


def steps_away(n: int) -> int:
    """1 + 2 + … + n, no step counting more than STEPS."""
    low = min(n, STEPS)
    return low * (low + 1) // 2 + max(0, n - STEPS) * STEPS


class Seats:
    """A plan by entry and by juror."""

    def __init__(self, problem: Problem, pairs: Iterable[Pair]) -> None:
        self.problem = problem
        self.pairs = frozenset(pairs)
        self.jurors = {juror.code: juror for juror in problem.jurors}
        self.of: dict[str, list[Juror]] = {entry.code: [] for entry in problem.entries}
        for entry, juror in sorted(self.pairs):
            self.of[entry].append(self.jurors[juror])
        self.load = Counter(juror for _entry, juror in self.pairs)
        self.fit = Places(problem) if problem.fit is not None else None

    def units(self, rule: Rule) -> dict[str, int]:
        """Where the rule is broken, by how many units: by entry code or juror code; what is spared is taken off."""
        by_pairs = {"forced", "kept", "forbidden"}
        if rule.kind in by_pairs:
            wrong = set(rule.pairs) & self.pairs if rule.kind == "forbidden" else set(rule.pairs) - self.pairs
            found = dict(Counter(entry for entry, _juror in wrong))
        elif rule.kind in ("load_max", "load_min", "even"):
            found = self._loads(rule)
        else:
            found = {entry.code: self._at(rule, entry) for entry in self.problem.entries}
        for code, units in rule.spared:
            found[code] = found.get(code, 0) - units
        return {code: units for code, units in found.items() if units > 0}

    def _loads(self, rule: Rule) -> dict[str, int]:
        if rule.kind == "load_max":
            return {j.code: self.load[j.code] - j.load_max for j in self.problem.jurors}
        if rule.kind == "load_min":
            return {j.code: j.load_min - self.load[j.code] for j in self.problem.jurors}
        level = even_load(self.problem)
        return {
            j.code: steps_away(max(0, self.load[j.code] - level))
            + steps_away(max(0, min(j.load_max, level - 1) - self.load[j.code]))
            for j in self.problem.jurors
        }

    def _at(self, rule: Rule, entry: Entry) -> int:
        return missing(self, rule, entry, self.of[entry.code])


def missing(seats: Seats, rule: Rule, entry: Entry, jurors: list[Juror]) -> int:
    """Units by which these jurors on this entry break a rule that is counted by entry."""
    match rule.kind:
        case "demand":
            return abs(entry.demand - len(jurors))
        case "language":
            return sum(not juror.reads(entry) for juror in jurors)
        case "sector":
            return sum(not juror.knows(entry) for juror in jurors)
        case "fit":
            return sum(seats.fit.lost(entry.code, juror.code) for juror in jurors) if seats.fit else 0
        case "expert":
            return max(0, (rule.least or 1) - sum(juror.knows(entry) for juror in jurors))
        case "city":
            cities = Counter(juror.city for juror in jurors if juror.city)
            return sum(max(0, number - (rule.most or 0)) for number in cities.values())
        case "quota":
            number = sum(rule.group in juror.groups for juror in jurors)
            return max(0, rule.least - number) + (max(0, number - rule.most) if rule.most is not None else 0)
        case "apart":
            return max(0, sum(juror.code in rule.jurors for juror in jurors) - 1)
    return 0


class Places:
    """The fit matrix by code."""

    def __init__(self, problem: Problem) -> None:
        import numpy as np

        self.matrix = np.asarray(problem.fit)
        self.top = int(self.matrix.max())
        self.entry = {entry.code: n for n, entry in enumerate(problem.entries)}
        self.juror = {juror.code: n for n, juror in enumerate(problem.jurors)}

    def points(self, entry: str, juror: str) -> int:
        """Points of the pair in the fit matrix; more is better."""
        return int(self.matrix[self.entry[entry], self.juror[juror]])

    def lost(self, entry: str, juror: str) -> int:
        """How many points the pair is short of the best one of the matrix."""
        return self.top - self.points(entry, juror)


def all_rules(problem: Problem) -> tuple[tuple[int, Rule], ...]:
    """Every rule with its place in the problem's rules; −1 for the numbers that are hard without being named."""
    named = {rule.kind for rule in problem.rules}
    silent = [(-1, Rule(kind)) for kind in ALWAYS if kind not in named]
    return (*silent, *enumerate(problem.rules))


def broken_by(problem: Problem, pairs: Iterable[Pair]) -> tuple[Broken, ...]:
    """Every rule that the pairs break, hard ones (at price 0) too: a plan of the solver has none of those."""
    seats = Seats(problem, pairs)
    found = []
    for n, rule in all_rules(problem):
        if units := seats.units(rule):
            total = sum(units.values())
            price = total * (rule.price or 0)
            found.append(Broken(n, rule.kind, rule.name, total, price, tuple(sorted(units.items()))))
    return tuple(found)


def fit_of(problem: Problem, pairs: Iterable[Pair]) -> Fit:
    """How well the plan's pairs fit: seats, how many read and know, points and the most that they could be."""
    seats = Seats(problem, pairs)
    entries = {entry.code: entry for entry in problem.entries}
    reads = sum(seats.jurors[juror].reads(entries[entry]) for entry, juror in seats.pairs)
    knows = sum(seats.jurors[juror].knows(entries[entry]) for entry, juror in seats.pairs)
    number = len(seats.pairs)
    if seats.fit is None:
        return Fit(number, reads, knows)
    points = sum(seats.fit.points(entry, juror) for entry, juror in seats.pairs)
    return Fit(number, reads, knows, points, seats.fit.top * number)
