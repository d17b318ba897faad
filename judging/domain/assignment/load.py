"""What a juror's load costs: limits and evenness, as steps of rising price,
so that loads stay a flow through a network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from judging.domain.assignment.data import Juror, Problem, Rule

STEPS = 10  # the n-th step away from the even load counts n, up to this
SPREAD = 100  # while relaxations are sought, a unit's price: the sum of units decides first, an even spread after that


@dataclass(frozen=True)
class Step:
    """So many entries in a row at this price each. `must`: they have to be there; `barred`: they can't be."""

    size: int
    price: int
    must: bool = False
    barred: bool = False


@dataclass(frozen=True)
class Loads:
    """The steps of each juror, and what they all pay before their first entry."""

    steps: tuple[tuple[Step, ...], ...]
    offset: int


def even_load(problem: Problem) -> int:
    """The smallest load that, given to every juror up to their own limit, fills all seats."""
    demand = sum(entry.demand for entry in problem.entries)
    most = np.array([juror.load_max for juror in problem.jurors])
    level, top = 0, int(most.max(initial=0))
    while level < top and int(np.minimum(most, level).sum()) < demand:
        level += 1
    return level


def loads_of(problem: Problem, spread: bool = False) -> Loads:
    """What each further entry costs each juror, in the rules' prices, and what all loads cost before anybody has one.
    `spread`: of equal plans the one with the more even loads."""
    rules = {rule.kind: rule for rule in problem.rules}
    level = even_load(problem) if "even" in rules else 0
    steps, offset = [], 0
    for juror in problem.jurors:
        found, zero = _juror(juror, len(problem.entries), rules, level, spread)
        steps.append(found)
        offset += zero
    return Loads(tuple(steps), offset)


def _juror(
    juror: Juror, entries: int, rules: dict[str, Rule], level: int, spread: bool
) -> tuple[tuple[Step, ...], int]:
    least, most = rules.get("load_min", Rule("load_min")), rules.get("load_max", Rule("load_max"))
    low = max(0, juror.load_min - dict(least.spared).get(juror.code, 0))
    high = juror.load_max + dict(most.spared).get(juror.code, 0)
    count = np.arange(1, max(entries, low) + 1)
    under, over = np.maximum(0, low - count + 1), np.maximum(0, count - high)
    below = _units(least.price, under, spread)
    price = _units(most.price, over, spread) - below
    zero = int(below.sum())
    if "even" in rules:
        even = rules["even"].price or 0
        lacking = even * np.minimum(STEPS, np.maximum(0, min(juror.load_max, level - 1) - count + 1))
        price += even * np.minimum(STEPS, np.maximum(0, count - level)) - lacking
        zero += int(lacking.sum())
    must = (under > 0) & (least.price is None)
    barred = (over > 0) & (most.price is None)
    change = (np.diff(price) != 0) | np.diff(must) | np.diff(barred)
    edges = [0, *(np.flatnonzero(change) + 1).tolist(), len(count)]
    steps = tuple(
        Step(b - a, int(price[a]), bool(must[a]), bool(barred[a]))
        for a, b in zip(edges, edges[1:], strict=False)
        if b > a
    )
    return steps, zero


def _units(price: int | None, nth: np.ndarray, spread: bool) -> np.ndarray:
    """The price of a step that is the n-th unit over (or under) a limit;
    0 where it is none, or where the limit is hard."""
    if price is None:
        return np.zeros(len(nth), dtype=np.int64)
    return price * (nth > 0) * (SPREAD + np.minimum(STEPS, nth) if spread else 1)
