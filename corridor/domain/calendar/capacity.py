"""Whether the stays of an incubator fit, day by day: desks, closed days, arrivals. Pure.

The one answer that applying a plan, moving a stay, changing places and checking the whole database give.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corridor.domain.calendar.spans import Span, least_free
from corridor.domain.placement.problem import Incubator, may_arrive, offered_steps, steps_beside

KINDS = ("desks", "closed", "no_arrival", "arrivals")


@dataclass(frozen=True)
class Booking:
    """A stay by its id. `asked` are desks kept beside its own,
    for a change of the agreement that waits to be signed."""

    id: int
    starts: date
    ends: date
    desks: int
    asked: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """When desks are taken: over the stay itself, and over what is asked for it beyond (days; the end is the first
        day that is free)."""
        return (Span(self.starts, self.ends, self.desks), *self.asked)


@dataclass(frozen=True)
class Breach:
    """Where a stay does not fit.

    desks       `number` desks are missing on some day of the stay
    closed      the house is closed from `day` on, while the stay lasts
    no_arrival  nobody may arrive on `day`, on which the stay starts
    arrivals    `number` stays arrive in the month of `day`, more than the host receives
    """

    kind: str
    booking: int
    day: date
    number: int = 0


def breaches(host: Incubator, bookings: Sequence[Booking]) -> list[Breach]:
    """Every way in which `bookings` do not fit, in their order; the host's own `held` is not looked at."""
    return [found for booking in bookings for found in _of(host, booking, bookings)]


def _of(host: Incubator, booking: Booking, bookings: Sequence[Booking]) -> Iterator[Breach]:
    held = [span for one in bookings for span in one.spans]
    steps = steps_beside(host, held, offered=offered_steps(host, blackouts=False))
    free = min(least_free(steps, span.starts, span.ends) for span in booking.spans)
    if free < 0:
        yield Breach("desks", booking.id, booking.starts, -free)
    for shut in host.blackouts:
        for span in booking.spans:
            if not shut.arrivals_only and shut.starts < span.ends and span.starts < shut.ends:
                yield Breach("closed", booking.id, max(shut.starts, span.starts))
    if not may_arrive(host, booking.starts):
        yield Breach("no_arrival", booking.id, booking.starts)
    if host.arrivals_per_month is not None:
        month = (booking.starts.year, booking.starts.month)
        arriving = sum((one.starts.year, one.starts.month) == month for one in bookings)
        if arriving > host.arrivals_per_month:
            yield Breach("arrivals", booking.id, booking.starts, arriving)
