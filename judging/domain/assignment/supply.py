"""What the jurors can give, and what hard rules ask of them: counted where no plan is needed to see that it is too
little."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from judging.domain.assignment.data import Problem, Rule, Shortage
from judging.domain.assignment.kinds import kind_of
from judging.domain.assignment.table import Table


class Supply:
    """Of a problem whose rules are the hard ones. `demand` and `free`: the jurors that each entry needs, and those that
    it may have at all; `reach`: the most entries that each juror can take."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.table = Table(problem)
        self.demand = self.table.demand
        self.free = self.table.allowed.sum(axis=1)
        self.most = np.array([juror.load_max for juror in problem.jurors])
        self.reach = np.minimum(self.most, self.table.allowed.sum(axis=0))

    @cached_property
    def has_number(self) -> bool:
        """Whether every entry has to have its exact number of jurors."""
        return any(kind_of(rule).is_number for rule in self.problem.rules if rule.price is None)

    @cached_property
    def has_limit(self) -> bool:
        """Whether no juror may have more entries than they take."""
        return any(kind_of(rule).is_limit for rule in self.problem.rules if rule.price is None)

    def short(self, rule: Rule, wanted: np.ndarray, there: np.ndarray) -> Iterator[Shortage]:
        """Each entry with fewer of them there than the rule wants."""
        for e in np.flatnonzero(there < wanted):
            yield Shortage(rule.kind, rule.name, self.problem.entries[e].code, int(wanted[e]), int(there[e]))

    def in_all(self, rule: Rule, wanted: int, there: int) -> Iterator[Shortage]:
        """Too few of them over all entries."""
        if there < wanted:
            yield Shortage(rule.kind, rule.name, "", wanted, there)

    def of_counts(self, rule: Rule) -> Iterator[Shortage]:
        """Where the jurors that a rule counts are too few, at an entry and over all."""
        place = self.problem.rules.index(rule)
        for family in self.table.families:
            if family.rule == place:
                inside = self.table.allowed & family.inside
                yield from self.short(rule, family.least, inside.sum(axis=1))
                if self.has_limit:
                    supply = int(np.minimum(self.most, inside.sum(axis=0)).sum())
                    yield from self.in_all(rule, int(family.least.sum()), supply)
