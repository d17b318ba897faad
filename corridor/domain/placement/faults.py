"""What a placement's file says that can't be, and what it says that helps nobody. Pure.

Faults stop the placement; notices do not: an opening without desks, a team larger than every host.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from corridor.domain.placement.problem import Candidate, Problem, offered_steps
from corridor.domain.placement.reasons import of_any_age

Told = tuple[str, str, str]  # (place in the file, code, sentence)


def faults_of(document: dict[str, Any]) -> Iterator[Told]:
    """The faults of a document whose shape is right."""
    yield from _of_programme(document["programme"])
    for kind in ("incubators", "candidates"):
        yield from _twice(kind, [row["code"] for row in document[kind]])
    yield from _twice("ledger", [row["city"] for row in document.get("ledger", [])])
    incubators = {row["code"] for row in document["incubators"]}
    candidates = {row["code"] for row in document["candidates"]}
    for number, row in enumerate(document["incubators"]):
        place = f"incubators[{number}]"
        for kind in ("openings", "held", "blackouts"):
            for index, span in enumerate(row.get(kind, [])):
                if span["ends"] <= span["starts"]:
                    yield f"{place}.{kind}[{index}]", "interval", _empty(span)
        told = [one["candidate"] for one in row.get("refusals", [])]
        yield from _known(f"{place}.refusals", told, candidates, "candidate")
        yield from _of_order(f"{place}.order", row.get("order", []), candidates, "candidate")
    for number, row in enumerate(document["candidates"]):
        yield from _of_candidate(f"candidates[{number}]", row, incubators)


def _of_programme(programme: dict[str, Any]) -> Iterator[Told]:
    if "start_days" in programme:
        if "first_start" in programme or "last_start" in programme:
            yield "programme", "starts", "it gives both start_days and a first or last start: give one or the other."
        latest = max(programme["start_days"], default="")
    elif "first_start" not in programme or "last_start" not in programme:
        yield "programme", "starts", "it lacks “start_days”, or else “first_start” and “last_start”."
        return
    else:
        latest = programme["last_start"]
        if latest < programme["first_start"]:
            yield "programme.last_start", "starts", f"{latest} comes before the first start."
        if int(latest[:4]) - int(programme["first_start"][:4]) > 100:
            yield "programme.last_start", "starts", f"{latest} is more than a hundred years after the first start."
    if latest and int(latest[:4]) > 9800:
        yield "programme", "starts", f"{latest} is too far away to add a stay to it."


def _of_candidate(place: str, row: dict[str, Any], incubators: set[str]) -> Iterator[Told]:
    yield from _of_order(f"{place}.wishes", row.get("wishes", []), incubators, "incubator")
    yield from _known(f"{place}.declined", row.get("declined", []), incubators, "incubator")
    yield from _known(f"{place}.feasible_from", list(row.get("feasible_from", {})), incubators, "incubator")
    for kind in ("pinned", "published"):
        stay = row.get(kind)
        if stay and stay["incubator"] not in incubators and kind == "pinned":
            yield f"{place}.{kind}.incubator", "unknown", f"no incubator has the code “{stay['incubator']}”."
        if stay and stay.get("ends") and stay["ends"] <= stay["starts"]:
            yield f"{place}.{kind}", "interval", _empty(stay)
        if stay and int(stay["starts"][:4]) > 9800:
            yield f"{place}.{kind}.starts", "starts", f"{stay['starts']} is too far away to add a stay to it."


def _empty(span: dict[str, Any]) -> str:
    return f"from {span['starts']} to {span['ends']} there is no day (the last day is not included)."


def _of_order(place: str, order: list[Any], known: set[str], kind: str) -> Iterator[Told]:
    yield from _known(place, _codes(order), known, kind)
    if len({isinstance(one, dict) for one in order}) > 1:
        yield place, "mixed", "some stand with a rank and some by their place in the list: give all a rank, or none."


def _codes(order: list[Any]) -> list[str]:
    codes: list[str] = []
    for one in order:
        codes += [one["code"]] if isinstance(one, dict) else [one] if isinstance(one, str) else one
    return codes


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


def notices_of(problem: Problem) -> list[dict[str, str]]:
    """What helps nobody, each as {place, code, sentence}: nothing is wrong with the answer,
    but somebody may have erred."""
    return [{"place": p, "code": c, "sentence": s} for p, c, s in _notices(problem)]


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
