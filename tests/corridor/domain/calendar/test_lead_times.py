"""Lead times of people who have several nationalities, and of teams."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.domain.calendar.lead_times import Cost, cost_of, feasible_from, latest_decision, lead_days, shortest

# As the sample rows have it: free movement within the Union, a year for everybody else in Portugal, a month for India.
TABLE = {("EU", "EU"): 0, ("", "PT"): 365, ("IN", "PT"): 30, ("SN", "FR"): 90}


@pytest.mark.parametrize(
    ("people", "country", "days"),
    [
        ([["FR", "SN"]], "PT", 0),  # a French citizen is one in Portugal too, whatever else she is
        ([["SN", "FR"]], "PT", 0),
        ([["SN"]], "PT", 365),
        ([["FR"], ["SN"]], "PT", 365),  # two people: the longest of them
        ([["FR", "SN"], ["IN"]], "PT", 30),
        ([["IN", "SN"], ["FR", "SN"]], "PT", 30),
        ([["PT", "SN"]], "PT", 0),  # at home
        ([["SN", "ML"]], "FR", 90),  # what nothing is known of is no way in while something is known of another
        ([["ML"]], "FR", 0),
        ([[]], "PT", 0),
        ([], "PT", 0),
        (["FR", "SN"], "PT", 365),  # a code alone is a person with one nationality
    ],
)
def test_a_person_comes_by_the_shortest_way_and_a_team_waits_for_the_longest(people, country, days):
    assert lead_days(people, country, TABLE) == days


def test_within_the_union_nobody_waits_even_where_no_row_says_so():
    assert lead_days([["FR", "SN"]], "PT", {("SN", "PT"): 365}) == 0
    assert lead_days([["CA", "SN"]], "PT", {("SN", "PT"): 365}) == 365


def test_who_costs_and_as_a_citizen_of_which_country():
    assert cost_of([["FR", "SN"], ["SN", "IN"], ["IN"]], "PT", TABLE) == Cost(1, "IN", 30)
    assert cost_of([["FR", "SN"]], "PT", TABLE) is None
    day = date(2027, 3, 1)
    assert feasible_from([["FR", "SN"]], "PT", day, TABLE) is None
    assert latest_decision([["FR"], ["IN"]], "PT", day, TABLE) == date(2027, 1, 30)


CODES = st.sampled_from(["FR", "SN", "IN", "CA", "PT", "ML"])
PERSON = st.lists(CODES, max_size=3, unique=True)


@given(st.lists(PERSON, max_size=4), CODES, CODES)
def test_another_nationality_never_lengthens_and_another_person_never_shortens(people, more, country):
    days = lead_days(people, country, TABLE)
    assert lead_days([*people, [more]], country, TABLE) >= days
    assert lead_days([one[::-1] for one in reversed(people)], country, TABLE) == days
    for one in people:
        if (way := shortest(one, country, TABLE)) is not None:
            assert shortest([*one, more], country, TABLE)[1] <= way[1]
