"""Dates and desks: how long six months are, when stays may start, how many desks are free. Pure.

All intervals are half-open: [starts, ends) holds `starts` and does not hold `ends`.
"""

import calendar
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True)
class Span:
    """`desks` desks over [starts, ends): offered by an opening, or held by a stay."""

    starts: date
    ends: date
    desks: int


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` months later; the month's last day where that day does not exist.

    31 August + 6 months is 28 February (29 in a leap year). Always counted from the first date, never month by month.
    """
    index = day.year * 12 + (day.month - 1) + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def length_of(starts: date, ends: date) -> tuple[int, int]:
    """(months, days) of [starts, ends): the most months that fit by the rule of add_months, and the days left over."""
    months = (ends.year - starts.year) * 12 + ends.month - starts.month
    while add_months(starts, months) > ends:
        months -= 1
    return months, (ends - add_months(starts, months)).days


def beyond(held: Span, asked: Span) -> list[Span]:
    """What `asked` needs beside `held`, so that both together are the greater of the two on every day."""
    days = sorted({held.starts, held.ends, asked.starts, asked.ends})
    found = []
    for starts, ends in itertools.pairwise(days):
        here = [span.desks if span.starts <= starts < span.ends else 0 for span in (held, asked)]
        if here[1] > here[0]:
            found.append(Span(starts, ends, here[1] - here[0]))
    return found


def start_days(first: date, last: date, start_day: int) -> list[date]:
    """The day `start_day` (1 to 28) of each month, from `first` to `last`, both included. Raises ValueError for a day
    that not every month has."""
    if not 1 <= start_day <= 28:
        raise ValueError("a start day that every month has lies between 1 and 28")
    day = first.replace(day=start_day)
    if day < first:
        day = add_months(day, 1)
    found = []
    while day <= last:
        found.append(day)
        day = add_months(day, 1)
    return found


def free_steps(openings: Iterable[Span], held: Iterable[Span]) -> list[tuple[date, int]]:
    """The free desks as a staircase: (day, desks free from that day on), in order; before the first day it is 0.

    Negative where more is held than offered.
    """
    changes: dict[date, int] = {}
    for sign, spans in ((1, openings), (-1, held)):
        for span in spans:
            changes[span.starts] = changes.get(span.starts, 0) + sign * span.desks
            changes[span.ends] = changes.get(span.ends, 0) - sign * span.desks
    steps: list[Any] = []
    free = 0
    for day in sorted(changes):
        free += changes[day]
        if not steps or steps[-1][1] != free:
            steps.append((day, free))
    return steps


def least_free(steps: Sequence[tuple[date, int]], starts: date, ends: date) -> int:
    """The fewest desks that are free on any day of [starts, ends), from a staircase of `free_steps`. Raises ValueError
    for no day."""
    if ends <= starts:
        raise ValueError("an empty interval has no fewest")
    before = 0
    least: int | None = None
    for day, free in steps:
        if day <= starts:
            before = free
        elif day < ends:
            least = free if least is None else min(least, free)
    return before if least is None else min(before, least)


def months_of(starts: date, ends: date) -> list[date]:
    """The first day of each month that [starts, ends) touches."""
    if ends <= starts:
        return []
    last = ends - timedelta(days=1)
    count = (last.year - starts.year) * 12 + last.month - starts.month + 1
    return [add_months(starts.replace(day=1), index) for index in range(count)]


@dataclass(frozen=True)
class MonthOfDesks:
    """A month of an incubator: the fewest desks offered and free on any of its days, the most held on any."""

    month: date
    offered: int
    held: int
    free: int


def desks_by_month(openings: Sequence[Span], held: Sequence[Span], months: Iterable[date]) -> list[MonthOfDesks]:
    """What an incubator offers, holds and has free, month by month."""
    offered_steps = free_steps(openings, [])
    held_steps = free_steps([], held)
    both = free_steps(openings, held)
    rows = []
    for month in months:
        following = add_months(month, 1)
        rows.append(
            MonthOfDesks(
                month=month,
                offered=least_free(offered_steps, month, following),
                held=-least_free(held_steps, month, following),
                free=least_free(both, month, following),
            )
        )
    return rows
