"""Time zones inside a calendar file (RFC 5545, 3.6.5), written so that every reader finds the same hour.

Each change of the clocks that can matter to the file is an observance of its own, with one onset and no list: programs
that take the first value of an RDATE list (ical.js, vobject) read a whole summer one hour late otherwise.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

# Some programs keep the first description of a zone that they read: it should last.
BEFORE, AFTER = timedelta(days=400), timedelta(days=3660)
MINUTE, STEP = timedelta(minutes=1), timedelta(days=7)


def is_repeated(local: datetime) -> bool:
    """Whether the clock shows this hour twice that night: a file can only name the first one."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def as_told(moments: list[datetime], zone: tzinfo) -> list[datetime]:
    """The moments by the clock of `zone`; all in UTC where one lies in an hour that is shown twice,
    so that their order stays."""
    local = [moment.astimezone(zone) for moment in moments]
    if str(zone) in ("UTC", "Etc/UTC") or any(is_repeated(moment) for moment in local):
        return [moment.astimezone(UTC) for moment in moments]
    return local


def add_zones(calendar: Any) -> None:
    """Adds to an icalendar Calendar the zones that its events name,
    each from a year before the first moment to ten years after the last."""
    spans: dict[str, list[datetime]] = {}
    for event in calendar.walk("VEVENT"):
        for name in ("DTSTART", "DTEND"):
            moment = getattr(event.get(name), "dt", None)
            if isinstance(moment, datetime) and isinstance(moment.tzinfo, ZoneInfo):
                spans.setdefault(moment.tzinfo.key, []).append(moment)
    for place, (key, moments) in enumerate(sorted(spans.items())):
        calendar.subcomponents.insert(place, zone_component(key, min(moments), max(moments)))


def zone_component(key: str, first: datetime, last: datetime) -> Any:
    """An icalendar Timezone of the IANA zone `key` that is true from a year before `first`
    to ten years after `last`."""
    from icalendar import Timezone

    zone = ZoneInfo(key)
    begins = first.astimezone(UTC).replace(second=0, microsecond=0) - BEFORE
    component = Timezone()
    component.add("tzid", key)
    component.add_component(_observance(begins, zone, begins.astimezone(zone).utcoffset()))
    for change in changes_of(zone, begins, last.astimezone(UTC) + AFTER):
        component.add_component(_observance(change, zone, (change - MINUTE).astimezone(zone).utcoffset()))
    return component


def changes_of(zone: tzinfo, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The moments (UTC, to the minute) at which the clocks of `zone` change their offset from UTC, or its name."""

    def shown(moment: datetime) -> tuple[Any, ...]:
        local = moment.astimezone(zone)
        return local.utcoffset(), local.tzname()

    here = begins
    while here < ends:
        there = here + STEP
        if shown(here) != shown(there):
            low, high = here, there
            while high - low > MINUTE:
                middle = low + ((high - low) // 2 // MINUTE) * MINUTE
                low, high = (middle, high) if shown(middle) == shown(here) else (low, middle)
            yield high
        here = there


def _observance(change: datetime, zone: tzinfo, before: timedelta | None) -> Any:
    """What holds from `change` on; its beginning is told by the clock that went before."""
    from icalendar import TimezoneDaylight, TimezoneStandard

    assert before is not None
    local = change.astimezone(zone)
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    observance.add("dtstart", (change + before).replace(tzinfo=None))
    observance.add("tzoffsetfrom", before)
    observance.add("tzoffsetto", local.utcoffset())
    observance.add("tzname", local.tzname())
    return observance
