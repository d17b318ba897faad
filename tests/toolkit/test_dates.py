"""Dates as people write them."""

from datetime import UTC, date, datetime

from django.utils import translation

from toolkit.dates import date_format


def test_the_first_of_a_month():
    first, eleventh = date(2026, 9, 1), date(2026, 9, 11)
    with translation.override("fr"):
        assert [date_format(first), date_format(eleventh)] == ["1er septembre 2026", "11 septembre 2026"]
        assert date_format(datetime(2026, 2, 1, 9, 5, tzinfo=UTC), "DATETIME_FORMAT") == "1er février 2026, 09:05"
        assert date_format(first, "F Y") == "septembre 2026"
    with translation.override("en"):
        assert date_format(first) == "1 September 2026"
