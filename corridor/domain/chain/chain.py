"""What a chain of documents says of a stay: the agreement, then every change of it that is executed. Pure.

Days are half-open: [starts, ends). A stay that ends before it has begun is cancelled.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from corridor.domain.life.stages import Presence, most_present
from toolkit.typed_data import Data, as_data, from_data, left_out

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


@dataclass(frozen=True, kw_only=True)
class PersonSaid:
    """What a document says of a person: all nationalities, or, in documents from before those were kept, the first."""

    name: str
    nationalities: tuple[str, ...] | None = left_out(None)
    nationality: str | None = left_out(None)
    starts: date
    ends: date

    @property
    def person(self) -> Person:
        """The person, with those nationalities that the document knows."""
        known = (self.nationality,) if self.nationality is not None else self.nationalities or ()
        return Person(self.name, known, self.starts, self.ends)


@dataclass(frozen=True, kw_only=True)
class FactsSaid:
    """What a document says of a stay: an agreement without `is_cancelled`, one from before people were kept without
    `people`."""

    starts: date
    ends: date
    desks: int
    people: tuple[PersonSaid, ...] | None = left_out(None)
    is_cancelled: bool | None = left_out(None)

    @property
    def facts(self) -> Facts:
        """What then stands."""
        people = in_order(one.person for one in self.people or ())
        return Facts(self.starts, self.ends, self.desks, people, bool(self.is_cancelled))

    @property
    def names_first(self) -> bool:
        """Whether a person is named with the first nationality alone."""
        return any(one.nationality is not None for one in self.people or ())


def facts_said(facts: Facts) -> FactsSaid:
    """As a document that changes an agreement freezes what stands."""
    return FactsSaid(
        starts=facts.starts,
        ends=facts.ends,
        desks=facts.desks,
        people=people_said(facts.people),
        is_cancelled=facts.is_cancelled,
    )


def people_said(people: Iterable[Person]) -> tuple[PersonSaid, ...]:
    """In one order, whatever order they were typed in: the same people make the same bytes."""
    return tuple(
        PersonSaid(name=one.name, nationalities=one.nationalities, starts=one.starts, ends=one.ends)
        for one in in_order(people)
    )


def in_order(people: Iterable[Person]) -> tuple[Person, ...]:
    """By first day, name, nationalities, last day."""
    return tuple(sorted(people, key=lambda person: (person.starts, person.name, person.nationalities, person.ends)))


def proposal_as_json(asked: Proposal) -> dict[str, object]:
    """Only what was asked."""
    days = {key: day.isoformat() for key in ("starts", "ends") if (day := getattr(asked, key))}
    people = {} if asked.people is None else {"people": as_data(people_said(asked.people))}
    plain = {key: getattr(asked, key) for key in ("desks", "text", "reason", "party", "clause") if getattr(asked, key)}
    return {**days, **people, **plain, "is_joint": asked.is_joint}


def proposal_of(values: Data) -> Proposal:
    """Reads what `proposal_as_json` wrote; keys that it doesn't know are left aside. Raises Misshapen for a value of
    another kind."""
    known = {one.name for one in fields(Proposal)} - {"people"}
    asked = from_data(Proposal, {name: value for name, value in values.items() if name in known})
    if "people" not in values:
        return asked
    people = from_data(tuple[PersonSaid, ...], values["people"])
    return replace(asked, people=in_order(one.person for one in people))


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
