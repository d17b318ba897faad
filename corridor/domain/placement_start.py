"""Plans to start from: one candidate after the other takes what is left. Pure."""

from collections.abc import Sequence

import numpy as np

from corridor.domain.placement_model import PlacementModel, Row


class Room:
    """What the rows of a model leave beside the options taken so far."""

    def __init__(self, model: PlacementModel) -> None:
        rows: list[Row] = [row for row in model.rows if row.upper < float("inf")]
        self.left = [row.upper for row in rows]
        self.uses: list[list[tuple[int, int]]] = [[] for _option in model.options]
        for number, row in enumerate(rows):
            for index, weight in row.weights.items():
                self.uses[index].append((number, weight))

    def fits(self, index: int) -> bool:
        return all(self.left[number] >= weight for number, weight in self.uses[index])

    def take(self, index: int, sign: int = 1) -> None:
        for number, weight in self.uses[index]:
            self.left[number] -= sign * weight


def first_plan(model: PlacementModel, costs: Sequence[int], turns: Sequence[str] | None = None) -> np.ndarray:
    """0 or 1 per option: each candidate in turn (the order of the options unless said) takes its cheapest option that fits."""
    taken = np.zeros(len(model.options), dtype=np.int64)
    room = Room(model)
    for candidate in model.of_candidate if turns is None else turns:
        fitting = [index for index in model.still(candidate) if room.fits(index)]
        if fitting:
            index = min(fitting, key=lambda one: (costs[one], one))
            taken[index] = 1
            room.take(index)
    return taken


def starts_early(model: PlacementModel, taken: np.ndarray) -> np.ndarray:
    """The same stays, each moved to the earliest start that the others leave, until none moves."""
    found, room = taken.copy(), Room(model)
    for one in np.flatnonzero(found):
        room.take(int(one))
    moved = True
    while moved:
        moved = False
        for index in [int(one) for one in np.flatnonzero(found)]:
            option = model.options[index]
            room.take(index, -1)
            earlier = [
                other
                for other in model.of_candidate[option.candidate]
                if model.options[other].incubator == option.incubator and room.fits(other)
            ]
            best = min(earlier, key=lambda one: model.options[one].number)
            room.take(best)
            if best != index:
                found[index], found[best], moved = 0, 1, True
    return found
