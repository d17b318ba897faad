"""Who has a place, rank by rank: the first level of the rule rank_first. Pure.

The plan in hand is first filled up (everybody in it keeps a place), so that few ranks are left to ask about. Then, best
rank first: the linear relaxation says whether more of the rank can be placed at all; if so, a few incubators around its
wishes are opened, and if that does not do it, the whole. Whatever is found, those who lost a place by it are placed
again where they can be. Time may run out anywhere: the plan in hand is never worse, by the rule, than the one before.
"""

import random
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from corridor.domain.placement.aims import Aim
from corridor.domain.placement.relaxed import Relaxed
from corridor.domain.placement.search import Neighbours, search, solve_part
from corridor.domain.placement.steps import Step

if TYPE_CHECKING:
    from corridor.domain.placement.levels import Ladder

FILL_SHARE = 0.3  # of the level's time, to fill the first plan up
LAST_WORD = 0.02  # of the level's time, beyond its end, to say how many could be placed at most
GROUPS = (6, 16)  # incubators opened around a rank's wishes
PART_SECONDS = 2.0


class Ranks:
    """Places rank by rank on a ladder that stands on the level “placed”."""

    def __init__(self, ladder: "Ladder", aims: Sequence[Aim]) -> None:
        self.ladder, self.model, self.aims = ladder, ladder.model, aims
        self.near = Neighbours(self.model)
        self.draw = random.Random(self.model.seed)
        self.steps: list[Step] = []

    @cached_property
    def relaxed(self) -> Relaxed:
        """The same model with parts of places allowed: quick to solve, and never below the best whole plan."""
        return Relaxed(self.model)

    def climb(self) -> tuple[list[Step], int | None]:
        """One step per rank; and, when time ran out, how many no plan can place that keeps what was reached."""
        clock, aims = self.ladder.clock, self.aims
        self.fill_up(clock.left * FILL_SHARE)
        kept_back = clock.left * FILL_SHARE  # repairs lose some of those behind: time to place them again
        while len(self.steps) < len(aims) and clock.left > kept_back:
            self._next(kept_back)
            self.ladder.tell_part("placed", self.steps, aims[len(self.steps) :])
        rest = aims[len(self.steps) :]
        if not rest:
            return self.steps, None
        self.fill_up(clock.left * (1 - FILL_SHARE))
        most = self._most(rest, max(clock.left, clock.level_limit * LAST_WORD))
        for aim in rest:
            value = aim.value(self.ladder.taken)
            self.steps.append(self.ladder.hold(aim, value, self.ladder.plain_bound(aim)))
        decided = sum(step.bound for step in self.steps[: len(aims) - len(rest)])
        return self.steps, None if most is None else decided + most

    def _next(self, kept_back: float) -> None:
        """Decides the next rank; where parts of the whole do not do it, the next few in one sum."""
        ladder, number = self.ladder, len(self.steps)
        aim = self.aims[number]
        bound = ladder.plain_bound(aim)
        if aim.value(ladder.taken) < bound:
            most = self._most([aim], ladder.clock.left)
            bound = bound if most is None else min(bound, most)
        if aim.value(ladder.taken) < bound:
            self._repair(aim, bound)
        value = aim.value(ladder.taken)
        if value == bound:
            self.steps.append(ladder.hold(aim, value, bound))
        else:
            self.steps += ladder.improve(ladder.batch(self.aims[number:]), seconds=ladder.clock.left - kept_back)
            ladder.fill()

    def _most(self, aims: Sequence[Aim], seconds: float) -> int | None:
        """How many ranks `aims` can place at most beside what is held; None when time runs out."""
        weights = {index: weight for aim in aims for index, weight in aim.weights.items()}
        self.relaxed.follow()
        found = self.relaxed.most(weights, seconds)
        return int(found) if np.isfinite(found) else None

    def _undecided(self) -> dict[int, int]:
        """Everybody for whom nothing is held yet, each worth one."""
        return {
            index: 1
            for candidate in self.model.of_candidate
            if candidate not in self.model.must
            for index in self.model.still(candidate)
        }

    def _repair(self, aim: Aim, bound: int) -> None:
        """Opens a few incubators around the wishes of a rank:
        it comes first, then as few of the others as may be lose a place."""
        ladder = self.ladder
        weights = self._undecided()
        heavy = len({self.model.options[index].candidate for index in weights}) + 1
        weights |= dict.fromkeys(aim.weights, heavy)
        for size in GROUPS:
            hosts = sorted({self.model.options[index].incubator for index in aim.weights if self.model.open[index]})
            opened = self.near.group(hosts, size, self.draw)
            found = solve_part(self.model, weights, ladder.taken, opened, min(PART_SECONDS, ladder.clock.left))
            if found is not None and aim.value(found) > aim.value(ladder.taken):
                ladder.taken = found
            if aim.value(ladder.taken) >= bound or ladder.clock.left <= 0:
                break
        ladder.fill()

    def fill_up(self, seconds: float) -> None:
        """Places more, while everybody with a place keeps one."""
        ladder, model = self.ladder, self.model
        ladder.fill()
        until = ladder.clock.spent + seconds
        placed = model.candidates_of(np.flatnonzero(ladder.taken))
        weights = self._undecided()
        weights = {index: weight for index, weight in weights.items() if model.options[index].candidate not in placed}
        if not weights or seconds <= 0:
            return
        before, model.must = model.must, model.must | set(placed)
        try:
            run = model.highest(weights, ladder.taken, seconds=seconds / 2, watch=ladder.beat())
            if run.taken is not None and sum(run.taken) >= sum(ladder.taken):
                ladder.taken = run.taken
            left = until - ladder.clock.spent
            if not run.is_optimal and left > 0:
                bound = run.bound if np.isfinite(run.bound) else float(len(weights))
                ladder.taken = search(model, weights, ladder.taken, seconds=left, bound=bound)
        finally:
            model.must = before
        ladder.fill()
