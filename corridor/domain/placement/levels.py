"""Improves a placement level by level and proves each level. Pure.

Whoever fits beside the plan in hand has a place in it, whenever time runs out.

Many small aims (one per rank) are not solved one by one: those that the plan in hand already meets as well as any plan
can are simply kept, and the next ones are merged into one sum in which an earlier aim outweighs all later ones
together.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from corridor.domain.placement.aims import Aim, imbalance
from corridor.domain.placement.clock import Clock
from corridor.domain.placement.model import INFINITE, Balance, PlacementModel, Row, Run
from corridor.domain.placement.ranks import Ranks
from corridor.domain.placement.start import fill, first_plan, settled
from corridor.domain.placement.steps import Level, Progress, Step

HEAVIEST = 200_000  # an aim's weight in a merged sum stays far from the 15 digits of a float and HiGHS's tolerances


class Ladder:
    """The plan in hand, and what it may no longer give up."""

    def __init__(self, model: PlacementModel, clock: Clock, progress: Progress | None = None) -> None:
        self.model, self.clock, self.progress = model, clock, progress
        self.costs = [one.number + 100 * one.distance for one in model.options]
        self.taken = first_plan(model, self.costs)
        self.climbed: list[tuple[Level, Sequence[Aim]]] = []
        self.said: tuple[str, float, float] | None = None  # level, value, bound

    @property
    def levels(self) -> tuple[Level, ...]:
        """Every level with what the plan in hand reaches: whoever found room after a level counts there too."""
        return tuple(
            replace(level, steps=tuple(self._now(aim, step) for aim, step in zip(aims, level.steps, strict=True)))
            for level, aims in self.climbed
        )

    def _now(self, aim: Aim, step: Step) -> Step:
        value = aim.value(self.taken)
        return replace(step, value=value, bound=max(value, step.bound) if aim.maximise else min(value, step.bound))

    def climb(self, name: str, aims: Sequence[Aim]) -> None:
        """Brings a level as far as it goes within its time and holds it for all later ones."""
        self.clock.start_level(name)
        if all(aim.rank for aim in aims):
            self.tell_part(name, [], aims)
        rank_by_rank = name == "placed" and all(aim.rank for aim in aims)
        most = None
        if rank_by_rank:
            steps, most = Ranks(self, aims).climb()
        else:
            steps = self._climb(name, aims)
        spent = self.clock.spent - self.clock.level_began
        level = Level(name, tuple(steps), spent, self.clock.level_most, not aims or aims[0].maximise, most)
        self.climbed.append((level, aims))
        self.fill()
        self._tell(name, level.value, level.bound)

    def _climb(self, name: str, aims: Sequence[Aim]) -> list[Step]:
        steps: list[Step] = []
        queue = list(aims)
        while queue:
            kept = self.kept(queue[0])
            if kept is not None:
                steps.append(kept)
                del queue[0]
                continue
            batch = self.batch(queue)
            steps += self.improve(batch, seconds=self.clock.left)
            del queue[: len(batch)]
            self.tell_part(name, steps, queue)
        return steps

    def fill(self) -> None:
        """Nobody stays without a place who fits beside the plan in hand; what is held already makes room for it."""
        added = fill(self.model, self.taken, self.costs)
        self.taken[added] = 1
        is_settled = any(level.name == "placed" for level, _aims in self.climbed)
        late = self.model.candidates_of(index for index in added if is_settled or not self.model.open[index])
        if not late:
            return
        self.model.held = [
            replace(
                row, upper=max(row.upper, sum(row.weights.get(int(index), 0) for index in np.flatnonzero(self.taken)))
            )
            for row in self.model.held
        ]
        if self.model.balance:
            cities, most = self.model.balance.cities, self.model.balance.most
            assert most is not None
            self.model.balance = Balance(cities, max(most, imbalance(cities, self.taken)))
        for candidate in late:
            self._admit(candidate)

    def _admit(self, candidate: str) -> None:
        """Holds for somebody who came in late what it reaches at the levels climbed so far."""
        self.model.must.add(candidate)
        self.model.open[self.model.of_candidate[candidate]] = True
        for _level, aims in self.climbed:
            for aim in aims:
                if not aim.cities and self._concerned(aim) == [candidate]:
                    self._hold_one(aim, candidate, aim.value(self.taken))

    def settle(self) -> None:
        """When time ran out: each stay takes a better wish, or an earlier start in the same house,
        that the others leave."""
        options = self.model.options
        costs = [(one.distance, one.wish, one.number) for one in options]
        first = [aims for level, aims in self.climbed[:1] if level.name == "changes"]
        stays = {index for aims in first for aim in aims for index in aim.weights}  # as published, before all else

        def may_move(this: int, that: int) -> bool:
            same_house = options[this].incubator == options[that].incubator
            return this not in stays and (same_house or costs[that][:2] < costs[this][:2])

        self.taken = settled(self.model, self.taken, costs, may_move)

    def kept(self, aim: Aim) -> Step | None:
        """The step of an aim that the plan in hand meets as well as any plan can,
        or that there is no time to work on."""
        value, bound = aim.value(self.taken), self.plain_bound(aim)
        if value != bound and self.clock.left > 0:
            return None
        return self.hold(aim, value, bound)

    def plain_bound(self, aim: Aim) -> int:
        """What no plan can pass, seen without solving: every candidate at the best of its
        options that are still open."""
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
        return self.model.candidates_of(aim.weights)

    def batch(self, queue: Sequence[Aim]) -> list[tuple[Aim, dict[int, int], int]]:
        """The next aims that fit in one sum: (aim, its weights in small numbers, how many values these can sum to)."""
        batch: list[Any] = []
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

        For a single candidate only the order of its options counts, from being left out up or down.
        For several, sums do.
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

    def improve(self, batch: Any, *, seconds: float) -> list[Step]:
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
        watch = self.beat() if first.rank else self._watch(first)
        run = self.model.highest(total, self.taken, seconds=seconds, watch=watch)
        self._keep_better(run, lambda taken: sum(weight for index, weight in total.items() if taken[index]))
        found = []
        for aim, _weights, _size in batch:
            value = aim.value(self.taken)
            bound = value if run.is_optimal else self._bound_of(aim, value, run, batch)
            found.append(self.hold(aim, value, bound))
        return found

    def _bound_of(self, aim: Aim, value: int, run: Run, batch: Any) -> int:
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
        return self.hold(aim, value, bound)

    def _keep_better(self, run: Run, worth: Callable[[np.ndarray], int]) -> None:
        """Only what is better: an equal plan may have dropped what no level has looked at yet."""
        if run.taken is not None and worth(run.taken) > worth(self.taken):
            self.taken = run.taken

    def hold(self, aim: Aim, value: int, bound: int) -> Step:
        """What an aim reached is not given up by a later one."""
        concerned = self._concerned(aim)
        if aim.cities:
            self.model.balance = Balance(aim.cities, value)
        elif len(concerned) == 1:
            self._hold_one(aim, concerned[0], value)
        elif aim.name == "placed" and aim.maximise and value == len(concerned):
            self.model.must |= set(concerned)
        elif aim.name == "placed" and aim.maximise and value == 0:
            self.model.close(aim.weights)
        elif concerned:
            self.model.hold(Row(aim.weights, INFINITE, value) if aim.maximise else Row(aim.weights, value))
        return Step(aim.rank, value, bound)

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

    def _watch(self, aim: Aim) -> Callable[[float, Any, float], None] | None:
        if self.progress is None:
            return None
        sign = 1 if aim.maximise and not aim.cities else -1
        return lambda _seconds, incumbent, bound: self._tell(aim.name, sign * incumbent, sign * bound)

    def beat(self) -> Callable[[float, float, float], None] | None:
        """While HiGHS works on a few ranks of many, or parts of them: what stands so far, and the time."""
        if self.progress is None or self.said is None:
            return None
        said = self.said
        return lambda _seconds, _incumbent, _bound: self._tell(*said)

    def tell_part(self, name: str, steps: Sequence[Step], rest: Sequence[Aim]) -> None:
        """Progress inside a level that goes rank by rank: what is reached, and what the rest has in hand."""
        if self.progress is not None and all(step.rank for step in steps):
            value = sum(step.value for step in steps) + sum(one.value(self.taken) for one in rest)
            bound = sum(step.bound for step in steps) + sum(self.plain_bound(one) for one in rest)
            self._tell(name, value, bound)

    def _tell(self, name: str, incumbent: float, bound: float) -> None:
        self.said = (name, incumbent, bound)
        if self.progress is not None:
            self.progress(round(self.clock.spent, 3), name, incumbent, bound)
