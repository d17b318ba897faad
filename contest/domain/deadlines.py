"""Where an edition stands at an instant: derived from its dates, so that no deadline needs a job to come true."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

UPCOMING, CALL, NOMINATION, JURY, OVER, ARCHIVE = "upcoming", "call", "nomination", "jury", "over", "archive"


@dataclass(frozen=True)
class Dates:
    """The dates of one edition. Instants are aware; days are read in `zone`; what is not known is None."""

    zone: tzinfo
    call_opens: datetime | None = None
    call_closes: datetime | None = None
    nominations_close: datetime | None = None
    final_until: date | None = None
    results_published_at: datetime | None = None
    is_archive: bool = False


def end_of(day: date, zone: tzinfo) -> datetime:
    """The first instant after `day` in `zone`."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)


def phase_at(dates: Dates, now: datetime) -> str:
    """One of the phases named above.

    A deadline is the first instant that is too late: at `call_closes` sharp the call is closed. Without a date of its
    own, nomination ends with the call. The edition is over once results are published or its final's last day has
    passed.
    """
    if dates.is_archive:
        return ARCHIVE
    if dates.call_opens is None or dates.call_closes is None or now < dates.call_opens:
        return UPCOMING
    if now < dates.call_closes:
        return CALL
    if now < (dates.nominations_close or dates.call_closes):
        return NOMINATION
    if dates.results_published_at is not None and dates.results_published_at <= now:
        return OVER
    if dates.final_until is not None and end_of(dates.final_until, dates.zone) <= now:
        return OVER
    return JURY
