"""Solves a placement under its rule: what is chosen, and how far that is proven. Pure."""

import time

from corridor.domain.placement.aims import levels_of
from corridor.domain.placement.clock import Clock, Limits
from corridor.domain.placement.levels import Ladder
from corridor.domain.placement.model import PlacementModel
from corridor.domain.placement.problem import Problem, options_of
from corridor.domain.placement.rules import rule_of
from corridor.domain.placement.solution import Solution
from corridor.domain.placement.steps import Progress


def solve(
    problem: Problem,
    *,
    seconds: float = 60.0,
    total: float | None = None,
    progress: Progress | None = None,
    last_level: str = "lot",
    clock: Clock | None = None,
) -> Solution:
    """The best plan under the problem's rule.

    `seconds` is the time given to each level, `total` to all of them; what is not proven by then is kept with its gap.
    `progress(seconds, level, incumbent, bound)` is called now and then, and at the end of each level; what it raises
    stops the work. `last_level` stops after that level. A `clock` of one's own counts for the rules that go level by
    level. Raises what the mapping of rules raises for one that nobody knows.
    """
    return rule_of(problem).solve(problem, Limits(seconds, total, progress, last_level, clock))


def solve_by_levels(problem: Problem, limits: Limits) -> Solution:
    """The best plan under a rule that goes level by level."""
    began = time.perf_counter()
    options = options_of(problem)
    whole = 4 * limits.seconds if limits.total is None else limits.total
    clock = limits.clock or Clock(whole, limits.seconds, began)
    ladder = Ladder(PlacementModel(problem, options), clock, limits.progress)
    for name, aims in levels_of(problem, options):
        ladder.climb(name, aims)
        if name == limits.last_level:
            break
    if not all(level.proven for level in ladder.levels):
        ladder.settle()
    chosen = [option for option, taken in zip(options, ladder.taken, strict=True) if taken]
    return Solution(
        chosen=tuple(sorted([*chosen, *problem.pinned], key=lambda one: one.candidate)),
        levels=ladder.levels,
        seconds=time.perf_counter() - began,
        time_limit=whole,
    )
