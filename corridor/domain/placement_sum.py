"""One weighted sum instead of the order: priority × points of the wish that is given. Pure."""

import time

import numpy as np

from corridor.domain.placement import Problem, options_of
from corridor.domain.placement_levels import Progress
from corridor.domain.placement_model import PlacementModel
from corridor.domain.placement_solve import Solution
from corridor.domain.placement_start import first_plan, starts_early


def solve_sum(problem: Problem, *, seconds: float, progress: Progress | None = None) -> Solution:
    """The plan with the highest sum, counted in thousandths; stays of equal worth start as early as the others leave room."""
    began = time.perf_counter()
    options = options_of(problem)
    worth = [problem.candidate[one.candidate].priority * one.points for one in options]
    model = PlacementModel(problem, options)
    taken = first_plan(model, [-value for value in worth], _turns(model, worth))
    divisor = int(np.gcd.reduce(worth)) if worth else 1
    watch = None
    if progress is not None:

        def watch(_seconds: float, incumbent: float, bound: float) -> None:
            progress(round(time.perf_counter() - began, 3), "weighted_sum", divisor * incumbent, divisor * bound)

    weights = {index: value // divisor for index, value in enumerate(worth)}
    left = seconds - (time.perf_counter() - began)
    run = model.highest(weights, taken, seconds=left, watch=watch)
    if run.taken is not None and weigh(worth, run.taken) >= weigh(worth, taken):
        taken = run.taken
    taken = starts_early(model, taken)
    objective = weigh(worth, taken)
    bound = objective if run.is_optimal else _bound(model, worth, run.bound, divisor)
    pinned = problem.pinned
    agreed = sum(problem.candidate[one.candidate].priority * one.points for one in pinned if one.wish)
    chosen = [option for option, one in zip(options, taken, strict=True) if one]
    spent = time.perf_counter() - began
    if progress is not None:
        progress(round(spent, 3), "weighted_sum", objective + agreed, bound + agreed)
    return Solution(
        chosen=tuple(sorted([*chosen, *pinned], key=lambda one: one.candidate)),
        seconds=spent,
        time_limit=seconds,
        objective=objective + agreed,
        bound=bound + agreed,
    )


def weigh(worth: list[int], taken: np.ndarray) -> int:
    return sum(worth[int(index)] for index in np.flatnonzero(taken))


def _turns(model: PlacementModel, worth: list[int]) -> list[str]:
    """Those who bring most per desk choose first."""
    most = {
        candidate: max(worth[index] / model.options[index].desks for index in indexes)
        for candidate, indexes in model.of_candidate.items()
    }
    return sorted(most, key=lambda candidate: (-most[candidate], candidate))


def _bound(model: PlacementModel, worth: list[int], found: float, divisor: int) -> int:
    """HiGHS's bound, or every candidate at its best where that is lower."""
    plain = sum(max(worth[index] for index in indexes) for indexes in model.of_candidate.values())
    return min(plain, divisor * int(np.floor(found + 1e-6))) if np.isfinite(found) else plain
