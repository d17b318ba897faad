"""The phase of an edition at an instant."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.domain.deadlines import Dates, end_of, phase_at

PARIS = ZoneInfo("Europe/Paris")
MAGOG = ZoneInfo("America/Montreal")
EDITION = Dates(
    zone=PARIS,
    call_opens=datetime(2027, 1, 4, 9, tzinfo=PARIS),
    call_closes=datetime(2027, 2, 1, tzinfo=PARIS),
    nominations_close=datetime(2027, 2, 15, 18, tzinfo=PARIS),
    final_until=date(2027, 4, 10),
)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (EDITION.call_opens - SECOND, "upcoming"),
        (EDITION.call_opens, "call"),
        (EDITION.call_closes - SECOND, "call"),
        (EDITION.call_closes, "nomination"),
        (EDITION.nominations_close - SECOND, "nomination"),
        (EDITION.nominations_close, "jury"),
        (datetime(2027, 4, 10, 23, 59, 59, tzinfo=PARIS), "jury"),
        (datetime(2027, 4, 11, tzinfo=PARIS), "over"),
    ],
)
def test_a_deadline_is_the_first_instant_that_is_too_late(now, phase):
    assert phase_at(EDITION, now) == phase


def test_the_same_instant_has_one_phase_whatever_the_zone_it_is_written_in():
    # 31 January 17:59 in Magog is 23:59 in Paris: still open. 18:00 there is midnight here: closed.
    assert phase_at(EDITION, datetime(2027, 1, 31, 17, 59, tzinfo=MAGOG)) == "call"
    assert phase_at(EDITION, datetime(2027, 1, 31, 18, 0, tzinfo=MAGOG)) == "nomination"


def test_the_last_day_of_the_final_ends_at_midnight_of_the_editions_zone_also_when_clocks_change():
    # In Paris, 28 March 2027 has 23 hours: it ends at 22:00 UTC.
    assert end_of(date(2027, 3, 28), PARIS) == datetime(2027, 3, 28, 22, tzinfo=UTC)


def test_results_published_before_the_final_day_end_the_edition():
    published = datetime(2027, 3, 1, tzinfo=UTC)
    dates = Dates(PARIS, EDITION.call_opens, EDITION.call_closes, EDITION.nominations_close, None, published)
    assert [phase_at(dates, published - SECOND), phase_at(dates, published)] == ["jury", "over"]


def test_an_edition_without_dates_is_upcoming_and_an_archive_is_an_archive():
    assert phase_at(Dates(PARIS), datetime(2030, 1, 1, tzinfo=UTC)) == "upcoming"
    assert phase_at(Dates(PARIS, is_archive=True), datetime(2030, 1, 1, tzinfo=UTC)) == "archive"


def test_without_a_date_of_its_own_nomination_ends_with_the_call():
    dates = Dates(PARIS, EDITION.call_opens, EDITION.call_closes)
    assert phase_at(dates, EDITION.call_closes) == "jury"


@given(
    st.lists(st.datetimes(datetime(2026, 6, 1), datetime(2028, 1, 1), timezones=st.just(UTC)), min_size=2, max_size=9)
)
def test_phases_never_go_backwards(instants):
    order = ["upcoming", "call", "nomination", "jury", "over"]
    seen = [order.index(phase_at(EDITION, now)) for now in sorted(instants)]
    assert seen == sorted(seen)
