"""What a placement is asked, as it travels (docs/formats/placement.schema.json), and the problem that it states. Pure.

A file that somebody else wrote may leave out what has a default; as_data writes it. What this software wrote comes back
byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from corridor.domain.calendar.spans import Span, add_months, start_days
from corridor.domain.placement.problem import UNSAID, Blackout, Candidate, Incubator, Place, Problem
from toolkit.typed_data import Data, as_data, from_data, left_out

FORMAT, VERSION = "passerelle.placement", 1


@dataclass(frozen=True)
class Ranked:
    """A code in an order, with its place; equal ones share a number."""

    code: str
    rank: int


Order = tuple[Ranked | str | tuple[str, ...], ...]  # best first: codes, lists of equal codes, or codes with a rank


@dataclass(frozen=True)
class Refused:
    """A candidate whom the host does not take, and why."""

    candidate: str
    reason: str


@dataclass(frozen=True)
class Stated:
    """A stay that holds, or that is published; without `ends`, as long as the programme's."""

    incubator: str
    starts: date
    ends: date | None = left_out(None)


@dataclass(frozen=True)
class Sent:
    """How many stays a city has sent and hosted so far."""

    city: str
    sent: int
    hosted: int


@dataclass(frozen=True)
class Starts:
    """How long stays are, and when they start: `start_days`, or every month's `start_day` from first to last start."""

    months: int
    start_days: tuple[date, ...] | None = left_out(None)
    first_start: date | None = left_out(None)
    last_start: date | None = left_out(None)
    start_day: int | None = left_out(None)
    home_city_allowed: bool = False

    def days(self) -> list[date]:
        """The start days, first to last."""
        if self.start_days is not None:
            return sorted(set(self.start_days))
        assert self.first_start is not None
        assert self.last_start is not None
        return start_days(self.first_start, self.last_start, self.start_day or 1)


@dataclass(frozen=True)
class Host:
    """An incubator: what it offers, what is held there already, and what it says of candidates."""

    code: str
    name: str = left_out("")
    city: str = ""
    openings: tuple[Span, ...] = ()
    held: tuple[Span, ...] = ()
    arrivals_per_month: int | None = left_out(None)
    blackouts: tuple[Blackout, ...] = left_out(())
    refusals: tuple[Refused, ...] = left_out(())
    order: Order = left_out(())

    def stated(self) -> Incubator:
        """The incubator of a problem."""
        return Incubator(
            id=self.code,
            city=self.city,
            openings=self.openings,
            held=self.held,
            blackouts=self.blackouts,
            arrivals_per_month=self.arrivals_per_month,
            refused=tuple((one.candidate, one.reason) for one in self.refusals),
            order=tuple(places_of(self.order)),
            name=self.name,
        )


@dataclass(frozen=True)
class Guest:
    """A candidate: who, how many, when, and where it wishes to go. Without a rank, its place in the list is it."""

    code: str
    name: str = left_out("")
    rank: int | None = left_out(None)
    people: int = 1
    home_city: str = ""
    earliest_start: date | None = None
    latest_start: date | None = None
    eligible_until: date | None = left_out(None)
    wishes: Order = ()
    declined: tuple[str, ...] = ()
    feasible_from: Mapping[str, date] | None = left_out(None)
    priority: int | Decimal | None = left_out(None)
    published: Stated | None = left_out(None)
    pinned: Stated | None = left_out(None)

    def stated(self, months: int, number: int) -> Candidate:
        """The candidate of a problem, as the `number`th of its list."""
        return Candidate(
            id=self.code,
            rank=number if self.rank is None else self.rank,
            people=self.people,
            home_city=self.home_city,
            wishes=tuple(places_of(self.wishes)),
            declined=frozenset(self.declined),
            earliest_start=self.earliest_start,
            latest_start=self.latest_start,
            eligible_until=self.eligible_until,
            feasible_from=tuple(sorted((self.feasible_from or {}).items())),
            priority=int((1 if self.priority is None else self.priority) * 1000),
            pinned=_place(self.pinned, months),
            published=_place(self.published, months),
            name=self.name,
        )


@dataclass(frozen=True)
class PlacementFile:
    """The whole file. `seconds` is the time for each level; `note` is for people."""

    programme: Starts
    incubators: tuple[Host, ...]
    candidates: tuple[Guest, ...]
    ledger: tuple[Sent, ...] = ()
    format: str = FORMAT
    version: int = VERSION
    note: str | None = left_out(None)
    rule: str = UNSAID
    seed: int = 0
    seconds: int | Decimal | None = left_out(None)
    change_first: bool = left_out(False)

    def as_data(self) -> dict[str, Any]:
        """The file as it is written."""
        data: dict[str, Any] = as_data(self)
        return data

    @classmethod
    def from_data(cls, data: Data) -> PlacementFile:
        """What a file holds whose shape is right (placement/file). Raises Misshapen for any other."""
        return from_data(cls, data)

    def problem(self) -> Problem:
        """The problem that the file states."""
        return Problem(
            candidates=tuple(one.stated(self.programme.months, n) for n, one in enumerate(self.candidates, start=1)),
            incubators=tuple(one.stated() for one in self.incubators),
            start_days=tuple(self.programme.days()),
            months=self.programme.months,
            home_city_allowed=self.programme.home_city_allowed,
            seed=self.seed,
            rule=self.rule,
            ledger=tuple((one.city, one.sent, one.hosted) for one in self.ledger),
            change_first=self.change_first,
        )


def _place(stated: Stated | None, months: int) -> Place | None:
    if stated is None:
        return None
    return Place(stated.incubator, stated.starts, stated.ends or add_months(stated.starts, months))


def ranked(order: Order) -> Iterable[tuple[int, tuple[str, ...]]]:
    """(rank, codes) of a list in order, as it is written."""
    for number, one in enumerate(order, start=1):
        if isinstance(one, Ranked):
            yield one.rank, (one.code,)
        else:
            yield number, (one,) if isinstance(one, str) else one


def places_of(order: Order) -> list[tuple[str, int]]:
    """(code, place) of a list in order: 1, 2, …, equal ones sharing a number, without gaps."""
    given = list(ranked(order))
    numbers = {rank: place for place, rank in enumerate(sorted({rank for rank, _codes in given}), start=1)}
    return sorted(((code, numbers[rank]) for rank, codes in given for code in codes), key=lambda row: (row[1], row[0]))
