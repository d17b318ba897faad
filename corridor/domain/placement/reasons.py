"""Why a wish is not given, with figures from the plan itself. Pure.

Codes of a wish that is not given, asked in this order; each start day that a rule takes away is gone for the next:

- declined       one side has already declined this stay
- refused        {reason}: the host does not take this candidate
- home_city      the incubator is in the candidate's own city
- no_start       no start day lies in the candidate's window: that is nothing of the host's
- not_eligible   {eligible_until}: desks are offered over stays that start in the window, but only after the last day
                 that the rule on age allows
- no_opening     no desk is offered over a whole stay that starts in the candidate's window
- too_few_desks  {desks}: the most desks offered over such a stay; the team needs more
- too_late       {feasible_from}: before that day lead times (a visa's) allow no start
- blackout       {starts, ends}: the host's closed days that stand in the way (the first of them)
- held           {desks}: the most desks left over by stays that were agreed before
- arrivals       {most, month, holders}: so many arrive in a month at most; who arrives in that month under this plan
- taken          {desks, short_by, start, holders, rule}: the plan's own placements leave too few; `short_by` desks
                 are missing from `start` on; `holders` stay there then. `rule` says by what right: award_order (those
                 of them with a better award leave too few desks already) or whole_plan (under the rule, any plan that
                 gives them up is worse)
- free           desks are free: another wish was given instead, or the plan is not proven

Codes of a candidate without a place: no_wish, no_start (no start day in its window), not_eligible (start days in its
window, all after the last one that the rule on age allows), no_room (see its wishes).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from corridor.domain.calendar.spans import Span, least_free
from corridor.domain.placement.answer import Why
from corridor.domain.placement.problem import (
    Candidate,
    Incubator,
    Option,
    Problem,
    arrivals_left,
    held_spans,
    may_arrive,
    offered_steps,
    steps_beside,
)
from corridor.domain.placement.rules import rule_of

if TYPE_CHECKING:
    from corridor.domain.placement.problem import Blackout


Days = list[date]
Said = Callable[..., Why]  # (code, **figures) of one wish


def why_unplaced(problem: Problem, candidate: Candidate) -> str:
    """The code of a candidate without a place."""
    if not candidate.wishes:
        return "no_wish"
    if not problem.window(candidate):
        return "not_eligible" if problem.window(of_any_age(candidate)) else "no_start"
    return "no_room"


def of_any_age(candidate: Candidate) -> Candidate:
    """The same candidate without the rule on age."""
    return replace(candidate, eligible_until=None)


def why_not(problem: Problem, candidate: Candidate, incubator: Incubator, chosen: Sequence[Option]) -> Why:
    """Code and figures of a wish that the plan `chosen` does not give."""
    why = partial(Why, incubator.id, dict(candidate.wishes).get(incubator.id, 0))
    if incubator.id in candidate.declined:
        return why("declined")
    if candidate.id in incubator.refusals:
        return why("refused", reason=incubator.refusals[candidate.id])
    if is_home(problem, candidate, incubator):
        return why("home_city")
    days = [day for _number, day in problem.window(candidate)]
    if not days and not problem.window(of_any_age(candidate)):
        return why("no_start")
    offered = _least(problem, offered_steps(incubator, blackouts=False), days)
    if max(offered.values(), default=0) <= 0:
        if candidate.eligible_until and _is_offered(problem, of_any_age(candidate), incubator):
            return why("not_eligible", eligible_until=candidate.eligible_until)
        return why("no_opening")
    days = [day for day in days if offered[day] >= candidate.people]
    if not days:
        return why("too_few_desks", desks=max(offered.values()))
    feasible = dict(candidate.feasible_from).get(incubator.id)
    if feasible is not None:
        days = [day for day in days if day >= feasible]
        if not days:
            return why("too_late", feasible_from=feasible)
    return _why_no_room(problem, candidate, incubator, chosen, days, why)


def _is_offered(problem: Problem, candidate: Candidate, incubator: Incubator) -> bool:
    """A desk is offered over some whole stay that starts in the candidate's window."""
    days = [day for _number, day in problem.window(candidate)]
    return max(_least(problem, offered_steps(incubator, blackouts=False), days).values(), default=0) > 0


def is_home(problem: Problem, candidate: Candidate, incubator: Incubator) -> bool:
    """Whether the incubator stands in the candidate's own city and the programme sends nobody home."""
    return bool(incubator.city) and incubator.city == candidate.home_city and not problem.home_city_allowed


def _least(problem: Problem, steps: Sequence[tuple[date, int]], days: Days) -> dict[date, int]:
    return {day: least_free(steps, day, problem.ends(day)) for day in days}


def _why_no_room(
    problem: Problem, candidate: Candidate, incubator: Incubator, chosen: Sequence[Option], days: Days, why: Said
) -> Why:
    """As why_not, for start days on which the host would have enough desks if it were empty and never closed."""
    opened = _least(problem, offered_steps(incubator), days)
    before = days
    days = [day for day in days if opened[day] >= candidate.people and may_arrive(incubator, day)]
    if not days:
        first = _blackout(problem, incubator, before)
        return why("blackout", starts=first.starts, ends=first.ends)
    held = held_spans(problem, incubator)
    left = _least(problem, steps_beside(incubator, held), days)
    most = max(left.values())
    days = [day for day in days if left[day] >= candidate.people]
    if not days:
        return why("held", desks=max(most, 0))
    before = days
    days = [day for day in days if arrivals_left(incubator, held, day) != 0]
    if not days:
        return _arrivals(incubator, before[0], [], why)
    here = [one for one in chosen if one.incubator == incubator.id and one.candidate != candidate.id]
    return _why_taken(problem, candidate, incubator, here, days, why)


def _blackout(problem: Problem, incubator: Incubator, days: Days) -> Blackout:
    """The first that stands in the way."""
    barring = (one for one in incubator.blackouts if any(_bars(problem, one, day) for day in days))
    return min(barring, key=lambda one: (one.starts, one.ends))


def _bars(problem: Problem, blackout: Blackout, day: date) -> bool:
    if blackout.arrivals_only:
        return blackout.starts <= day < blackout.ends
    return blackout.starts < problem.ends(day) and day < blackout.ends


def _arrivals(incubator: Incubator, day: date, here: Sequence[Option], why: Said) -> Why:
    same = [one.candidate for one in here if (one.start.year, one.start.month) == (day.year, day.month)]
    most, month = incubator.arrivals_per_month, day.replace(day=1)
    return why("arrivals", most=most, month=month, holders=tuple(sorted(same)))


def _why_taken(
    problem: Problem, candidate: Candidate, incubator: Incubator, here: Sequence[Option], days: Days, why: Said
) -> Why:
    others = _unpinned(problem, here)
    stays = [*held_spans(problem, incubator), *map(span_of, others)]
    left = _least(problem, steps_beside(incubator, stays), days)
    received = {day: arrivals_left(incubator, stays, day) for day in days}
    open_days = [day for day in days if left[day] >= candidate.people]
    if any((rest := received[day]) is None or rest > 0 for day in open_days):
        return why("free")
    if open_days:
        return _arrivals(incubator, open_days[0], others, why)
    start = max(days, key=lambda day: (left[day], -days.index(day)))
    ends = problem.ends(start)
    holders = [one for one in others if one.start < ends and start < one.ends]
    better = [one for one in holders if problem.candidate[one.candidate].rank < candidate.rank]
    beside = [*held_spans(problem, incubator), *map(span_of, better)]
    by_award = least_free(steps_beside(incubator, beside), start, ends) < candidate.people
    return why(
        "taken",
        desks=max(left[start], 0),
        short_by=candidate.people - left[start],
        start=start,
        holders=tuple(sorted(one.candidate for one in holders)),
        rule="award_order" if by_award and rule_of(problem).goes_by_rank else "whole_plan",
    )


def _unpinned(problem: Problem, chosen: Sequence[Option]) -> list[Option]:
    """Pinned stays count among what is held already."""
    return [one for one in chosen if problem.candidate[one.candidate].pinned is None]


def span_of(option: Option) -> Span:
    """The days and desks that the option would take."""
    return Span(option.start, option.ends, option.desks)


def room_for(
    problem: Problem, candidate: Candidate, incubator: Incubator, stays: Sequence[Option]
) -> Callable[[date], bool]:
    """Whether the candidate could start on a day beside what is held and beside `stays` (none of them pinned)."""
    spans = [*held_spans(problem, incubator), *map(span_of, stays)]
    steps = steps_beside(incubator, spans)

    def fits(day: date) -> bool:
        left = arrivals_left(incubator, spans, day)
        return (left is None or left > 0) and least_free(steps, day, problem.ends(day)) >= candidate.people

    return fits
