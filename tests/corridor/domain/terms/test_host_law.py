"""What a host's law asks of a stay, by hand. 154 hours a month and 924 in all are the French rule for interns (Code de
l'éducation, art. L124-5 and D124-6: six months of 22 days of 7 hours)."""

from datetime import date
from decimal import Decimal

import pytest

from corridor.domain.terms.host_law import (
    LENGTH,
    START,
    STATUS,
    Rules,
    broken,
    hours_by_week,
    hours_of,
    read_hours,
    read_rules,
    status_on,
)

FRENCH = Rules(statuses=("student",), max_months=6, before_start=True, max_hours=924, month_hours=154)
MARCH, SEPTEMBER = date(2027, 3, 1), date(2027, 9, 1)


def test_rules_are_read_from_the_table_of_a_template():
    table = {
        "statuses": "student graduate", "max_months": "6", "before_start": "yes", "parties": "school guest",
        "prevailing": " fr ", "hours_blank": "total_hours", "max_hours": "924", "month_hours": "154",
        "week_blank": "weekly_hours", "notice_days": "15", "instead": " other ", "why": "Loi.", "why_en": " Law. ",
    }  # fmt: skip
    read = Rules(
        ("student", "graduate"), 6, True, ("school", "guest"), "fr", "total_hours", 924, 154, "weekly_hours", 15,
        "other", "Law.",
    )  # fmt: skip
    assert read_rules(table, "en") == read
    assert read_rules(table, "de").why == read_rules(table).why == "Loi."
    assert read_rules({}) == Rules()
    with pytest.raises(ValueError, match="six"):
        read_rules({"max_months": "six"})


@pytest.mark.parametrize(
    ("rules", "ends", "hours"),
    [
        (FRENCH, SEPTEMBER, 924),  # six months
        (FRENCH, date(2027, 6, 16), 539),  # three months, and 15 days of the 30 of the month that they begin
        (FRENCH, date(2027, 3, 11), 49),  # 10 days of 31: 49.67, to the hour that is full
        (FRENCH, date(2027, 10, 1), 924),  # seven months would be 1,078
        (Rules(month_hours=154), date(2027, 10, 1), 1078),
        (Rules(max_hours=924), SEPTEMBER, None),
    ],
)
def test_hours_of_presence(rules, ends, hours):
    assert hours_of(rules, MARCH, ends) == hours


def test_weekly_hours_over_a_stay_to_the_hour_that_is_begun():
    """184 days of 40 hours a week are 1,051.4; seven days of them 40."""
    assert hours_by_week(Decimal(40), MARCH, SEPTEMBER) == 1052
    assert hours_by_week(Decimal(40), MARCH, date(2027, 3, 8)) == 40


@pytest.mark.parametrize(
    ("text", "number"),
    [("924", "924"), ("462,5", "462.5"), (" 1 000 ", "1000"), ("35.25", "35.25"), ("1.000", None), ("many", None)],
)
def test_hours_as_people_write_them(text, number):
    assert read_hours(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({}, ""),
        ({"status": "graduate"}, STATUS),
        ({"ends": date(2027, 9, 2)}, LENGTH),
        ({"today": MARCH}, START),
        ({"today": date(2027, 2, 28)}, ""),
    ],
)
def test_the_first_rule_that_says_no(changed, rule):
    asked = {"status": "student", "starts": MARCH, "ends": SEPTEMBER, "today": date(2027, 1, 1), **changed}
    assert broken(FRENCH, **asked) == rule
    assert broken(Rules(), **asked) == ""


def test_whoever_holds_the_diploma_is_no_student_any_more():
    day = date(2027, 3, 1)
    assert status_on(day, said="student", diploma_on=day) == "graduate"
    assert status_on(day, said="student", diploma_on=date(2027, 3, 2)) == "student"
    assert status_on(day, said="student", diploma_on=None) == "student"
    assert status_on(day, said="artist", diploma_on=day) == "artist"
