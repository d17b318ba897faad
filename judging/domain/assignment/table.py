"""A problem as numpy arrays: what each pair costs, which pairs are allowed, and which counts each rule bounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from judging.domain.assignment.data import Pair, Problem, Rule, all_rules
from judging.domain.assignment.kinds import kind_of
from judging.domain.assignment.load import loads_of

NOISE = 0.25  # all that chance may add to a plan, so that prices, which are whole, always decide first


@dataclass(frozen=True)
class Family:
    """Per entry, the number of its jurors who are `inside` stands between `least` and `most`; a unit below costs
    `short`, one above `over`, None being impossible. `inside` is over jurors, or over entries × jurors."""

    rule: int
    inside: np.ndarray
    least: np.ndarray
    most: np.ndarray
    short: int | None
    over: int | None

    def holds(self, entries: np.ndarray, jurors: np.ndarray) -> np.ndarray:
        """By pair, whether it counts for the family: by the juror alone, or by both."""
        found: np.ndarray = self.inside[jurors] if self.inside.ndim == 1 else self.inside[entries, jurors]
        return found

    def rows(self, entries: np.ndarray) -> np.ndarray:
        """`inside` of these entries, entries × jurors."""
        if self.inside.ndim == 1:
            return np.broadcast_to(self.inside, (len(entries), len(self.inside)))
        found: np.ndarray = self.inside[entries]
        return found


class Table:
    """The arrays. `cost` holds whole prices per pair, `noise` what decides between equals;
    `offset` belongs to every plan.

    `spread` (for relaxations): every priced unit costs 100 and a little more for each further one at the same place.
    """

    def __init__(self, problem: Problem, spread: bool = False) -> None:
        self.problem, self.spread = problem, spread
        self.entries, self.jurors = len(problem.entries), len(problem.jurors)
        self.at_entry = {entry.code: n for n, entry in enumerate(problem.entries)}
        self.at_juror = {juror.code: n for n, juror in enumerate(problem.jurors)}
        self.demand = np.array([entry.demand for entry in problem.entries])
        shape = (self.entries, self.jurors)
        self.reads = self._known("language", "languages")
        self.knows = self._known("sector", "sectors")
        self.fit = None if problem.fit is None else np.asarray(problem.fit)
        self.allowed = np.ones(shape, dtype=bool)
        known = [pair for pair in problem.conflicts if pair[0] in self.at_entry and pair[1] in self.at_juror]
        self.allowed[self.indices(tuple(known))] = False
        self.cost = np.zeros(shape)
        self.fixed = np.zeros(shape, dtype=bool)
        self.families: list[Family] = []
        self.stay: Rule | None = None  # of these pairs, so many at most may go
        self.loads = loads_of(problem, spread)
        self.offset = self.loads.offset
        for n, rule in all_rules(problem):
            kind_of(rule).enter(self, n, rule)
        noise = np.random.RandomState(problem.seed % 2**32).random_sample(shape)
        self.most_seats = most_seats(self)
        self.noise = noise * (NOISE / max(1, self.most_seats))
        self.price = self.cost + self.noise

    def indices(self, pairs: tuple[Pair, ...]) -> tuple[np.ndarray, np.ndarray]:
        """(entry numbers, juror numbers) of pairs of codes, in their order."""
        n = len(pairs)
        entries = np.fromiter((self.at_entry[entry] for entry, _ in pairs), dtype=np.int64, count=n)
        return entries, np.fromiter((self.at_juror[juror] for _, juror in pairs), dtype=np.int64, count=n)

    def _known(self, of_entry: str, of_juror: str) -> np.ndarray:
        """entries × jurors: whether the juror knows the entry's language (or sector); an empty one is known to all."""
        words = sorted({getattr(entry, of_entry) for entry in self.problem.entries})
        table = np.array(
            [[not word or word in getattr(juror, of_juror) for juror in self.problem.jurors] for word in words]
        )
        place = {word: n for n, word in enumerate(words)}
        return table[[place[getattr(entry, of_entry)] for entry in self.problem.entries]]

    def who(self, holds: Iterable[bool]) -> np.ndarray:
        """Over jurors: those of whom it holds, told in the problem's order."""
        return np.fromiter(holds, dtype=bool, count=self.jurors)

    def named(self, pairs: tuple[Pair, ...]) -> np.ndarray:
        """entries × jurors: which of them are among the pairs."""
        found = np.zeros((self.entries, self.jurors), dtype=bool)
        found[self.indices(pairs)] = True
        return found

    def _spared(self, rule: Rule) -> np.ndarray:
        spared = np.zeros(self.entries, dtype=np.int64)
        for code, units in rule.spared:
            spared[self.at_entry[code]] += units
        return spared

    def count(self, n: int, rule: Rule, inside: np.ndarray, least: Any = 0, most: Any = None) -> None:
        """Every entry has from `least` to `most` jurors who are `inside`, less or more by what the rule spares; a unit
        beyond costs the rule's price. Both are a number for all or one for each entry; None bounds nothing."""
        spared = self._spared(rule)
        least = np.maximum(0, np.broadcast_to(least, self.entries) - spared)
        most = np.broadcast_to(self.jurors if most is None else most, self.entries) + spared
        self.families.append(Family(n, inside, least, most, rule.price, rule.price))

    def allow(self, n: int, rule: Rule, right: np.ndarray) -> None:
        """A seat (entries × jurors) that is not right: a price of its pair, or no pair at all; bounded per entry where
        units are counted."""
        if rule.price is None and not rule.spared:
            self.allowed &= right
        elif rule.price is None or self.spread:
            self.count(n, rule, ~right, 0, 0)
        else:
            self.cost += rule.price * ~right

    def want(self, n: int, rule: Rule) -> None:
        """The rule's pairs are there, or their price is paid."""
        pairs = tuple(dict.fromkeys(rule.pairs))
        if rule.price is None and not rule.spared:
            self.fixed[self.indices(pairs)] = True
        elif rule.price is None or self.spread:
            inside = self.named(pairs)
            self.count(n, rule, inside, inside.sum(axis=1))
        else:
            self.cost[self.indices(pairs)] -= rule.price
            self.offset += rule.price * len(pairs)


def most_seats(table: Table) -> int:
    """More seats than this no plan has that breaks no hard rule:
    the jurors' loads, and the entries' counts, where these are hard.

    Where a number has a price it bounds nothing, however much fewer seats are asked for: a priced rule, a least load or
    a quota may pay for more. What chance may add is divided by this, so that it stays below NOISE in every plan.
    """
    by_juror = table.allowed.sum(axis=0)
    for juror, steps in enumerate(table.loads.steps):
        if any(step.barred for step in steps):
            by_juror[juror] = min(by_juror[juror], sum(step.size for step in steps if not step.barred))
    by_entry = table.allowed.sum(axis=1)
    everyone = np.arange(table.entries)
    for family in table.families:
        if family.over is None:
            others = (table.allowed & ~family.rows(everyone)).sum(axis=1)
            by_entry = np.minimum(by_entry, np.maximum(0, family.most) + others)
    return int(min(by_juror.sum(), by_entry.sum()))
