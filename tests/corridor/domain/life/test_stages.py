"""The calendar rules of a stay's life, by hand."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.domain.calendar.spans import add_months
from corridor.domain.life.stages import Presence, due_on, middle, most_present, phase, stage, task_of


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2026-08-31", "2027-02-28"),  # no 31 February
        ("2027-08-31", "2028-02-29"),  # nor a 30th, but a 29th in a leap year
        ("2028-02-29", "2028-08-29"),
        ("2026-08-30", "2027-02-28"),
        ("2026-10-31", "2027-04-30"),
        ("2026-07-01", "2027-01-01"),
        ("2026-12-31", "2027-06-30"),
    ],
)
def test_six_months(starts, ends):
    assert add_months(date.fromisoformat(starts), 6) == date.fromisoformat(ends)


@settings(max_examples=50)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_six_months_are_counted_from_the_first_date_not_month_by_month(day):
    six = add_months(day, 6)
    assert (six.year * 12 + six.month) - (day.year * 12 + day.month) == 6
    assert six.day == day.day or (
        six.day < day.day and add_months(six.replace(day=1), 1).toordinal() - six.toordinal() == 1
    )


@pytest.mark.parametrize(
    ("starts", "ends", "when"),
    [
        ("2027-01-01", "2027-07-01", "2027-04-01"),
        ("2026-08-31", "2027-02-28", "2026-11-30"),
        ("2027-01-01", "2027-02-01", "2027-01-16"),  # one month: half its 31 days
        ("2027-01-01", "2027-06-16", "2027-03-25"),  # cut short by an amendment: half its 166 days
    ],
)
def test_the_middle_of_a_stay(starts, ends, when):
    assert middle(date.fromisoformat(starts), date.fromisoformat(ends)) == date.fromisoformat(when)


@pytest.mark.parametrize(
    ("day", "called"),
    [
        ("2026-12-31", "confirmed"),
        ("2027-01-01", "under_way"),
        ("2027-03-16", "under_way"),
        ("2027-03-17", "mid_term"),
        ("2027-04-16", "mid_term"),
        ("2027-04-17", "under_way"),
        ("2027-06-30", "under_way"),
        ("2027-07-01", "completed"),
    ],
)
def test_a_confirmed_stay_is_called_by_its_dates(day, called):
    assert phase("confirmed", date(2027, 1, 1), date(2027, 7, 1), date.fromisoformat(day)) == called


@pytest.mark.parametrize("state", ["proposed", "accepted", "declined", "cancelled"])
def test_what_is_not_confirmed_is_never_under_way(state):
    assert phase(state, date(2027, 1, 1), date(2027, 7, 1), date(2027, 3, 1)) == state


@pytest.mark.parametrize(
    ("local", "name", "since"),
    [
        ("2027-01-03T07:59", None, None),
        ("2027-01-03T08:00", "week", "2027-01-03"),
        ("2027-01-09T07:59", "week", "2027-01-03"),
        ("2027-01-09T08:00", "day", "2027-01-09"),
        ("2027-01-11T08:00", "late", "2027-01-11"),
        ("2027-03-01T00:00", "late", "2027-01-11"),
    ],
)
def test_reminders_come_at_eight_on_the_reader_s_clock(local, name, since):
    found = stage(date(2027, 1, 10), datetime.fromisoformat(local))
    assert (found and found.name, found and found.since) == (name, since and date.fromisoformat(since))


def test_people_who_take_turns_are_counted_by_day():
    first = Presence("A", date(2027, 1, 1), date(2027, 4, 1))
    second = Presence("B", date(2027, 4, 1), date(2027, 7, 1))
    third = Presence("C", date(2027, 3, 15), date(2027, 5, 1))
    assert most_present([first, second]) == (1, date(2027, 1, 1))
    assert most_present([first, second, third]) == (2, date(2027, 3, 15))
    assert most_present([]) == (0, None)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": ""}, "needs a code and a title"),
        ({"title": {"en": ""}}, "needs a code and a title"),
        ({"owner": "mayor"}, "nobody is called mayor"),
        ({"days": 5000}, "within a thousand days"),
    ],
)
def test_a_line_that_nobody_could_do(wrong, said):
    right = {"code": "visa", "title": {"en": "Visas"}, "owner": "team", "days": -60}
    assert task_of(right, ["team"]).days == -60
    with pytest.raises(ValueError, match=said):
        task_of({**right, **wrong}, ["team"])


@pytest.mark.parametrize(("days", "due"), [(-30, "2026-12-02"), (0, "2027-01-01"), (14, "2027-01-15")])
def test_a_task_is_due_so_many_days_after_the_first_day(days, due):
    task = task_of({"code": "keys", "title": {"en": "Keys"}, "owner": "host", "days": days}, ["host"])
    assert due_on(task, date(2027, 1, 1)) == date.fromisoformat(due)
