"""Plans to start from: one candidate after the other takes what is left. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from corridor.domain.placement.model import PlacementModel

Cost = Any  # whatever can be compared: a number, a tuple of numbers
MayMove = Callable[[int, int], bool]  # (from this option, to that one)


class Room:
    """What the rows of a model leave beside the options taken so far."""

    def __init__(self, model: PlacementModel) -> None:
        self.left, self.uses = [row.upper for row in model.rows], model.uses

    def fits(self, index: int) -> bool:
        """Whether every row has room left for the option (by its place in `options`)."""
        return all(self.left[number] >= weight for number, weight in self.uses[index])

    def take(self, index: int, sign: int = 1) -> None:
        """Takes the option's weights from the rows' room; with `sign` -1 gives them back."""
        for number, weight in self.uses[index]:
            self.left[number] -= sign * weight


def first_plan(model: PlacementModel, costs: Sequence[Cost], turns: Sequence[str] | None = None) -> np.ndarray:
    """0 or 1 per option: each candidate in turn (the order of the options unless said)
    takes its cheapest option that fits."""
    taken = np.zeros(len(model.options), dtype=np.int64)
    room = Room(model)
    for candidate in model.of_candidate if turns is None else turns:
        fitting = [index for index in model.still(candidate) if room.fits(index)]
        if fitting:
            index = min(fitting, key=lambda one: (costs[one], one))
            taken[index] = 1
            room.take(index)
    return taken


def fill(model: PlacementModel, taken: np.ndarray, costs: Sequence[Cost]) -> list[int]:
    """The options, cheapest first for each candidate in turn,
    that those without a place can take beside `taken`; none is left."""
    room, added = Room(model), []
    for one in np.flatnonzero(taken):
        room.take(int(one))
    placed = set(model.candidates_of(np.flatnonzero(taken)))
    for candidate, indexes in model.of_candidate.items():
        fitting = [] if candidate in placed else [index for index in indexes if room.fits(index)]
        if fitting:
            index = min(fitting, key=lambda one: (costs[one], one))
            room.take(index)
            added.append(index)
    return added


def settled(model: PlacementModel, taken: np.ndarray, costs: Sequence[Cost], may_move: MayMove) -> np.ndarray:
    """Everybody placed or not takes the cheapest option that the others leave and that `may_move` allows,
    until nobody gains."""
    found = taken.copy()
    while True:
        moved = _moved(model, found, costs, may_move)
        added = fill(model, found, costs)
        found[added] = 1
        if not moved and not added:
            return found


def _moved(model: PlacementModel, found: np.ndarray, costs: Sequence[Cost], may_move: MayMove) -> bool:
    """Moves each stay once, in place; whether one moved."""
    room, moved = Room(model), False
    for one in np.flatnonzero(found):
        room.take(int(one))
    for index in [int(one) for one in np.flatnonzero(found)]:
        room.take(index, -1)
        options = model.of_candidate[model.options[index].candidate]
        cheaper = [other for other in options if costs[other] < costs[index] and may_move(index, other)]
        best = min((other for other in cheaper if room.fits(other)), key=lambda other: costs[other], default=index)
        room.take(best)
        if best != index:
            found[index], found[best], moved = 0, 1, True
    return moved
