"""A problem as numpy arrays: what each pair costs, which pairs are allowed, and which counts each rule bounds."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from judging.domain.assignment.data import Pair, Problem, Rule
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
        self.allowed = np.ones(shape, dtype=bool)
        known = [pair for pair in problem.conflicts if pair[0] in self.at_entry and pair[1] in self.at_juror]
        self.allowed[self.indices(tuple(known))] = False
        self.cost = np.zeros(shape)
        self.fixed = np.zeros(shape, dtype=bool)
        self.families: list[Family] = []
        self.stay: Rule | None = None  # of these pairs, so many at most may go
        self.loads = loads_of(problem, spread)
        self.offset = self.loads.offset
        if not any(rule.kind == "demand" for rule in problem.rules):
            self._demand(-1, Rule("demand"))
        for n, rule in enumerate(problem.rules):
            if rule.kind not in ("load_min", "load_max", "even"):
                getattr(self, f"_{rule.kind}")(n, rule)
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

    def _spared(self, rule: Rule) -> np.ndarray:
        spared = np.zeros(self.entries, dtype=np.int64)
        for code, units in rule.spared:
            spared[self.at_entry[code]] += units
        return spared

    def _bound(self, n: int, rule: Rule, inside: np.ndarray, least: Any, most: Any) -> None:
        spared = self._spared(rule)
        least = np.maximum(0, np.broadcast_to(least, self.entries) - spared)
        most = np.broadcast_to(self.jurors if most is None else most, self.entries) + spared
        self.families.append(Family(n, inside, least, most, rule.price, rule.price))

    def _seats(self, n: int, rule: Rule, right: np.ndarray) -> None:
        """A seat that is not right: a price of its pair, or no pair at all;
        bounded per entry where units are counted."""
        if rule.price is None and not rule.spared:
            self.allowed &= right
        elif rule.price is None or self.spread:
            self._bound(n, rule, ~right, 0, 0)
        else:
            self.cost += rule.price * ~right

    def _demand(self, n: int, rule: Rule) -> None:
        everybody = np.ones(self.jurors, dtype=bool)
        self.families.append(Family(n, everybody, self.demand, self.demand, rule.price, rule.price))

    def _language(self, n: int, rule: Rule) -> None:
        self._seats(n, rule, self.reads)

    def _sector(self, n: int, rule: Rule) -> None:
        self._seats(n, rule, self.knows)

    def _fit(self, n: int, rule: Rule) -> None:
        if self.problem.fit is not None:
            fit = np.asarray(self.problem.fit)
            self.cost += (rule.price or 0) * (int(fit.max()) - fit)

    def _expert(self, n: int, rule: Rule) -> None:
        """Everybody is an expert of an entry without a sector."""
        self._bound(n, rule, self.knows, rule.least or 1, None)

    def _city(self, n: int, rule: Rule) -> None:
        cities = np.array([juror.city for juror in self.problem.jurors])
        for city in sorted(set(cities.tolist()) - {""}):
            if (inside := cities == city).sum() > rule.most:
                self._bound(n, rule, inside, 0, rule.most)

    def _quota(self, n: int, rule: Rule) -> None:
        inside = np.array([rule.group in juror.groups for juror in self.problem.jurors])
        self._bound(n, rule, inside, rule.least, rule.most)

    def _apart(self, n: int, rule: Rule) -> None:
        inside = np.array([juror.code in rule.jurors for juror in self.problem.jurors])
        self._bound(n, rule, inside, 0, 1)

    def _forced(self, n: int, rule: Rule) -> None:
        entries, jurors = self.indices(tuple(dict.fromkeys(rule.pairs)))
        spared = self._spared(rule)
        if rule.price is None and not rule.spared:
            self.fixed[entries, jurors] = True
        elif rule.price is None or self.spread:
            inside = np.zeros((self.entries, self.jurors), dtype=bool)
            inside[entries, jurors] = True
            least = np.maximum(0, inside.sum(axis=1) - spared)
            self.families.append(Family(n, inside, least, np.full(self.entries, self.jurors), rule.price, None))
        else:
            self.cost[entries, jurors] -= rule.price
            self.offset += rule.price * len(entries)

    def _kept(self, n: int, rule: Rule) -> None:
        self._forced(n, rule)
        if rule.most is not None:
            self.stay = rule

    def _forbidden(self, n: int, rule: Rule) -> None:
        right = np.ones((self.entries, self.jurors), dtype=bool)
        right[self.indices(rule.pairs)] = False
        self._seats(n, rule, right)


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
