"""What a plan comes to: each rule counted anew from its pairs, whole numbers only.
Nothing of the solver's is believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from judging.domain.assignment.data import Broken, Fit, Juror, Pair, Problem, Rule, all_rules
from judging.domain.assignment.kinds import kind_of
from judging.domain.assignment.load import even_load

if TYPE_CHECKING:
    import numpy as np

Off = Callable[[Juror, "np.ndarray", int], "np.ndarray"]  # see RuleKind.off


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

    @cached_property
    def level(self) -> int:
        """The even load."""
        return even_load(self.problem)

    def off(self, off: Off, juror: Juror) -> int:
        """The units by which the juror's load breaks a rule by load."""
        import numpy as np

        return int(off(juror, np.array([self.load[juror.code]]), self.level)[0])

    def units(self, rule: Rule) -> dict[str, int]:
        """Where the rule is broken, by how many units: by entry code or juror code; what is spared is taken off."""
        found = kind_of(rule).broken(rule, self)
        for code, units in rule.spared:
            found[code] = found.get(code, 0) - units
        return {code: units for code, units in found.items() if units > 0}


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
