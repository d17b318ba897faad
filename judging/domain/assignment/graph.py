"""The comparison graph: jurors are linked where they share an entry.
Only within one part can severity be told from quality.

Mending exchanges two jurors between parts, or moves a seat, where that costs least, until one part is left. Every
exchange is counted in full: what it changes at an entry depends on that entry alone, so the cheapest is the least over
pairs of such changes.
"""

import heapq
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from judging.domain.assignment.data import Entry, Exchange, Graph, Juror, Pair, Problem, all_rules
from judging.domain.assignment.kinds import RuleKind, kind_of
from judging.domain.assignment.load import even_load
from judging.domain.assignment.result import Seats

TRIES = 200  # exchanges looked at, cheapest first, for one that joins two parts
MOST_SEATS = 40_000  # (seat, other juror) looked at on each side; on a larger jury, those of a sample of seats
MOST_PARTS = 6  # the smallest parts are joined first, so many being looked at together


def parts_of(pairs: Iterable[Pair]) -> list[set[str]]:
    """Codes of jurors in groups that share entries, the largest group first."""
    root: dict[tuple[str, str], tuple[str, str]] = {}

    def find(node: tuple[str, str]) -> tuple[str, str]:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    pairs = sorted(pairs)
    for entry, juror in pairs:
        root[find(("entry", entry))] = find(("juror", juror))
    found: dict[tuple[str, str], set[str]] = {}
    for _entry, juror in pairs:
        found.setdefault(find(("juror", juror)), set()).add(juror)
    return sorted(found.values(), key=lambda part: (-len(part), min(part)))


def graph_of(pairs: Iterable[Pair]) -> Graph:
    """The comparison graph of a plan: its connected parts, and how many there are."""
    parts = parts_of(pairs)
    return Graph(tuple(tuple(sorted(part)) for part in parts), len(parts))


def mend(problem: Problem, pairs: frozenset[Pair]) -> tuple[frozenset[Pair], Graph]:
    """The plan with its parts joined as far as no hard rule forbids it, and what that cost."""
    before = parts_of(pairs)
    parts, exchanges = before, []
    while len(parts) > 1 and (found := _best(problem, pairs, parts)):
        pairs = pairs - set(found.removed) | set(found.added)
        exchanges.append(found)
        parts = parts_of(pairs)
    codes = tuple(tuple(sorted(part)) for part in parts)
    return pairs, Graph(codes, len(before), tuple(exchanges), sum(step.price for step in exchanges))


class Prices:
    """What it costs to put one juror in another's place at an entry, or to shift a load;
    None where a hard rule forbids it."""

    def __init__(self, problem: Problem, pairs: frozenset[Pair]) -> None:
        self.problem, self.pairs = problem, pairs
        self.entries = {entry.code: entry for entry in problem.entries}
        self.seats = Seats(problem, pairs)
        rules = [(rule, kind_of(rule), dict(rule.spared)) for _n, rule in all_rules(problem)]
        # How many jurors an entry has, an exchange leaves as it is.
        self.by_entry = [one for one in rules if one[1].is_by_entry and not one[1].is_number]
        self.by_load = [one for one in rules if one[1].is_by_load]
        self.by_pairs = [(set(rule.pairs), rule, kind.wants) for rule, kind, _spared in rules if kind.wants]
        self.level = even_load(problem)
        self._off: dict[tuple[int, str], list[int]] = {}

    def instead(self, entry: Entry, old: Juror, new: Juror) -> int | None:
        """The change of price when `new` sits on the entry in the place of `old`."""
        was, will = (entry.code, old.code), (entry.code, new.code)
        if will in self.pairs or will in self.problem.conflicts:
            return None
        price = 0
        for pairs, rule, wants in self.by_pairs:
            change = wants * ((was in pairs) - (will in pairs))
            if change > 0 and (rule.price is None or rule.most is not None):
                return None
            price += change * (rule.price or 0)
        now = self.seats.of[entry.code]
        then = [juror for juror in now if juror is not old] + [new]
        for rule, kind, spared in self.by_entry:
            less = spared.get(entry.code, 0)
            before, after = (max(0, kind.missing(rule, self.seats, entry, jurors) - less) for jurors in (now, then))
            if rule.price is None and after > before:
                return None
            price += (after - before) * (rule.price or 0)
        return price

    def shift(self, juror: Juror, by: int) -> int | None:
        """The change of price when the juror has one entry more (`by` 1) or less (−1)."""
        price = 0
        for n, (rule, kind, spared) in enumerate(self.by_load):
            off, less = self._around(n, kind, juror), spared.get(juror.code, 0)
            before, after = max(0, off[1] - less), max(0, off[1 + by] - less)
            if rule.price is None and after > before:
                return None
            price += (after - before) * (rule.price or 0)
        return price

    def _around(self, n: int, kind: RuleKind, juror: Juror) -> list[int]:
        """By how many units an entry less, the juror's load, and an entry more break the n-th rule by load."""
        found = self._off.get((n, juror.code))
        if found is None:
            load = self.seats.load[juror.code]
            loads = np.array([load - 1, load, load + 1])
            found = self._off[n, juror.code] = kind.off(juror, loads, self.level).tolist()
        return found


def _best(problem: Problem, pairs: frozenset[Pair], parts: list[set[str]]) -> Exchange | None:
    """The cheapest exchange or move that leaves fewer parts:
    between the smallest part and the rest, then the next one."""
    prices = Prices(problem, pairs)
    found = []
    for part in parts[:0:-1][:MOST_PARTS]:
        for step in islice(_steps(prices, part), TRIES):
            after = pairs - set(step.removed) | set(step.added)
            if len(parts_of(after)) < len(parts):
                found.append(step)
                break
    return min(found, key=lambda step: (step.price, step.removed), default=None)


def _steps(prices: Prices, part: set[str]) -> Iterator[Exchange]:
    """Exchanges and moves between a part and the rest, in rising price."""
    jurors = prices.seats.jurors
    # An entry with a single juror links nobody.
    shared = sorted((e, j) for e, j in prices.pairs if len(prices.seats.of[e]) > 1)
    there = {e for e, j in shared if j in part}
    others = sorted(code for code in jurors if code not in part)
    out = _changes(prices, [pair for pair in shared if pair[0] in there], others)
    back = _changes(prices, [pair for pair in shared if pair[0] not in there], sorted(part))
    back = {(b, a): found for (a, b), found in back.items()}
    streams = [_exchanges(a, b, sorted(out[a, b]), sorted(back[a, b])) for a, b in sorted(out.keys() & back.keys())]
    streams += [_moves(prices, jurors[a], jurors[b], sorted(found)) for (a, b), found in sorted(out.items())]
    streams += [_moves(prices, jurors[b], jurors[a], sorted(found)) for (a, b), found in sorted(back.items())]
    return heapq.merge(*streams, key=lambda step: step.price)


def _changes(prices: Prices, seats: list[Pair], others: list[str]) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """By (juror who sits there, juror who could instead): what that would cost, and at which entry."""
    entries, jurors = prices.entries, prices.seats.jurors
    every = 1 + len(seats) * len(others) // MOST_SEATS
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for e, j in seats[::every]:
        for other in others:
            if (price := prices.instead(entries[e], jurors[j], jurors[other])) is not None:
                found.setdefault((j, other), []).append((price, e))
    return found


def _exchanges(a: str, b: str, out: list[tuple[int, str]], back: list[tuple[int, str]]) -> Iterator[Exchange]:
    """Juror a leaves e for b, who leaves f for a; the 30 cheapest of each side, in rising price."""
    sums = sorted((p + q, e, f) for p, e in out[:30] for q, f in back[:30])
    for price, e, f in sums:
        yield Exchange(((e, a), (f, b)), ((e, b), (f, a)), price)


def _moves(prices: Prices, old: Juror, new: Juror, at: list[tuple[int, str]]) -> Iterator[Exchange]:
    less, more = prices.shift(old, -1), prices.shift(new, +1)
    if less is None or more is None:
        return
    for price, e in at:
        yield Exchange(((e, old.code),), ((e, new.code),), price + less + more)
