"""How a calendar is drawn, by hand: which bars share a row, and over how many months each cell goes."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from corridor.domain.calendar.layout import Bar, rows_of
from corridor.domain.calendar.spans import months_of

JANUARY, FEBRUARY, MARCH, APRIL = months = [date(2027, month, 1) for month in range(1, 5)]


def drawn(*bars, over=months):
    return [[(cell.thing, cell.months, cell.month) for cell in row] for row in rows_of(bars, over)]


def test_two_bars_that_share_no_month_share_a_row():
    """A until 28 February, B from 1 March: beside each other. C touches February by a day, so it needs its own row."""
    a, b = Bar(JANUARY, MARCH, "A"), Bar(MARCH, date(2027, 4, 2), "B")
    c = Bar(date(2027, 2, 28), date(2027, 3, 31), "C")
    assert drawn(b, a) == [[("A", 2, JANUARY), ("B", 2, MARCH)]]
    assert drawn(c, b, a) == [
        [("A", 2, JANUARY), ("B", 2, MARCH)],
        [(None, 1, JANUARY), ("C", 2, FEBRUARY), (None, 1, APRIL)],
    ]


def test_of_two_that_begin_together_the_shorter_comes_first():
    assert drawn(Bar(JANUARY, APRIL, "long"), Bar(JANUARY, FEBRUARY, "short")) == [
        [("short", 1, JANUARY), (None, 1, FEBRUARY), (None, 1, MARCH), (None, 1, APRIL)],
        [("long", 3, JANUARY), (None, 1, APRIL)],
    ]


def test_a_bar_is_cut_at_the_edges_and_one_outside_is_left_out():
    cut = Bar(date(2026, 6, 1), date(2027, 8, 1), "A")
    assert drawn(cut) == [[("A", 4, JANUARY)]]
    assert drawn(Bar(date(2026, 6, 1), JANUARY, "before"), Bar(date(2027, 5, 1), date(2027, 6, 1), "after")) == [
        [(None, 1, month) for month in months]
    ]


def test_without_a_month_nothing_is_drawn_and_without_a_bar_one_empty_row():
    assert drawn(Bar(JANUARY, APRIL, "A"), over=[]) == []
    assert drawn(over=[JANUARY]) == [[(None, 1, JANUARY)]]


days = st.dates(date(2026, 11, 1), date(2027, 6, 30))


@given(st.lists(st.tuples(days, days).filter(lambda pair: pair[0] < pair[1]), max_size=8))
def test_every_month_of_every_bar_is_drawn_once_and_each_row_fills_the_table(pairs):
    bars = [Bar(starts, ends, n) for n, (starts, ends) in enumerate(pairs)]
    rows = rows_of(bars, months)
    assert all(sum(cell.months for cell in row) == len(months) for row in rows)
    expected = {(n, len([m for m in months_of(*pair) if m in months])) for n, pair in enumerate(pairs)}
    cells = [(cell.thing, cell.months) for row in rows for cell in row if cell.thing is not None]
    assert len(cells) == len(set(cells))
    assert set(cells) == {(n, count) for n, count in expected if count}
