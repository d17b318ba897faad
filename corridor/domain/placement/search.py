"""When one solve of everything does not end in time: the plan is opened a few incubators
at a time and solved there. Pure.

Incubators that the same candidates wish lie close together. Opening such a group gives back its desks; whoever stays
elsewhere keeps that place or comes here. Each part is small enough to be solved to its end, so every round is as good
as the one before or better. It proves nothing: the bound comes from the solve of everything.
"""

import random
import time
from collections.abc import Callable, Sequence

import numpy as np

from corridor.domain.placement.model import PlacementModel

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
    """A plan at least as good as `taken`, found in `seconds`;
    ends early when it reaches `bound` (in the weights' sum)."""
    began = time.perf_counter()
    draw = random.Random(model.seed)
    near = Neighbours(model)
    best, value = taken, _sum(weights, taken)
    group = float(FIRST_GROUP)
    turns: list[str] = []
    while (left := seconds - (time.perf_counter() - began)) > 0 and value < np.floor(bound + 1e-6):
        if not turns:
            turns = near.codes
            draw.shuffle(turns)
        opened = near.group([turns.pop()], round(group), draw)
        part_began = time.perf_counter()
        found = solve_part(model, weights, best, opened, min(left, PART_SECONDS))
        spent = time.perf_counter() - part_began
        group = min(group * 1.1, len(near.shared)) if spent < PART_SECONDS / 4 else max(group * 0.8, 2.0)
        if found is not None and (sum_found := _sum(weights, found)) >= value:
            best, value = found, sum_found
        if tell:
            tell(value)
    return best


def _sum(weights: dict[int, int], taken: np.ndarray) -> int:
    return sum(weights.get(int(index), 0) for index in np.flatnonzero(taken))


class Neighbours:
    """Incubators and how many candidates wish both of two of them."""

    def __init__(self, model: PlacementModel) -> None:
        self.shared: dict[str, dict[str, int]] = {}
        for indexes in model.of_candidate.values():
            hosts = {model.options[index].incubator for index in indexes}
            for one in hosts:
                shared = self.shared.setdefault(one, {})
                for other in hosts - {one}:
                    shared[other] = shared.get(other, 0) + 1

    @property
    def codes(self) -> list[str]:
        """The incubators to which any candidate may go, in one order."""
        return sorted(self.shared)

    def group(self, firsts: Sequence[str], size: int, draw: random.Random) -> set[str]:
        """Incubators around the first ones, the closer the likelier."""
        group, edge = set(firsts), dict[str, int]()
        chosen = list(firsts)
        while True:
            for one in chosen:
                for other, shared in self.shared[one].items():
                    if other not in group:
                        edge[other] = edge.get(other, 0) + shared
            if not edge or len(group) >= size:
                return group
            names = sorted(edge)
            chosen = draw.choices(names, [edge[name] for name in names])
            group.update(chosen)
            del edge[chosen[0]]


def solve_part(
    model: PlacementModel, weights: dict[int, int], taken: np.ndarray, opened: set[str], seconds: float
) -> np.ndarray | None:
    """The best plan in which only options of the incubators in `opened` may differ from `taken` (0 or 1 by option),
    within so many `seconds`. None when none was found in time."""
    before = model.open
    part = np.array([option.incubator in opened for option in model.options])
    model.open = before & (part | (taken > 0))
    try:
        return model.highest(weights, taken, seconds=seconds).taken
    finally:
        model.open = before
