"""Calendar files say the same hour to every reader: icalendar, vobject and dateutil,
each by the zones inside the file alone."""

import io
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from toolkit.calendar_zones import add_zones, as_told, is_repeated

ZONES = ["Europe/Paris", "America/Toronto", "America/Vancouver", "Africa/Casablanca", "Asia/Kolkata", "Europe/Dublin",
         "America/Sao_Paulo", "Asia/Tokyo", "Australia/Lord_Howe", "UTC"]  # fmt: skip
SUMMER, WINTER = datetime(2027, 7, 1, 9, tzinfo=UTC), datetime(2027, 1, 12, 9, tzinfo=UTC)
# 31 October 2027: at 01:00 UTC the clocks of Paris go back from three to two.
TWICE = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def file_of(spans, zone: str) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//test//EN")
    calendar.add("version", "2.0")
    for place, span in enumerate(spans):
        event = Event()
        event.add("uid", str(place))
        event.add("dtstamp", SUMMER)
        for name, moment in zip(("dtstart", "dtend"), as_told(list(span), ZoneInfo(zone)), strict=True):
            event.add(name, moment)
        calendar.add_component(event)
    add_zones(calendar)
    return calendar.to_ical().decode()


def by_icalendar(text):
    events = Calendar.from_ical(text).walk("VEVENT")
    return [tuple(event[name].dt.astimezone(UTC) for name in ("dtstart", "dtend")) for event in events]


def by_vobject(text):
    known = vars(vobject.icalendar)["__tzidMap"]  # it keeps the first description of each zone for the whole process
    for key in [key for key in known if key != "UTC"]:
        del known[key]
    events = vobject.readOne(text).vevent_list
    return [tuple(getattr(event, name).value.astimezone(UTC) for name in ("dtstart", "dtend")) for event in events]


def by_dateutil(text):
    """Its reader of zones, told the hours that stand in the file."""
    unfolded = text.replace("\r\n ", "")
    zones = tzical(io.StringIO(unfolded)) if "VTIMEZONE" in unfolded else None
    found = re.findall(
        r"^DT(?:START|END)(?:;TZID=([^:]+))?:(\d{8}T\d{6})(Z?)", unfolded.split("BEGIN:VEVENT", 1)[1], re.M
    )
    moments = [
        datetime.strptime(hour, "%Y%m%dT%H%M%S").replace(tzinfo=zones.get(key) if key else UTC).astimezone(UTC)
        for key, hour, _utc in found
    ]
    return list(zip(moments[::2], moments[1::2], strict=True))


READERS = [by_icalendar, by_vobject, by_dateutil]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("zone", ZONES)
def test_every_reader_finds_the_same_hour_in_summer_and_winter(zone, read):
    hour = timedelta(hours=1)
    spans = [
        (SUMMER, SUMMER + hour),
        (WINTER, WINTER + hour),
        (datetime(2026, 12, 1, 18, tzinfo=UTC), datetime(2026, 12, 1, 19, tzinfo=UTC)),
    ]
    text = file_of(spans, zone)
    assert read(text) == spans
    assert "RDATE" not in text
    assert ("VTIMEZONE" in text) is (zone != "UTC")


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("minutes", [20, 45, 120])
def test_a_session_over_the_hour_that_clocks_repeat_keeps_its_order(minutes, read):
    """02:30 to 02:15 by the clock of Paris, 45 minutes long."""
    span = (TWICE, TWICE + timedelta(minutes=minutes))
    assert is_repeated(TWICE.astimezone(ZoneInfo("Europe/Paris")))
    assert read(file_of([span], "Europe/Paris")) == [span]


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2026, 1, 1), datetime(2033, 1, 1)).map(
        lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
    ),
    st.integers(1, 600),
)
def test_any_session_is_read_back_as_it_is(zone, starts, minutes):
    span = (starts, starts + timedelta(minutes=minutes))
    text = file_of([span], zone)
    assert by_icalendar(text) == [span]
    assert by_vobject(text) == [span]
