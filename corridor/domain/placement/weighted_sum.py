"""One weighted sum instead of the order: priority × points of the wish that is given. Pure."""

import time
from collections.abc import Callable

import numpy as np

from corridor.domain.placement.model import PlacementModel
from corridor.domain.placement.problem import Problem, options_of
from corridor.domain.placement.search import search
from corridor.domain.placement.solution import Solution
from corridor.domain.placement.start import first_plan, settled
from corridor.domain.placement.steps import Progress

LARGE = 10_000  # options, from which on time that is left is better spent part by part
SHARE_OF_ALL = 0.5  # of the time, for HiGHS on everything


def solve_sum(problem: Problem, *, seconds: float, progress: Progress | None = None) -> Solution:
    """The plan with the highest sum, counted in thousandths; of equal worth, each stay is the best wish
    and the earliest start that the others leave room for."""
    began = time.perf_counter()
    options = options_of(problem)
    worth = [problem.candidate[one.candidate].priority * one.points for one in options]
    pinned = problem.pinned
    agreed = sum(problem.candidate[one.candidate].priority * one.points for one in pinned if one.wish)
    model = PlacementModel(problem, options)
    unit = max(1, int(np.gcd.reduce(worth))) if worth else 1

    def tell(incumbent: float, bound: float) -> None:
        if progress is not None:
            spent = round(time.perf_counter() - began, 3)
            progress(spent, problem.rule, agreed + unit * incumbent, agreed + unit * bound)

    taken, bound = _best(model, [value // unit for value in worth], began + seconds, tell)
    taken = settled(model, taken, [(-w, o.wish, o.number) for w, o in zip(worth, options, strict=True)], _always)
    objective = weigh(worth, taken)
    bound = max(objective, unit * bound)
    tell(objective / unit, bound / unit)
    chosen = [option for option, one in zip(options, taken, strict=True) if one]
    return Solution(
        chosen=tuple(sorted([*chosen, *pinned], key=lambda one: one.candidate)),
        seconds=time.perf_counter() - began,
        time_limit=seconds,
        objective=objective + agreed,
        bound=bound + agreed,
    )


def _best(
    model: PlacementModel, worth: list[int], until: float, tell: Callable[[float, float], None]
) -> tuple[np.ndarray, int]:
    """(a plan, what no plan can pass): HiGHS from a plan made by taking turns;
    a large one then goes on part by part."""
    taken = first_plan(model, [-value for value in worth], _turns(model, worth))
    weights = dict(enumerate(worth))
    plain = sum(max(worth[index] for index in indexes) for indexes in model.of_candidate.values())
    is_large = len(worth) > LARGE
    left = until - time.perf_counter()
    run = model.highest(
        weights,
        taken,
        seconds=left * SHARE_OF_ALL if is_large else left,
        watch=lambda _seconds, incumbent, bound: tell(incumbent, min(bound, plain)),
    )
    if run.taken is not None and weigh(worth, run.taken) >= weigh(worth, taken):
        taken = run.taken
    if run.is_optimal:
        return taken, weigh(worth, taken)
    bound = min(plain, int(np.floor(run.bound + 1e-6))) if np.isfinite(run.bound) else plain
    if is_large:
        taken = search(
            model,
            weights,
            taken,
            seconds=until - time.perf_counter(),
            bound=bound,
            tell=lambda value: tell(value, bound),
        )
    return taken, bound


def _always(_this: int, _that: int) -> bool:
    return True


def weigh(worth: list[int], taken: np.ndarray) -> int:
    """The plan's points: the worth of the options that it takes, added up."""
    return sum(worth[int(index)] for index in np.flatnonzero(taken))


def _turns(model: PlacementModel, worth: list[int]) -> list[str]:
    """Those who bring most per desk choose first."""
    most = {
        candidate: max(worth[index] / model.options[index].desks for index in indexes)
        for candidate, indexes in model.of_candidate.items()
    }
    return sorted(most, key=lambda candidate: (-most[candidate], candidate))
