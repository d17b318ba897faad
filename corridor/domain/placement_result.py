"""What a solved placement says: who goes where and why, who has no place and why, with figures from the plan. Pure.

Codes of a wish that is not given (each with its figures):

- declined       one side has already declined this stay
- home_city      the incubator is in the candidate's own city
- no_opening     no desk is offered over a whole stay that starts in the candidate's window
- too_few_desks  {desks}: the most desks offered over such a stay; the team needs more
- held           {desks}: the most desks left over by stays that were agreed before
- taken          {desks, short_by, start, holders}: the plan's own placements leave too few; `short_by` more desks
                 from `start` would do; `holders` are the ids of those who stay there then
- free           desks are free: another wish, placed earlier in the list, was given instead, or the plan is not proven

Codes of a candidate without a place: no_wish, no_start (no start day in its window), no_room (see its wishes).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from corridor.domain.calendar import Span, free_steps, least_free
from corridor.domain.placement import (
    RESULT_FORMAT,
    Candidate,
    Incubator,
    Option,
    Problem,
    Solution,
    read_problem,
    solve,
)
from toolkit.canonical import digest


def place(document: dict[str, Any], *, seconds: float = 60.0) -> dict[str, Any]:
    """Solves a document of format “passerelle-placement-1” and returns one of “passerelle-placement-result-1”.

    Raises BadDocument.
    """
    problem = read_problem(document)
    solution = solve(problem, seconds=seconds)
    return {
        "format": RESULT_FORMAT,
        "inputs_sha256": digest(document),
        "rule": "rank_first",
        "seed": problem.seed,
        "is_optimal": solution.is_optimal,
        "levels": [
            {"name": level.name, "rank": level.rank, "value": level.value, "bound": level.bound}
            for level in solution.levels
        ],
        **explain(problem, solution),
    }


def explain(problem: Problem, solution: Solution) -> dict[str, Any]:
    """{"placements": […], "unplaced": […]} by rank, each with its reason."""
    chosen = {option.candidate: option for option in solution.chosen}
    incubators = {incubator.id: incubator for incubator in problem.incubators}
    placements, unplaced = [], []
    for candidate in sorted(problem.candidates, key=lambda one: (one.rank, one.id)):
        option = chosen.get(candidate.id)
        others = [other for other in solution.chosen if other.candidate != candidate.id]

        def why_not(incubator: str, wish: int, candidate=candidate, others=others) -> dict[str, Any]:
            return {
                "incubator": incubator,
                "wish": wish,
                **_why_not(problem, candidate, incubators[incubator], others),
            }

        if option is None:
            unplaced.append(
                {
                    "candidate": candidate.id,
                    "rank": candidate.rank,
                    "code": _why_unplaced(problem, candidate),
                    "wishes": [why_not(incubator, wish) for incubator, wish in candidate.wishes],
                }
            )
        else:
            placements.append(
                {
                    "candidate": candidate.id,
                    "rank": candidate.rank,
                    "incubator": option.incubator,
                    "starts": option.start.isoformat(),
                    "ends": option.ends.isoformat(),
                    "desks": option.desks,
                    "wish": option.wish,
                    "wishes": len(candidate.wishes),
                    "better": [why_not(inc, wish) for inc, wish in candidate.wishes if wish < option.wish],
                }
            )
    return {"placements": placements, "unplaced": unplaced}


def _why_unplaced(problem: Problem, candidate: Candidate) -> str:
    if not candidate.wishes:
        return "no_wish"
    if not problem.window(candidate):
        return "no_start"
    return "no_room"


def _why_not(problem: Problem, candidate: Candidate, incubator: Incubator, others: Sequence[Option]) -> dict[str, Any]:
    if incubator.id in candidate.declined:
        return {"code": "declined"}
    if incubator.city == candidate.home_city and not problem.home_city_allowed:
        return {"code": "home_city"}
    here = [other for other in others if other.incubator == incubator.id]
    offered, _day = _best(problem, candidate, incubator.openings, [])
    if offered <= 0:
        return {"code": "no_opening"}
    if offered < candidate.people:
        return {"code": "too_few_desks", "desks": offered}
    unheld, _day = _best(problem, candidate, incubator.openings, incubator.held)
    if unheld < candidate.people:
        return {"code": "held", "desks": max(unheld, 0)}
    # Of the starts that its plan-mates alone make impossible, the one that lacks the fewest desks.
    left, start = _best(
        problem, candidate, incubator.openings, [*incubator.held, *map(_span, here)], beside=incubator.held
    )
    if start is None or left >= candidate.people:
        return {"code": "free"}
    ends = problem.ends(start)
    holders = [other.candidate for other in here if other.start < ends and start < other.ends]
    return {
        "code": "taken",
        "desks": max(left, 0),
        "short_by": candidate.people - left,
        "start": start.isoformat(),
        "holders": sorted(holders),
    }


def _span(option: Option) -> Span:
    return Span(option.start, option.ends, option.desks)


def _best(
    problem: Problem,
    candidate: Candidate,
    openings: Sequence[Span],
    held: Sequence[Span],
    *,
    beside: Sequence[Span] | None = None,
) -> tuple[int, date | None]:
    """(most desks free over a whole stay in the candidate's window, the first start that has them).

    With `beside`, only starts at which the team would fit beside those spans alone.
    """
    steps = free_steps(openings, held)
    alone = None if beside is None else free_steps(openings, beside)
    best, first = 0, None
    for _number, day in problem.window(candidate):
        if alone is not None and least_free(alone, day, problem.ends(day)) < candidate.people:
            continue
        free = least_free(steps, day, problem.ends(day))
        if first is None or free > best:
            best, first = free, day
    return best, first
