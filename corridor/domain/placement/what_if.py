"""“What would change it?”: changes that give a candidate a place, each one tried by solving again. Pure."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corridor.domain.placement.change import Change, changes_known, with_change
from corridor.domain.placement.problem import Candidate, Option, Problem, options_of
from corridor.domain.placement.proposals import TRIES_PER_INCUBATOR, here_of
from corridor.domain.placement.reasons import room_for, why_not
from corridor.domain.placement.rules import rule_of
from corridor.domain.placement.solve import solve


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
    if rule_of(problem).goes_by_rank and not problem.change_first and alone:
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
    if not rule_of(problem).goes_by_rank or problem.change_first:
        return True
    host = problem.incubator[change.incubator]
    placed = {option.candidate for option in chosen}
    here = here_of(problem, host, one, chosen)
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
    kinds = list(changes_known().values())
    for code, _wish in one.wishes:
        host = problem.incubator[code]
        here = here_of(problem, host, one, chosen)
        why = why_not(problem, one, host, here).code
        for kind in kinds:
            if why in kind.answers:
                yield from kind.at_host(problem, one, host, here)
    for kind in kinds:
        yield from kind.elsewhere(problem, one, chosen)
