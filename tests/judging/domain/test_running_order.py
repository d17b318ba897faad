"""Running orders by hand."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from judging.domain.running_order import Phase, Span, phases_of, seconds_spent, spans_of, whole

NINE = datetime(2027, 3, 12, 9, 0, tzinfo=UTC)


def test_each_slot_begins_where_the_one_before_ends():
    spans = spans_of(NINE, [10, 15, 10])
    assert [f"{span.starts:%H:%M}–{span.ends:%H:%M}" for span in spans] == ["09:00–09:10", "09:10–09:25", "09:25–09:35"]
    assert whole(NINE, [10, 15, 10]) == Span(NINE, NINE + timedelta(minutes=35))


def test_minutes_are_real_when_the_clocks_change():
    """In Paris the clocks jump from 2 to 3 on 28 March 2027: half an hour after 1:45 it is 3:15 there."""
    paris = ZoneInfo("Europe/Paris")
    [_first, second] = spans_of(datetime(2027, 3, 28, 1, 45, tzinfo=paris), [30, 10])
    assert f"{second.starts.astimezone(paris):%H:%M}" == "03:15"


def test_spans_that_touch_do_not_overlap():
    first, second, third = spans_of(NINE, [10, 10, 10])
    assert not first.overlaps(second)
    assert Span(first.starts, second.ends).overlaps(Span(second.starts, third.ends))


def test_a_break_is_one_phase_and_no_questions_are_none():
    assert phases_of([(False, 5, 3), (True, 10, 0), (False, 4, 0)]) == [
        Phase(0, "pitch", 300),
        Phase(0, "questions", 180),
        Phase(1, "break", 600),
        Phase(2, "pitch", 240),
    ]


def test_time_spent_goes_on_only_while_the_timer_runs():
    assert seconds_spent(40, None, NINE) == 40
    assert seconds_spent(40, NINE, NINE + timedelta(seconds=12.9)) == 52
    assert seconds_spent(40, NINE, NINE - timedelta(seconds=5)) == 40
