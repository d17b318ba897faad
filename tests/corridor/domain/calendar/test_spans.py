"""Six months, start days and free desks: by hand, and as properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.domain.calendar.layout import Bar, rows_of
from corridor.domain.calendar.spans import (
    MonthOfDesks,
    Span,
    add_months,
    beyond,
    desks_by_month,
    free_steps,
    least_free,
    length_of,
    months_of,
    start_days,
)

days = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2027, 1, 1), 6, date(2027, 7, 1)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),  # 2028 is a leap year
        (date(2027, 8, 30), 6, date(2028, 2, 29)),
        (date(2027, 8, 29), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 6, date(2028, 8, 29)),
        (date(2027, 12, 31), 6, date(2028, 6, 30)),
        (date(2027, 7, 15), 6, date(2028, 1, 15)),
        (date(2027, 3, 31), 0, date(2027, 3, 31)),
    ],
)
def test_months_are_added_by_the_stated_rule(start, months, end):
    assert add_months(start, months) == end


@given(days, st.integers(1, 36))
def test_a_later_start_never_ends_earlier(day, months):
    assert add_months(day, months) > day
    assert add_months(day + timedelta(days=1), months) >= add_months(day, months)


@pytest.mark.parametrize(
    ("starts", "ends", "length"),
    [
        (date(2026, 8, 31), date(2027, 2, 28), (6, 0)),  # 31 August + 6 months: until the eve of 28 February
        (date(2026, 8, 31), date(2027, 3, 1), (6, 1)),
        (date(2027, 8, 31), date(2028, 2, 28), (5, 28)),  # a leap year: one day short of six months
        (date(2027, 8, 31), date(2028, 2, 29), (6, 0)),
        (date(2027, 3, 1), date(2027, 9, 1), (6, 0)),
        (date(2027, 3, 1), date(2027, 3, 1), (0, 0)),
        (date(2027, 1, 30), date(2027, 3, 1), (1, 1)),  # 30 January + 1 month is 28 February
    ],
)
def test_a_length_is_told_in_months_and_days_by_the_same_rule(starts, ends, length):
    assert length_of(starts, ends) == length


@given(days, st.integers(0, 800))
def test_months_and_days_add_up_to_the_end(starts, more):
    ends = starts + timedelta(days=more)
    months, left = length_of(starts, ends)
    assert add_months(starts, months) + timedelta(days=left) == ends
    assert add_months(starts, months + 1) > ends


@given(days, days, days, days, st.integers(1, 5), st.integers(1, 5))
def test_what_is_kept_beside_makes_the_greater_of_both_on_every_day(a, b, c, d, desks, asked):
    held = Span(min(a, b), max(a, b) + timedelta(days=1), desks)
    wanted = Span(min(c, d), max(c, d) + timedelta(days=1), asked)
    kept = beyond(held, wanted)
    edges = {day for span in (held, wanted, *kept) for day in (span.starts, span.ends)}
    for day in edges:
        on = [span.desks if span.starts <= day < span.ends else 0 for span in (held, wanted)]
        assert max(on) == on[0] + sum(span.desks for span in kept if span.starts <= day < span.ends)


def test_start_days_include_both_ends():
    assert start_days(date(2027, 1, 1), date(2027, 3, 1), 1) == [date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]
    assert start_days(date(2027, 1, 2), date(2027, 3, 14), 15) == [date(2027, 1, 15), date(2027, 2, 15)]
    assert start_days(date(2027, 11, 16), date(2028, 1, 15), 15) == [date(2027, 12, 15), date(2028, 1, 15)]
    assert start_days(date(2027, 1, 2), date(2027, 1, 31), 1) == []


def test_a_start_day_that_february_lacks_is_refused():
    with pytest.raises(ValueError, match="between 1 and 28"):
        start_days(date(2027, 1, 1), date(2027, 3, 1), 29)


def test_overlapping_openings_add_up_and_ends_are_not_included():
    openings = [Span(date(2027, 1, 1), date(2027, 7, 1), 2), Span(date(2027, 3, 1), date(2027, 5, 1), 3)]
    held = [Span(date(2027, 4, 1), date(2027, 10, 1), 1)]
    assert free_steps(openings, held) == [
        (date(2027, 1, 1), 2),
        (date(2027, 3, 1), 5),
        (date(2027, 4, 1), 4),
        (date(2027, 5, 1), 1),
        (date(2027, 7, 1), -1),
        (date(2027, 10, 1), 0),
    ]
    assert least_free(free_steps(openings, held), date(2027, 3, 1), date(2027, 4, 1)) == 5
    assert least_free(free_steps(openings, held), date(2027, 3, 1), date(2027, 4, 2)) == 4
    assert least_free(free_steps(openings, []), date(2027, 6, 30), date(2027, 7, 1)) == 2
    assert least_free(free_steps(openings, []), date(2027, 6, 30), date(2027, 7, 2)) == 0
    assert least_free(free_steps(openings, []), date(2026, 12, 31), date(2027, 1, 2)) == 0


def test_two_stays_that_touch_share_a_desk():
    opening = [Span(date(2027, 1, 1), date(2028, 1, 1), 1)]
    first = [Span(date(2027, 1, 1), date(2027, 7, 1), 1)]
    assert least_free(free_steps(opening, first), date(2027, 7, 1), date(2028, 1, 1)) == 1
    assert least_free(free_steps(opening, first), date(2027, 6, 30), date(2027, 12, 30)) == 0


spans = st.lists(
    st.builds(
        lambda start, length, desks: Span(start, start + timedelta(days=length), desks),
        st.dates(date(2027, 1, 1), date(2027, 2, 28)),
        st.integers(1, 60),
        st.integers(1, 4),
    ),
    max_size=6,
)


@given(spans, spans, st.dates(date(2027, 1, 1), date(2027, 3, 31)), st.integers(1, 40))
def test_free_desks_is_what_counting_day_by_day_gives(openings, held, starts, length):
    def on(day, spans):
        return sum(span.desks for span in spans if span.starts <= day < span.ends)

    every_day = [starts + timedelta(days=index) for index in range(length)]
    expected = min(on(day, openings) - on(day, held) for day in every_day)
    assert least_free(free_steps(openings, held), starts, starts + timedelta(days=length)) == expected


def test_months_of_an_interval():
    assert months_of(date(2027, 11, 15), date(2028, 1, 1)) == [date(2027, 11, 1), date(2027, 12, 1)]
    assert months_of(date(2027, 11, 15), date(2028, 1, 2))[-1] == date(2028, 1, 1)
    assert months_of(date(2027, 1, 1), date(2027, 1, 1)) == []


def test_desks_by_month_shows_the_worst_day():
    openings = [Span(date(2027, 1, 1), date(2027, 2, 15), 4)]
    held = [Span(date(2027, 1, 20), date(2027, 2, 1), 3)]
    assert desks_by_month(openings, held, [date(2027, 1, 1), date(2027, 2, 1)]) == [
        MonthOfDesks(date(2027, 1, 1), offered=4, held=3, free=1),
        MonthOfDesks(date(2027, 2, 1), offered=0, held=0, free=0),
    ]


def test_bars_that_share_a_month_never_share_a_row():
    months = months_of(date(2027, 1, 1), date(2027, 6, 1))
    bars = [
        Bar(date(2027, 1, 1), date(2027, 3, 1), "a"),
        Bar(date(2027, 2, 1), date(2027, 4, 1), "b"),
        Bar(date(2027, 3, 1), date(2027, 5, 1), "c"),
        Bar(date(2028, 3, 1), date(2028, 5, 1), "outside"),
    ]
    drawn = [[(cell.thing, cell.months) for cell in row] for row in rows_of(bars, months)]
    assert drawn == [[("a", 2), ("c", 2), (None, 1)], [(None, 1), ("b", 2), (None, 1), (None, 1)]]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), max_size=12))
def test_every_row_is_as_wide_as_the_table(bars):
    months = months_of(date(2027, 1, 1), date(2028, 1, 1))
    first = date(2026, 10, 1)
    made = [Bar(add_months(first, at), add_months(first, at + long), n) for n, (at, long) in enumerate(bars)]
    rows = rows_of(made, months)
    assert {sum(cell.months for cell in row) for row in rows} == {12}
