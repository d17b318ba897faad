"""Age at a reference date: "under 8 years" is a boundary that people argue about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.domain.eligibility import Age, Fact, age_on, anniversary, facts_of, measure_age

DAYS = st.dates(date(1980, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("founded_on", "reference", "years", "is_under"),
    [
        (date(2019, 2, 1), date(2027, 1, 31), 7, True),  # the day before the eighth birthday
        (date(2019, 2, 1), date(2027, 2, 1), 8, False),  # on the birthday it is eight, no longer under eight
        (date(2019, 2, 1), date(2027, 2, 2), 8, False),
        (date(2016, 2, 29), date(2024, 2, 28), 7, True),  # 2024 has a 29 February
        (date(2016, 2, 29), date(2024, 2, 29), 8, False),
        (date(2016, 2, 29), date(2025, 2, 28), 8, False),
        (date(2027, 3, 1), date(2027, 2, 1), -1, True),  # founded after the reference date
    ],
)
def test_under_eight_years(founded_on, reference, years, is_under):
    age = measure_age(founded_on, reference, 8)
    assert (age.years, age.is_under) == (years, is_under)


def test_born_on_29_february_turns_a_year_older_on_1_march_in_years_without_that_day():
    assert anniversary(date(2020, 2, 29), 7) == date(2027, 3, 1)
    assert [age_on(date(2020, 2, 29), day) for day in (date(2027, 2, 28), date(2027, 3, 1))] == [6, 7]
    assert measure_age(date(2020, 2, 29), date(2027, 2, 28), 7) == Age(
        date(2020, 2, 29), date(2027, 2, 28), 6, 7, date(2027, 2, 28), True
    )


@given(DAYS, DAYS, st.integers(1, 30))
def test_the_whole_years_the_last_day_and_the_verdict_say_the_same(founded_on, reference, limit):
    age = measure_age(founded_on, reference, limit)
    assert age.is_under == (age.years < limit) == (reference <= age.last_day)


@given(DAYS, st.integers(1, 30))
def test_the_day_after_the_last_day_is_too_old(founded_on, limit):
    last = measure_age(founded_on, founded_on, limit).last_day
    assert measure_age(founded_on, last, limit).is_under
    assert not measure_age(founded_on, last + timedelta(days=1), limit).is_under


def test_facts_are_the_five_lines_of_the_check_with_their_arithmetic():
    assert facts_of(
        founded_on=date(2019, 2, 1),
        reference_date=date(2027, 2, 1),
        limit=8,
        has_prototype=True,
        city="Braga",
        is_contested=False,
        missing=[],
        deck_pages=12,
    ) == [
        Fact(
            "age",
            False,
            {
                "founded_on": "2019-02-01",
                "reference_date": "2027-02-01",
                "years": 8,
                "limit": 8,
                "last_day": "2027-01-31",
            },
        ),
        Fact("prototype", True, {}),
        Fact("city", True, {"city": "Braga"}),
        Fact("complete", True, {"missing": 0}),
        Fact("deck", True, {"pages": 12}),
    ]


def test_what_is_not_known_is_neither_true_nor_false():
    facts = facts_of(
        founded_on=None,
        reference_date=date(2027, 2, 1),
        limit=8,
        has_prototype=False,
        city="Braga",
        is_contested=True,
        missing=["title", "category"],
        deck_pages=None,
    )
    assert [(fact.code, fact.holds) for fact in facts] == [
        ("age", None),
        ("prototype", False),
        ("city", False),
        ("complete", False),
        ("deck", False),
    ]
