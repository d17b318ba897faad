"""Improves a placement level by level and proves each level. Pure.

Many small aims (one per rank) are not solved one by one: those that the plan in hand already meets as well as any plan can
are simply kept, and the next ones are merged into one sum in which an earlier aim outweighs all later ones together.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from corridor.domain.placement_aims import Aim
from corridor.domain.placement_model import Balance, PlacementModel, Row, Run

HEAVIEST = 200_000  # an aim's weight in a merged sum stays far from the 15 digits of a float and HiGHS's tolerances
LOT_SECONDS = 5.0  # for what decides between equals only
Progress = Callable[[float, str, float, float], None]  # (seconds since the start, level, incumbent, bound)


@dataclass(frozen=True)
class Step:
    """One aim: `value` was reached, nothing beyond `bound` is possible; proven when they are equal."""

    rank: int
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        return self.value == self.bound


@dataclass(frozen=True)
class Level:
    """A level and its steps, one per rank or one for all (rank 0). `time_limit` is what a level may take, in seconds."""

    name: str
    steps: tuple[Step, ...]
    seconds: float = 0.0
    time_limit: float = 0.0
    maximise: bool = True

    @property
    def value(self) -> int:
        return sum(step.value for step in self._told)

    @property
    def bound(self) -> int:
        return sum(step.bound for step in self._told)

    @property
    def _told(self) -> tuple[Step, ...]:
        """A sum over everybody says it all; the ranks behind it only decide between equals."""
        return self.steps[:1] if self.steps and self.steps[0].rank == 0 else self.steps

    @property
    def proven(self) -> bool:
        return all(step.proven for step in self.steps)


@dataclass
class Clock:
    """How long everything, and one level, may take."""

    total: float
    level: float
    began: float = field(default_factory=time.perf_counter)
    level_began: float = 0.0
    level_most: float = 0.0

    @property
    def spent(self) -> float:
        return time.perf_counter() - self.began

    def start_level(self, name: str) -> None:
        self.level_began = self.spent
        self.level_most = min(self.level, LOT_SECONDS) if name == "lot" else self.level

    @property
    def level_limit(self) -> float:
        return max(0.0, min(self.level_most, self.total - self.level_began))

    @property
    def left(self) -> float:
        return max(0.0, self.level_began + self.level_limit - self.spent)


class Ladder:
    """The plan in hand, and what it may no longer give up."""

    def __init__(self, model: PlacementModel, clock: Clock, progress: Progress | None = None) -> None:
        self.model, self.clock, self.progress = model, clock, progress
        self.taken = np.zeros(len(model.options), dtype=np.int64)

    def climb(self, name: str, aims: Sequence[Aim]) -> Level:
        """Brings a level as far as it goes within its time and holds it for all later ones."""
        self.clock.start_level(name)
        steps: list[Step] = []
        queue = list(aims)
        while queue:
            kept = self._kept(queue[0])
            if kept is not None:
                steps.append(kept)
                del queue[0]
                continue
            batch = self._batch(queue)
            steps += self._improve(batch, steps, queue[len(batch) :])
            del queue[: len(batch)]
        level = Level(
            name,
            tuple(steps),
            self.clock.spent - self.clock.level_began,
            self.clock.level_most,
            not aims or aims[0].maximise,
        )
        self._tell(name, level.value, level.bound)
        return level

    def _kept(self, aim: Aim) -> Step | None:
        """The step of an aim that the plan in hand meets as well as any plan can, or that there is no time to work on."""
        value, bound = aim.value(self.taken), self.plain_bound(aim)
        if value != bound and self.clock.left > 0:
            return None
        self._hold(aim, value)
        return Step(aim.rank, value, bound)

    def plain_bound(self, aim: Aim) -> int:
        """What no plan can pass, seen without solving: every candidate at the best of its options that are still open."""
        if aim.cities:
            return sum(self._least_imbalance(city.base, dict(city.effects)) for city in aim.cities)
        total = 0
        for candidate in self._concerned(aim):
            weights = [aim.weights.get(index, 0) for index in self.model.still(candidate)]
            if candidate not in self.model.must:
                weights.append(0)
            total += max(weights, default=0) if aim.maximise else min(weights, default=0)
        return total

    def _least_imbalance(self, base: int, effects: dict[int, int]) -> int:
        low = high = base
        for candidate in {self.model.options[index].candidate for index in effects}:
            signs = [effects.get(index, 0) for index in self.model.still(candidate)]
            if candidate not in self.model.must:
                signs.append(0)
            low, high = low + min(signs, default=0), high + max(signs, default=0)
        return max(low, -high, 0)

    def _concerned(self, aim: Aim) -> list[str]:
        return list(dict.fromkeys(self.model.options[index].candidate for index in aim.weights))

    def _batch(self, queue: Sequence[Aim]) -> list[tuple[Aim, dict[int, int], int]]:
        """The next aims that fit in one sum: (aim, its weights in small numbers, how many values these can sum to)."""
        batch: list = []
        heaviest = 1
        for aim in queue:
            weights, size = self._small(aim)
            if batch and (aim.cities or heaviest * size > HEAVIEST):
                break
            heaviest *= size
            batch.append((aim, weights, size))
            if aim.cities:
                break
        return batch

    def _small(self, aim: Aim) -> tuple[dict[int, int], int]:
        """Weights in smaller numbers that order plans alike, higher is better; and how many values their sum can take.

        For a single candidate only the order of its options counts, from being left out up or down. For several, sums do.
        """
        sign = 1 if aim.maximise else -1
        values_of: dict[str, set[int]] = {}
        for candidate in self._concerned(aim):
            values_of[candidate] = {sign * aim.weights.get(index, 0) for index in self.model.still(candidate)}
            if candidate not in self.model.must:
                values_of[candidate].add(0)
        if len(values_of) != 1:
            spread = sum(max(values, default=0) - min(values, default=0) for values in values_of.values())
            return {index: sign * weight for index, weight in aim.weights.items()}, spread + 1
        candidate, values = next(iter(values_of.items()))
        order = {value: number for number, value in enumerate(sorted(values))}
        left_out = order.get(0, 0)
        weights = {index: order[sign * aim.weights.get(index, 0)] - left_out for index in self.model.still(candidate)}
        return {index: weight for index, weight in weights.items() if weight}, len(order)

    def _improve(self, batch, steps: list[Step], rest: Sequence[Aim]) -> list[Step]:
        """Solves a merged sum, holds what it reached, and returns the steps."""
        first: Aim = batch[0][0]
        if first.cities:
            return [self._improve_balance(first)]
        multipliers, product = [], 1
        for _aim, _weights, size in reversed(batch):
            multipliers.append(product)
            product *= size
        multipliers.reverse()
        total: dict[int, int] = {}
        for (_aim, weights, _size), multiplier in zip(batch, multipliers, strict=True):
            for index, weight in weights.items():
                total[index] = total.get(index, 0) + multiplier * weight
        watch = self._watch(first) if len(batch) == 1 else None
        run = self.model.highest(total, self.taken, seconds=self.clock.left, watch=watch)
        self._keep_better(run, lambda taken: sum(weight for index, weight in total.items() if taken[index]))
        found = []
        for aim, _weights, _size in batch:
            value = aim.value(self.taken)
            bound = value if run.is_optimal else self._bound_of(aim, value, run, batch)
            self._hold(aim, value)
            found.append(Step(aim.rank, value, bound))
        self._tell_part(first, [*steps, *found], rest)
        return found

    def _bound_of(self, aim: Aim, value: int, run: Run, batch) -> int:
        """After a time limit: HiGHS's bound for an aim that stood alone, else the plain one."""
        plain = self.plain_bound(aim)
        if len(batch) > 1 or not np.isfinite(run.bound) or len(self._concerned(aim)) == 1:
            return plain
        if aim.maximise:
            return max(value, min(plain, int(np.floor(run.bound + 1e-6))))
        return min(value, max(plain, int(np.ceil(-run.bound - 1e-6))))

    def _improve_balance(self, aim: Aim) -> Step:
        run = self.model.highest(
            {}, self.taken, seconds=self.clock.left, balance=Balance(aim.cities), watch=self._watch(aim)
        )
        self._keep_better(run, lambda taken: -aim.value(taken))
        value, plain = aim.value(self.taken), self.plain_bound(aim)
        bound = value if run.is_optimal else plain
        if not run.is_optimal and np.isfinite(run.bound):
            bound = min(value, max(plain, int(np.ceil(-run.bound - 1e-6))))
        self._hold(aim, value)
        return Step(aim.rank, value, bound)

    def _keep_better(self, run: Run, worth: Callable[[np.ndarray], int]) -> None:
        if run.taken is not None and worth(run.taken) >= worth(self.taken):
            self.taken = run.taken

    def _hold(self, aim: Aim, value: int) -> None:
        """What an aim reached is not given up by a later one."""
        if aim.cities:
            self.model.balance = Balance(aim.cities, value)
            return
        concerned = self._concerned(aim)
        if len(concerned) == 1:
            self._hold_one(aim, concerned[0], value)
            return
        if not concerned:
            return
        if aim.name == "placed" and aim.maximise and value == len(concerned):
            self.model.must |= set(concerned)
        elif aim.name == "placed" and aim.maximise and value == 0:
            self.model.close(aim.weights)
        elif aim.maximise:
            self.model.add(Row(aim.weights, float("inf"), float(value)))
        else:
            self.model.add(Row(aim.weights, float(value)))

    def _hold_one(self, aim: Aim, candidate: str, value: int) -> None:
        """A single candidate keeps only the options that are as good; being left out weighs nothing."""
        self.model.close(
            [
                index
                for index in self.model.still(candidate)
                if (aim.weights.get(index, 0) < value if aim.maximise else aim.weights.get(index, 0) > value)
            ]
        )
        if aim.maximise and value > 0:
            self.model.must.add(candidate)  # who drew a lot keeps a place, or a later level could give it away
        elif aim.maximise and value == 0 and aim.name in ("placed", "lot"):
            self.model.close(self.model.still(candidate))

    def _watch(self, aim: Aim):
        if self.progress is None:
            return None
        sign = 1 if aim.maximise and not aim.cities else -1
        return lambda _seconds, incumbent, bound: self._tell(aim.name, sign * incumbent, sign * bound)

    def _tell_part(self, aim: Aim, steps: Sequence[Step], rest: Sequence[Aim]) -> None:
        if self.progress is not None and aim.rank:
            value = sum(step.value for step in steps if step.rank) + sum(one.value(self.taken) for one in rest)
            bound = sum(step.bound for step in steps if step.rank) + sum(self.plain_bound(one) for one in rest)
            self._tell(aim.name, value, bound)

    def _tell(self, name: str, incumbent: float, bound: float) -> None:
        if self.progress is not None:
            self.progress(round(self.clock.spent, 3), name, incumbent, bound)
