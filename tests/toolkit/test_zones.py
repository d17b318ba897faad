"""Time zones are those of the pinned package, under the names in use today."""

import re
import zoneinfo
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from toolkit.zones import ABBREVIATIONS, name_of_zone, present_name, present_names


@pytest.mark.parametrize(
    ("zone", "hours"), [("America/Vancouver", -7), ("America/Edmonton", -6), ("America/Winnipeg", -5)]
)
def test_clocks_that_stopped_changing_in_2026_are_known(zone, hours):
    """tzdata 2026: they stay on summer time from 1 November 2026. Files of 2025 still turn the clocks back."""
    assert zoneinfo.TZPATH == ()
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert noon.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("told", "present", "named"),
    [
        ("Asia/Calcutta", "Asia/Kolkata", "Kolkata time"),
        ("Europe/Kiev", "Europe/Kyiv", "Kyiv time"),
        ("Asia/Saigon", "Asia/Ho_Chi_Minh", "Ho Chi Minh time"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("US/Pacific", "America/Los_Angeles", "Los Angeles time"),
        ("Atlantic/Faeroe", "Atlantic/Faroe", "Faroe time"),
        ("Iceland", "Atlantic/Reykjavik", "Reykjavik time"),
        ("Pacific/Truk", "Pacific/Chuuk", "Chuuk time"),
        ("Europe/Amsterdam", "Europe/Amsterdam", "Amsterdam time"),
        ("Europe/Paris", "Europe/Paris", "Paris time"),
        ("UTC", "UTC", "UTC"),
        ("Etc/GMT+5", "Etc/GMT+5", "GMT+5 time"),
    ],
)
def test_an_old_name_is_shown_by_the_present_one(told, present, named):
    assert (present_name(told), name_of_zone(told)) == (present, named)


def test_every_name_of_a_place_has_a_present_one_with_the_same_hours():
    moments = [datetime(2026, 11, 30, tzinfo=UTC) + timedelta(days=days) for days in range(0, 730, 13)]
    for name in zoneinfo.available_timezones():
        if name.startswith("Etc/") or name.isupper() or name in ABBREVIATIONS or re.fullmatch(r"GMT.?0|Factory", name):
            continue
        present = present_name(name)
        assert present in present_names(), name
        if present != name:
            old, new = zoneinfo.ZoneInfo(name), zoneinfo.ZoneInfo(present)
            assert all(m.astimezone(old).utcoffset() == m.astimezone(new).utcoffset() for m in moments), name


def test_no_query_asks_the_database_to_convert_zones():
    """PostgreSQL would use time zones of its own machine."""
    converting = re.compile(
        r"\bTrunc(Date|Day|Hour|Week|Month|Year)|\bExtract[A-Z]|__(date|hour|week_day)\b|AT TIME ZONE", re.I
    )
    for app in ("toolkit", "network", "contest", "judging", "corridor", "config"):
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            assert not converting.search(path.read_text(encoding="utf-8")), path
