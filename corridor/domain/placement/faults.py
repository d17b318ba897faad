"""What a placement's file says that can't be, and what it says that helps nobody. Pure.

Faults stop the placement; notices do not: an opening without desks, a team larger than every host.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from corridor.domain.calendar.spans import Span
from corridor.domain.placement.answer import Notice
from corridor.domain.placement.document import Guest, Order, PlacementFile, Ranked, Starts, ranked
from corridor.domain.placement.problem import Blackout, Candidate, Problem, offered_steps
from corridor.domain.placement.reasons import of_any_age

LAST_YEAR = 9800  # a date later than this may be too far to add a stay to it
Told = tuple[str, str, str]  # (place in the file, code, sentence)


def faults_of(file: PlacementFile) -> Iterator[Told]:
    """The faults of a file whose shape is right."""
    yield from _of_programme(file.programme)
    yield from _twice("incubators", [one.code for one in file.incubators])
    yield from _twice("candidates", [one.code for one in file.candidates])
    yield from _twice("ledger", [one.city for one in file.ledger])
    incubators = {one.code for one in file.incubators}
    candidates = {one.code for one in file.candidates}
    for number, host in enumerate(file.incubators):
        place = f"incubators[{number}]"
        spans: dict[str, Sequence[Span | Blackout]] = {
            "openings": host.openings,
            "held": host.held,
            "blackouts": host.blackouts,
        }
        for kind, days in spans.items():
            for index, span in enumerate(days):
                if span.ends <= span.starts:
                    yield f"{place}.{kind}[{index}]", "interval", _empty(span.starts, span.ends)
        yield from _known(f"{place}.refusals", [one.candidate for one in host.refusals], candidates, "candidate")
        yield from _of_order(f"{place}.order", host.order, candidates, "candidate")
    for number, guest in enumerate(file.candidates):
        yield from _of_candidate(f"candidates[{number}]", guest, incubators)


def _of_programme(programme: Starts) -> Iterator[Told]:
    first, latest = programme.first_start, programme.last_start
    if programme.start_days is not None:
        if first is not None or latest is not None:
            yield "programme", "starts", "it gives both start_days and a first or last start: give one or the other."
        latest = max(programme.start_days, default=None)
    elif first is None or latest is None:
        yield "programme", "starts", "it lacks “start_days”, or else “first_start” and “last_start”."
        return
    else:
        if latest < first:
            yield "programme.last_start", "starts", f"{latest} comes before the first start."
        if latest.year - first.year > 100:
            yield "programme.last_start", "starts", f"{latest} is more than a hundred years after the first start."
    if latest and latest.year > LAST_YEAR:
        yield "programme", "starts", f"{latest} is too far away to add a stay to it."


def _of_candidate(place: str, guest: Guest, incubators: set[str]) -> Iterator[Told]:
    yield from _of_order(f"{place}.wishes", guest.wishes, incubators, "incubator")
    yield from _known(f"{place}.declined", guest.declined, incubators, "incubator")
    yield from _known(f"{place}.feasible_from", list(guest.feasible_from or {}), incubators, "incubator")
    for kind, stay in (("pinned", guest.pinned), ("published", guest.published)):
        if stay is None:
            continue
        if stay.incubator not in incubators and kind == "pinned":
            yield f"{place}.{kind}.incubator", "unknown", f"no incubator has the code “{stay.incubator}”."
        if stay.ends is not None and stay.ends <= stay.starts:
            yield f"{place}.{kind}", "interval", _empty(stay.starts, stay.ends)
        if stay.starts.year > LAST_YEAR:
            yield f"{place}.{kind}.starts", "starts", f"{stay.starts} is too far away to add a stay to it."


def _empty(starts: date, ends: date) -> str:
    return f"from {starts} to {ends} there is no day (the last day is not included)."


def _of_order(place: str, order: Order, known: set[str], kind: str) -> Iterator[Told]:
    yield from _known(place, [code for _rank, codes in ranked(order) for code in codes], known, kind)
    if len({isinstance(one, Ranked) for one in order}) > 1:
        yield place, "mixed", "some stand with a rank and some by their place in the list: give all a rank, or none."


def _twice(place: str, codes: list[str]) -> Iterator[Told]:
    first: dict[str, int] = {}
    for number, code in enumerate(codes):
        if code in first:
            yield f"{place}[{number}]", "twice", f"“{code}” stands twice: here and at {place}[{first[code]}]."
        first.setdefault(code, number)


def _known(place: str, codes: Iterable[str], known: set[str], kind: str) -> Iterator[Told]:
    counted = Counter(codes)
    for code, times in counted.items():
        if code not in known:
            yield place, "unknown", f"no {kind} has the code “{code}”."
        elif times > 1:
            yield place, "twice", f"“{code}” stands twice."


def notices_of(problem: Problem) -> tuple[Notice, ...]:
    """What helps nobody: nothing is wrong with the answer, but somebody may have erred."""
    return tuple(Notice(*told) for told in _notices(problem))


def _notices(problem: Problem) -> Iterator[Told]:
    most: dict[str, int] = {}
    last_end = date.min
    for number, host in enumerate(problem.incubators):
        place = f"incubators[{number}]"
        spans = sorted((span.starts, span.ends) for span in host.openings if span.desks)
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            yield f"{place}.openings", "overlap", f"openings of “{host.id}” overlap: their desks are added up."
        for index, span in enumerate(host.openings):
            if not span.desks:
                yield f"{place}.openings[{index}]", "no_desks", f"this opening of “{host.id}” offers no desk."
        if not host.openings:
            yield place, "no_opening", f"“{host.id}” offers no desk at any time."
        most[host.id] = max((desks for _day, desks in offered_steps(host)), default=0)
        last_end = max([last_end, *(span.ends for span in host.openings if span.desks)])
    largest = max(most.values(), default=0)
    for number, one in enumerate(problem.candidates):
        place = f"candidates[{number}]"
        if one.people > largest:
            said = f"“{one.id}” needs {one.people} desk{'s'[: one.people > 1]}; no host has more than {largest}."
            yield f"{place}.people", "too_large", said
        if not one.wishes and not one.pinned:
            yield f"{place}.wishes", "no_wish", f"“{one.id}” has no wish."
        if one.earliest_start and one.earliest_start >= last_end > date.min:
            said = f"“{one.id}” can’t start before {one.earliest_start}; the last opening ends on {last_end}."
            yield f"{place}.earliest_start", "after_last_opening", said
        if problem.start_days and not problem.window(of_any_age(one)) and not one.pinned:
            yield place, "window", f"“{one.id}” can’t start on any day: {_window(one)}."
    yield from _crowded(problem)
    if not problem.start_days:
        yield "programme", "no_start", "the programme has no start day."


def _window(one: Candidate) -> str:
    early, late = one.earliest_start, one.latest_start
    if early and late and late < early:
        return f"its latest start, {late}, comes before its earliest, {early}"
    window = f"from {early} until {late}" if early and late else f"from {early} on" if early else f"until {late}"
    return f"no start day of the programme lies in its window ({window})"


def _crowded(problem: Problem) -> Iterator[Told]:
    firsts = [[code for code, place in one.wishes if place == 1] for one in problem.candidates if one.wishes]
    if len(firsts) > 1 and all(first == firsts[0] and len(first) == 1 for first in firsts):
        yield "candidates", "same_wish", f"everybody’s first wish is “{firsts[0][0]}”."
