"""What a juror's load costs: limits and evenness, as steps of rising price,
so that loads stay a flow through a network."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from judging.domain.assignment.data import Problem, all_rules
from judging.domain.assignment.kinds import kind_of

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
    return bisect_left(range(int(most.max(initial=0))), demand, key=lambda level: int(np.minimum(most, level).sum()))


def steps_away(n: np.ndarray) -> np.ndarray:
    """1 + 2 + … + n of each, no step counting more than STEPS."""
    low = np.minimum(n, STEPS)
    found: np.ndarray = low * (low + 1) // 2 + np.maximum(0, n - STEPS) * STEPS
    return found


def loads_of(problem: Problem, spread: bool = False) -> Loads:
    """What each further entry costs each juror, in the rules' prices, and what all loads cost before anybody has one.
    `spread`: of equal plans the one with the more even loads."""
    rules = [(rule, kind_of(rule), dict(rule.spared)) for _n, rule in all_rules(problem)]
    rules = [one for one in rules if one[1].is_by_load]
    level = even_load(problem)
    steps, offset = [], 0
    for juror in problem.jurors:
        loads = np.arange(max(len(problem.entries), juror.load_min) + 1)
        found = [
            (rule.price, np.maximum(0, kind.off(juror, loads, level) - spared.get(juror.code, 0)))
            for rule, kind, spared in rules
        ]
        of_juror, zero = _juror(found, len(loads) - 1, spread)
        steps.append(of_juror)
        offset += zero
    return Loads(tuple(steps), offset)


def _juror(rules: list[tuple[int | None, np.ndarray]], entries: int, spread: bool) -> tuple[tuple[Step, ...], int]:
    """The steps of one juror, and what having no entry costs, of (price, units by which each load breaks it)."""
    price, zero = np.zeros(entries, dtype=np.int64), 0
    must, barred = np.zeros(entries, dtype=bool), np.zeros(entries, dtype=bool)
    for each, units in rules:
        step = np.diff(units)
        if each is None:
            must |= step < 0
            barred |= step > 0
        elif each:
            change = each * step
            if spread:
                change *= SPREAD + np.minimum(STEPS, np.maximum(units[1:], units[:-1]))
            price += change
            zero -= int(np.minimum(0, change).sum())
    change = (np.diff(price) != 0) | np.diff(must) | np.diff(barred)
    edges = [0, *(np.flatnonzero(change) + 1).tolist(), entries]
    steps = tuple(
        Step(b - a, int(price[a]), bool(must[a]), bool(barred[a]))
        for a, b in zip(edges, edges[1:], strict=False)
        if b > a
    )
    return steps, zero
