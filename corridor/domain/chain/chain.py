"""What a chain of documents says of a stay: the agreement, then every change of it that is executed. Pure.

Days are half-open: [starts, ends). A stay that ends before it has begun is cancelled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from corridor.domain.life.stages import Presence, most_present

NOTICE = timedelta(
    days=30
)  # between a party's own notice of withdrawal and the day on which the stay ends, unless the agreement says less
TEXT_LIMIT = 4000
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Person:
    """Who is there over [starts, ends). `nationalities` are ISO 3166-1 codes, at least one."""

    name: str
    nationalities: tuple[str, ...]
    starts: date
    ends: date


@dataclass(frozen=True)
class Facts:
    """What stands of a stay."""

    starts: date
    ends: date
    desks: int
    people: tuple[Person, ...] = ()
    is_cancelled: bool = False


@dataclass(frozen=True)
class Proposal:
    """What is asked for; None leaves as it is. `ends` is the first day after the stay.

    `party` gives notice alone unless all agree (`is_joint`), under the clause of the agreement numbered `clause`.
    """

    starts: date | None = None
    ends: date | None = None
    desks: int | None = None
    people: tuple[Person, ...] | None = None
    text: str = ""
    reason: str = ""
    party: str = ""
    clause: str = ""
    is_joint: bool = True


def facts_as_json(facts: Facts) -> dict[str, Any]:
    """As a document freezes them: days as YYYY-MM-DD, desks as a whole number, people as `people_as_json` has them."""
    return {
        "starts": facts.starts.isoformat(),
        "ends": facts.ends.isoformat(),
        "desks": facts.desks,
        "people": people_as_json(facts.people),
        "is_cancelled": facts.is_cancelled,
    }


def facts_of(values: Mapping[str, Any]) -> Facts:
    """Reads what facts_as_json wrote. Raises KeyError or ValueError for anything else."""
    return Facts(
        date.fromisoformat(values["starts"]),
        date.fromisoformat(values["ends"]),
        values["desks"],
        people_of(values["people"]),
        values.get("is_cancelled", False),
    )


def people_as_json(people: Iterable[Person]) -> list[dict[str, Any]]:
    """In one order, whatever order they were typed in: the same people make the same bytes."""
    return [
        {
            "name": one.name,
            "nationalities": list(one.nationalities),
            "starts": one.starts.isoformat(),
            "ends": one.ends.isoformat(),
        }
        for one in in_order(people)
    ]


def people_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Person, ...]:
    """Reads what people_as_json wrote, now or while documents named one `nationality` a person."""
    return in_order(
        Person(
            row["name"],
            (row["nationality"],) if names_one(row) else tuple(row["nationalities"]),
            date.fromisoformat(row["starts"]),
            date.fromisoformat(row["ends"]),
        )
        for row in rows
    )


def names_one(row: Mapping[str, Any]) -> bool:
    """Whether what a document says of a person is from before all nationalities were kept: it holds the first one."""
    return "nationality" in row


def in_order(people: Iterable[Person]) -> tuple[Person, ...]:
    """By first day, name, nationalities, last day."""
    return tuple(sorted(people, key=lambda person: (person.starts, person.name, person.nationalities, person.ends)))


def proposal_as_json(asked: Proposal) -> dict[str, Any]:
    """Only what was asked."""
    days = {key: day.isoformat() for key in ("starts", "ends") if (day := getattr(asked, key))}
    people = {} if asked.people is None else {"people": people_as_json(asked.people)}
    plain = {key: getattr(asked, key) for key in ("desks", "text", "reason", "party", "clause") if getattr(asked, key)}
    return {**days, **people, **plain, "is_joint": asked.is_joint}


def proposal_of(values: Mapping[str, Any]) -> Proposal:
    """Reads what proposal_as_json wrote. Raises ValueError for a day that is none; keys that it doesn't know are
    left aside."""
    days: dict[str, Any] = {key: date.fromisoformat(values[key]) for key in ("starts", "ends") if values.get(key)}
    people: dict[str, Any] = {"people": people_of(values["people"])} if "people" in values else {}
    names = ("desks", "text", "reason", "party", "clause", "is_joint")
    return Proposal(**days, **people, **{key: values[key] for key in names if key in values})


def follow(people: Iterable[Person], before: Facts, after: Facts) -> tuple[Person, ...]:
    """Who was there from the first day, or until the last, still is; nobody stays outside the stay."""
    moved = []
    for person in people:
        starts = after.starts if person.starts == before.starts else max(person.starts, after.starts)
        ends = after.ends if person.ends == before.ends else min(person.ends, after.ends)
        if starts < ends:
            moved.append(replace(person, starts=starts, ends=ends))
    return in_order(moved)


def amended(before: Facts, asked: Proposal) -> Facts:
    """What stands once a change as `asked` is in force. People who are not named anew follow the dates."""
    after = replace(
        before,
        starts=asked.starts or before.starts,
        ends=asked.ends or before.ends,
        desks=asked.desks or before.desks,
    )
    return _with_people(before, after, asked)


def ended(before: Facts, asked: Proposal) -> Facts:
    """What stands once an end as `asked` is in force; without a day, or by the first one, the stay is cancelled."""
    ends = asked.ends or before.starts
    if ends <= before.starts:
        return replace(before, people=(), is_cancelled=True)
    return _with_people(before, replace(before, ends=ends), asked)


def _with_people(before: Facts, after: Facts, asked: Proposal) -> Facts:
    people = follow(before.people, before, after) if asked.people is None else in_order(asked.people)
    return replace(after, people=people)


def too_late(before: Facts, after: Facts, today: date) -> str:
    """Why an amendment or an extension can no longer be signed, as a code; empty while it can.

    over: the stay is; starts: another first day, which is past, or the stay has begun.
    """
    if today >= before.ends:
        return "over"
    has_begun = before.starts <= today
    return "starts" if after.starts != before.starts and (has_begun or after.starts < today) else ""


def fault_of_amendment(before: Facts, asked: Proposal, today: date, *, may_lengthen: bool, must_lengthen: bool) -> str:
    """Why a change as `asked` can't be drafted on a day of the stay or before it, as a code; empty when it can.

    nothing, starts, window, past, longer (unless it `may_lengthen` a stay that begins as before), shorter (where it
    `must_lengthen` it), desks, people_days, people_many.
    """
    after = amended(before, asked)
    if after.ends <= after.starts:
        return "window"
    is_longer = after.starts == before.starts and after.ends > before.ends
    checks = {
        "starts": too_late(before, after, today) == "starts",
        "past": after.ends <= today,
        "shorter": must_lengthen and not is_longer,
        "longer": not may_lengthen and is_longer,
        "desks": after.desks < 1,
        "people_days": any(not after.starts <= one.starts < one.ends <= after.ends for one in after.people),
        "people_many": most_present([Presence(p.name, p.starts, p.ends) for p in after.people])[0] > after.desks,
        "nothing": after == before and not asked.text.strip(),
    }
    return next((code for code, applies in checks.items() if applies), "")


def fault_of_ending(before: Facts, asked: Proposal, today: date, notice: timedelta | None) -> str:
    """Why an end as `asked` can't be drafted on a day of the stay or before it, as a code; empty when it can.

    past, later, reason, clause, and notice where fewer days than those lie between today and the end; None asks none.
    """
    after = ended(before, asked)
    checks = {
        "past": after.is_cancelled and before.starts <= today or not after.is_cancelled and after.ends <= today,
        "later": not after.is_cancelled and after.ends >= before.ends,
        "reason": not asked.reason.strip(),
        "clause": not asked.is_joint and not asked.clause,
        "notice": notice is not None and ends_on(after) < today + notice,
    }
    return next((code for code, applies in checks.items() if applies), "")


def ends_on(facts: Facts) -> date:
    """The first day on which the stay no longer stands."""
    return facts.starts if facts.is_cancelled else facts.ends


def topics(before: Facts, after: Facts, text: str = "") -> set[str]:
    """What a change is about: dates, desks, people, text, end."""
    found = {
        "dates": (before.starts, before.ends) != (after.starts, after.ends) and not after.is_cancelled,
        "desks": before.desks != after.desks,
        # Who only follows the dates is no subject of its own.
        "people": not after.is_cancelled and after.people != follow(before.people, before, after),
        "text": bool(text.strip()),
        "end": after.is_cancelled,
    }
    return {name for name, applies in found.items() if applies}


def is_more(before: Facts, after: Facts) -> bool:
    """Asks of the host what it has not promised yet: other days, or more desks."""
    return not after.is_cancelled and (
        after.starts < before.starts or after.ends > before.ends or after.desks > before.desks
    )
