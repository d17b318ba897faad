"""What may be proposed to give a candidate a place: days, desks and incubators worth a try. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from corridor.domain.calendar.spans import Span, least_free
from corridor.domain.placement.problem import (
    Candidate,
    Incubator,
    Option,
    Problem,
    held_spans,
    may_arrive,
    offered_steps,
    options_of,
    steps_beside,
)
from corridor.domain.placement.reasons import is_home, room_for, span_of, why_not

TRIES_PER_INCUBATOR = 3
MOST_DESKS = 12  # beyond what is missing, for those who come before


def here_of(problem: Problem, host: Incubator, one: Candidate, chosen: Sequence[Option]) -> list[Option]:
    """What of the plan is at this incubator, without the candidate and without what is pinned."""
    return [
        stay
        for stay in chosen
        if stay.incubator == host.id and stay.candidate != one.id and problem.candidate[stay.candidate].pinned is None
    ]


def desks_missing(
    problem: Problem, one: Candidate, host: Incubator, here: Sequence[Option]
) -> Iterator[tuple[date, int]]:
    """(start, desks): as many as are missing, where fewest are; then as many as let one more team in before it."""
    feasible = dict(one.feasible_from).get(host.id)
    steps = steps_beside(host, [*held_spans(problem, host), *map(span_of, here)])
    shut = offered_steps(replace(host, openings=(_always(problem),)))
    missing = []
    for number, day in problem.window(one):
        ends = problem.ends(day)
        if (feasible and day < feasible) or not may_arrive(host, day) or least_free(shut, day, ends) <= 0:
            continue
        missing.append((max(one.people - least_free(steps, day, ends), 1), number, day))
    for more in range(MOST_DESKS):
        for short_by, _number, day in sorted(missing)[:2]:
            yield day, short_by + more


def _always(problem: Problem) -> Span:
    """A desk on every day that a stay may touch: what is left of it is when a host is not closed."""
    return Span(problem.start_days[0], problem.ends(problem.start_days[-1]), 1)


def other_starts(problem: Problem, one: Candidate, chosen: Sequence[Option]) -> Iterator[tuple[str, date]]:
    """(incubator, start): days outside its window on which a wished incubator has room in the plan, the nearest
    first."""
    window = {day for _number, day in problem.window(one)}
    anchors = [day for day in (one.earliest_start, one.latest_start) if day]
    wide = with_open_window(problem, one)
    days: dict[date, str] = {}
    for option in options_of(wide):
        if option.candidate != one.id or option.start in window or option.start in days:
            continue
        host = problem.incubator[option.incubator]
        if room_for(problem, one, host, here_of(problem, host, one, chosen))(option.start):
            days[option.start] = host.id
    for day in sorted(days, key=lambda day: min(abs((day - anchor).days) for anchor in anchors))[:TRIES_PER_INCUBATOR]:
        yield days[day], day


def with_open_window(problem: Problem, one: Candidate) -> Problem:
    """The problem with this candidate alone, free to start on any day."""
    pinned = tuple(other for other in problem.candidates if other.pinned and other.id != one.id)
    return problem.changed(candidates=(*pinned, replace(one, earliest_start=None, latest_start=None)))


def hosts_with_room(problem: Problem, one: Candidate, chosen: Sequence[Option]) -> Iterator[str]:
    """Incubators that it does not wish and that have room in the plan."""
    wished = {code for code, _place in one.wishes}
    for host in problem.incubators:
        if host.id in wished or host.id in one.declined or one.id in host.refusals or is_home(problem, one, host):
            continue
        if why_not(problem, one, host, here_of(problem, host, one, chosen)).code == "free":
            yield host.id
