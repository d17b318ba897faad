"""Age on the first day of a stay, by either way of counting; examples worked by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corridor.domain.eligibility import NOT_YET, UP_TO, Rule, facts_of, failed, last_start, read_rule

UNDER_30 = Rule(under=30)
UP_TO_30 = Rule(under=30, counted=UP_TO)


@pytest.mark.parametrize(
    ("born", "starts", "not_yet", "up_to"),
    [
        # Born on 1 March 1996: 30 on 1 March 2026, whatever the hour.
        (date(1996, 3, 1), date(2026, 2, 28), True, True),
        (date(1996, 3, 1), date(2026, 3, 1), False, True),
        (date(1996, 3, 1), date(2027, 2, 28), False, True),
        (date(1996, 3, 1), date(2027, 3, 1), False, False),
        # Born on 29 February 1996: 2026 has no such day, so 30 on 1 March 2026.
        (date(1996, 2, 29), date(2026, 2, 28), True, True),
        (date(1996, 2, 29), date(2026, 3, 1), False, True),
        # Born on 29 February 2000: 28 on 29 February 2028, 30 on 1 March 2030, 31 on 1 March 2031.
        (date(2000, 2, 29), date(2030, 2, 28), True, True),
        (date(2000, 2, 29), date(2031, 2, 28), False, True),
        (date(2000, 2, 29), date(2031, 3, 1), False, False),
        # Born on New Year's Eve, starts on New Year's Day.
        (date(1996, 12, 31), date(2027, 1, 1), False, True),
        (date(1997, 1, 1), date(2027, 1, 1), False, True),
        (date(1997, 1, 2), date(2027, 1, 1), True, True),
    ],
)
def test_the_birthday_by_both_ways_of_counting(born, starts, not_yet, up_to):
    def holds(rule):
        [fact] = facts_of(rule, starts=starts, born=born, awarded=None, status="")
        return fact.holds

    assert (holds(UNDER_30), holds(UP_TO_30)) == (not_yet, up_to)


days = st.dates(date(1940, 1, 1), date(2060, 12, 31))


@given(born=days, limit=st.integers(16, 60), counted=st.sampled_from([NOT_YET, UP_TO]), offset=st.integers(-800, 800))
def test_the_last_start_is_the_last_one_that_holds(born, limit, counted, offset):
    """Counted afresh: years are full birthdays passed, 29 February falling on 1 March."""
    rule = Rule(under=limit, counted=counted)
    last = last_start(born, rule)
    starts = last + timedelta(days=offset)
    years = starts.year - born.year - ((starts.month, starts.day) < (born.month, born.day))
    allowed = years < limit if counted == NOT_YET else years <= limit
    [fact] = facts_of(rule, starts=starts, born=born, awarded=None, status="")
    assert fact.holds == allowed == (offset <= 0)
    assert fact.values["years"] == years


@given(born=days, later=st.integers(1, 2000))
def test_who_is_younger_may_start_as_late_at_least(born, later):
    younger = born + timedelta(days=later)
    assume(younger.year < 2061)
    assert last_start(younger, UNDER_30) >= last_start(born, UNDER_30)


def test_the_diploma_is_awarded_by_the_first_day_and_the_status_is_one_of_those_asked():
    rule = read_rule({"under": 30, "diploma": True, "statuses": ["graduate"]})
    said = {"starts": date(2027, 3, 1), "born": date(2001, 5, 2)}
    on_time = facts_of(rule, awarded=date(2027, 3, 1), status="graduate", **said)
    assert [(fact.code, fact.holds) for fact in on_time] == [("age", True), ("diploma", True), ("status", True)]
    assert [fact.values for fact in on_time] == [
        {"starts": "2027-03-01", "limit": 30, "counted": NOT_YET, "years": 25, "last_start": "2031-05-01"},
        {"starts": "2027-03-01", "awarded": "2027-03-01"},
        {"status": "graduate"},
    ]
    late = facts_of(rule, awarded=date(2027, 3, 2), status="student", **said)
    assert [fact.code for fact in failed(late)] == ["diploma", "status"]
    unsaid = facts_of(rule, starts=said["starts"], born=None, awarded=None, status="")
    assert [fact.holds for fact in unsaid] == [None, None, None]
    assert failed(unsaid) == []


def test_a_rule_that_asks_nothing_refuses_nobody():
    assert facts_of(read_rule({}), starts=date(2027, 1, 1), born=date(1930, 1, 1), awarded=None, status="") == []
    assert last_start(date(1930, 1, 1), read_rule({})) is None
    with pytest.raises(ValueError, match="about"):
        read_rule({"under": 30, "counted": "about"})


def test_a_rule_without_an_age_does_not_ask_for_one():
    assert (UNDER_30.asks_age, Rule().asks_age) == (True, False)


def test_each_fact_says_with_which_days_it_was_told():
    """Born on 1 March 1996, under 30: the last possible start is 28 February 2026."""
    rule = Rule(under=30, diploma=True, statuses=("employed",))
    starts, born, awarded = date(2026, 2, 1), date(1996, 3, 1), date(2026, 2, 2)
    age, diploma, status = facts_of(rule, starts=starts, born=born, awarded=awarded, status="student")
    assert (age.code, age.holds) == ("age", True)
    assert age.values == {
        "starts": "2026-02-01", "limit": 30, "counted": NOT_YET, "years": 29, "last_start": "2026-02-28",
    }  # fmt: skip
    assert (diploma.code, diploma.holds) == ("diploma", False)
    assert diploma.values == {"starts": "2026-02-01", "awarded": "2026-02-02"}
    assert (status.code, status.holds, status.values) == ("status", False, {"status": "student"})
    assert failed([age, diploma, status]) == [diploma, status]


def test_what_nobody_said_is_not_told_yet_and_fails_nothing():
    found = facts_of(
        Rule(under=30, diploma=True, statuses=("student",)),
        starts=date(2026, 2, 1),
        born=None,
        awarded=None,
        status="",
    )
    assert [(fact.code, fact.holds) for fact in found] == [("age", None), ("diploma", None), ("status", None)]
    assert found[1].values == {"starts": "2026-02-01"}
    assert failed(found) == []


def test_a_diploma_of_the_first_day_holds():
    [fact] = facts_of(Rule(diploma=True), starts=date(2026, 2, 1), born=None, awarded=date(2026, 2, 1), status="")
    assert fact.holds is True
