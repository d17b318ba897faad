"""When one solve of everything does not end in time: the plan is opened a few incubators at a time and solved there. Pure.

Incubators that the same candidates wish lie close together. Opening such a group gives back its desks; whoever stays
elsewhere keeps that place or comes here. Each part is small enough to be solved to its end, so every round is as good as
the one before or better. It proves nothing: the bound comes from the solve of everything.
"""

import random
import time
from collections.abc import Callable

import numpy as np

from corridor.domain.placement_model import PlacementModel

FIRST_GROUP = 12  # incubators opened at once; more when parts are solved fast, fewer when they are not
PART_SECONDS = 4.0


def search(
    model: PlacementModel,
    weights: dict[int, int],
    taken: np.ndarray,
    *,
    seconds: float,
    bound: float,
    tell: Callable[[int], None] | None = None,
) -> np.ndarray:
    """A plan at least as good as `taken`, found in `seconds`; ends early when it reaches `bound` (in the weights' sum)."""
    began = time.perf_counter()
    draw = random.Random(model.seed)
    near = _neighbours(model)
    best, value = taken, _sum(weights, taken)
    group = float(FIRST_GROUP)
    turns: list[str] = []
    while (left := seconds - (time.perf_counter() - began)) > 0 and value < np.floor(bound + 1e-6):
        if not turns:
            turns = sorted(near)
            draw.shuffle(turns)
        opened = _group(near, turns.pop(), round(group), draw)
        part_began = time.perf_counter()
        found = _solve_part(model, weights, best, opened, min(left, PART_SECONDS))
        spent = time.perf_counter() - part_began
        group = min(group * 1.1, len(near)) if spent < PART_SECONDS / 4 else max(group * 0.8, 2.0)
        if found is not None and (sum_found := _sum(weights, found)) >= value:
            if sum_found > value and tell:
                tell(sum_found)
            best, value = found, sum_found
    return best


def _sum(weights: dict[int, int], taken: np.ndarray) -> int:
    return sum(weights.get(int(index), 0) for index in np.flatnonzero(taken))


def _neighbours(model: PlacementModel) -> dict[str, dict[str, int]]:
    """How many candidates wish both of two incubators."""
    near: dict[str, dict[str, int]] = {}
    for indexes in model.of_candidate.values():
        hosts = {model.options[index].incubator for index in indexes}
        for one in hosts:
            shared = near.setdefault(one, {})
            for other in hosts - {one}:
                shared[other] = shared.get(other, 0) + 1
    return near


def _group(near: dict[str, dict[str, int]], first: str, size: int, draw: random.Random) -> set[str]:
    """Incubators around a first one, the closer the likelier."""
    group, edge = {first}, dict(near[first])
    while edge and len(group) < size:
        names = sorted(edge)
        chosen = draw.choices(names, [edge[name] for name in names])[0]
        del edge[chosen]
        group.add(chosen)
        for other, shared in near[chosen].items():
            if other not in group:
                edge[other] = edge.get(other, 0) + shared
    return group


def _solve_part(
    model: PlacementModel, weights: dict[int, int], taken: np.ndarray, opened: set[str], seconds: float
) -> np.ndarray | None:
    before = model.open
    part = np.array([option.incubator in opened for option in model.options])
    model.open = before & (part | (taken > 0))
    try:
        return model.highest(weights, taken, seconds=seconds).taken
    finally:
        model.open = before
