"""The one place that tells the time to services and views.

A rehearsal (the sample edition, a test) walks through past dates by `with clock.at(moment): ...`; the domain never asks
the time: it is handed the instant.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, tzinfo

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The current instant, aware, in UTC; the rehearsed one inside `at`."""
    return _moment.get() or timezone.now()


def today(zone: tzinfo) -> date:
    """The calendar date in `zone` (a tzinfo)."""
    return now().astimezone(zone).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at `moment` (aware). Raises ValueError for one without a time zone."""
    if timezone.is_naive(moment):
        raise ValueError("a moment needs its time zone")
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
