"""“What would change it?”: changes that give a candidate a place, each one tried by solving again. Pure."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from corridor.domain.calendar.spans import Span, least_free
from corridor.domain.placement.change import Change, with_change
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
from corridor.domain.placement.solve import solve

TRIES_PER_INCUBATOR = 3
MOST_DESKS = 12  # beyond what is missing, for those who come before


def what_would_change(
    problem: Problem,
    chosen: Sequence[Option],
    candidate: str,
    *,
    seconds: float = 60.0,
    most: int = 5,
    progress: Callable[[float, int, int], None] | None = None,
) -> list[Change]:
    """Changes after which the candidate has a place, the smallest of each incubator, best wish first.

    `chosen` is the plan in which it has none. Each change was made and the placement solved again: that plan places the
    candidate. Ends after `seconds` or `most` changes; `progress(seconds, tried, found)` is called after each try.
    """
    began = time.perf_counter()
    one = problem.candidate[candidate]
    found: list[Change] = []
    tried: dict[tuple[str, str], int] = {}
    settled: set[tuple[str, str]] = set()
    for change in _candidates_for_change(problem, one, chosen):
        left = seconds - (time.perf_counter() - began)
        if left <= 0 or len(found) >= most:
            break
        what = (change.incubator, change.kind)
        if what in settled or tried.get(what, 0) >= TRIES_PER_INCUBATOR:
            continue
        changed = with_change(problem, candidate, change)
        if not _is_promising(changed, chosen, changed.candidate[candidate], change):
            continue
        tried[what] = tried.get(what, 0) + 1
        if is_placed(changed, candidate, seconds=left):
            found.append(change)
            settled.add(what)
        if progress is not None:
            progress(round(time.perf_counter() - began, 3), sum(tried.values()), len(found))
    return found


def is_placed(problem: Problem, candidate: str, *, seconds: float) -> bool:
    """Whether the best plan places the candidate.

    Rank by rank, nobody behind it has a say; so those are left out when it is alone in its rank.
    """
    began = time.perf_counter()
    one = problem.candidate[candidate]
    alone = sum(other.rank == one.rank for other in problem.candidates) == 1
    if problem.rule == "rank_first" and not problem.change_first and alone:
        ahead = tuple(other for other in problem.candidates if other.rank <= one.rank or other.pinned)
        solution = solve(problem.changed(candidates=ahead), seconds=seconds, total=seconds, last_level="placed")
        if solution.is_optimal:
            return any(option.candidate == candidate for option in solution.chosen)
    left = max(0.0, seconds - (time.perf_counter() - began))
    solution = solve(problem, seconds=left, total=left)
    return solution.is_optimal and any(option.candidate == candidate for option in solution.chosen)


def _is_promising(problem: Problem, chosen: Sequence[Option], one: Candidate, change: Change) -> bool:
    """Whether the candidate would find room at the incubator if those before it, who also wait, came first.

    A quick look that spares solves which would fail; it decides nothing where ranks do not.
    """
    if problem.rule != "rank_first" or problem.change_first:
        return True
    host = problem.incubator[change.incubator]
    placed = {option.candidate for option in chosen}
    here = _here(problem, host, one, chosen)
    waiting = [other for other in problem.candidates if other.id not in placed and other.rank < one.rank]
    ways = _ways(problem, host.id)
    for other in [*sorted(waiting, key=lambda other: other.rank), one]:
        options = ways.get(other.id, [])
        if not options:
            continue
        fits = room_for(problem, other, host, here)
        first = next((option for option in options if fits(option.start)), None)
        if first is not None:
            here.append(first)
    return bool(here) and here[-1].candidate == one.id


def _ways(problem: Problem, incubator: str) -> dict[str, list[Option]]:
    """The options at one incubator, by candidate, earliest first."""
    found: dict[str, list[Option]] = {}
    there = replace(problem, incubators=(problem.incubator[incubator],), candidates=tuple(_wishing(problem, incubator)))
    for option in options_of(there):
        found.setdefault(option.candidate, []).append(option)
    return found


def _wishing(problem: Problem, incubator: str) -> Iterator[Candidate]:
    """Those who wish the incubator, with this wish alone, and those pinned to it."""
    for one in problem.candidates:
        wishes = tuple(row for row in one.wishes if row[0] == incubator)
        if wishes and (one.pinned is None or one.pinned.incubator == incubator):
            yield replace(one, wishes=wishes)
        elif one.pinned and one.pinned.incubator == incubator:
            yield replace(one, wishes=())


def _candidates_for_change(problem: Problem, one: Candidate, chosen: Sequence[Option]) -> Iterator[Change]:
    """What might help, the smallest first for each incubator."""
    for code, _wish in one.wishes:
        host = problem.incubator[code]
        here = _here(problem, host, one, chosen)
        why = why_not(problem, one, host, here)["code"]
        if why == "refused":
            yield Change("no_refusal", code)
        elif why == "blackout":
            yield Change("no_blackout", code)
        elif why == "arrivals":
            yield Change("more_arrivals", code)
        elif why in ("taken", "held", "too_few_desks", "no_opening"):
            yield from _more_desks(problem, one, host, here)
    yield from _other_starts(problem, one, chosen)
    yield from _more_wishes(problem, one, chosen)


def _here(problem: Problem, host: Incubator, one: Candidate, chosen: Sequence[Option]) -> list[Option]:
    return [
        stay
        for stay in chosen
        if stay.incubator == host.id and stay.candidate != one.id and problem.candidate[stay.candidate].pinned is None
    ]


def _more_desks(problem: Problem, one: Candidate, host: Incubator, here: Sequence[Option]) -> Iterator[Change]:
    """As many desks as are missing, where fewest are; then as many as let one more team in before it."""
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
            yield Change("more_desks", host.id, day, short_by + more)


def _always(problem: Problem) -> Span:
    """A desk on every day that a stay may touch: what is left of it is when a host is not closed."""
    return Span(problem.start_days[0], problem.ends(problem.start_days[-1]), 1)


def _other_starts(problem: Problem, one: Candidate, chosen: Sequence[Option]) -> Iterator[Change]:
    """Start days outside its window on which a wished incubator has room in the plan, the nearest first."""
    window = {day for _number, day in problem.window(one)}
    anchors = [day for day in (one.earliest_start, one.latest_start) if day]
    wide = with_open_window(problem, one)
    days: dict[date, Change] = {}
    for option in options_of(wide):
        if option.candidate != one.id or option.start in window or option.start in days:
            continue
        host = problem.incubator[option.incubator]
        if room_for(problem, one, host, _here(problem, host, one, chosen))(option.start):
            days[option.start] = Change("other_start", host.id, option.start)
    for day in sorted(days, key=lambda day: min(abs((day - anchor).days) for anchor in anchors))[:TRIES_PER_INCUBATOR]:
        yield days[day]


def with_open_window(problem: Problem, one: Candidate) -> Problem:
    """The problem with this candidate alone, free to start on any day."""
    pinned = tuple(other for other in problem.candidates if other.pinned and other.id != one.id)
    return problem.changed(candidates=(*pinned, replace(one, earliest_start=None, latest_start=None)))


def _more_wishes(problem: Problem, one: Candidate, chosen: Sequence[Option]) -> Iterator[Change]:
    """Incubators that it does not wish and that have room in the plan."""
    wished = {code for code, _place in one.wishes}
    for host in problem.incubators:
        if host.id in wished or host.id in one.declined or one.id in host.refusals or is_home(problem, one, host):
            continue
        if why_not(problem, one, host, _here(problem, host, one, chosen))["code"] == "free":
            yield Change("one_more_wish", host.id)
