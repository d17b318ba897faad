"""Places by day: desks, closed days, arrivals; and lead times. By hand."""

from datetime import date

from corridor.domain.calendar.capacity import Booking, Breach, breaches
from corridor.domain.calendar.lead_times import feasible_from, latest_decision, lead_days
from corridor.domain.calendar.spans import Span
from corridor.domain.placement.problem import Blackout, Incubator

MARCH, MAY, JULY, SEPTEMBER = (date(2027, month, 1) for month in (3, 5, 7, 9))
HOST = Incubator("h", "braga", (Span(MARCH, SEPTEMBER, 2),))


def test_desks_are_missing_only_where_more_stay_than_desks_on_a_day():
    first, second, third = Booking(1, MARCH, JULY, 1), Booking(2, MARCH, JULY, 1), Booking(3, JULY, SEPTEMBER, 2)
    assert breaches(HOST, [first, second, third]) == []
    early = Booking(3, date(2027, 6, 30), SEPTEMBER, 2)
    assert breaches(HOST, [first, second, early]) == [
        Breach("desks", 1, MARCH, 2),
        Breach("desks", 2, MARCH, 2),
        Breach("desks", 3, date(2027, 6, 30), 2),
    ]


def test_desks_kept_for_a_change_are_nobody_elses():
    kept = Booking(1, MARCH, JULY, 1, asked=(Span(JULY, SEPTEMBER, 1),))
    assert breaches(HOST, [kept, Booking(2, MAY, SEPTEMBER, 1)]) == []
    assert breaches(HOST, [kept, Booking(2, JULY, SEPTEMBER, 2)]) == [
        Breach("desks", 1, MARCH, 1),
        Breach("desks", 2, JULY, 1),
    ]
    shut = Incubator("h", "", HOST.openings, blackouts=(Blackout(JULY, date(2027, 7, 8)),))
    assert breaches(shut, [kept]) == [Breach("closed", 1, JULY)]


def test_a_stay_outside_the_openings_has_no_desk():
    assert breaches(HOST, [Booking(1, MAY, date(2027, 9, 2), 1)]) == [Breach("desks", 1, MAY, 1)]


def test_a_closed_house_and_a_closed_door():
    closed = Incubator("h", "", HOST.openings, blackouts=(Blackout(MAY, date(2027, 5, 2)),))
    assert breaches(closed, [Booking(1, MARCH, MAY, 1), Booking(2, date(2027, 5, 2), JULY, 1)]) == []
    assert breaches(closed, [Booking(1, MARCH, JULY, 1)]) == [Breach("closed", 1, MAY)]
    door = Incubator("h", "", HOST.openings, blackouts=(Blackout(MAY, date(2027, 5, 2), arrivals_only=True),))
    assert breaches(door, [Booking(1, MARCH, JULY, 1)]) == []
    assert breaches(door, [Booking(1, MAY, JULY, 1)]) == [Breach("no_arrival", 1, MAY)]


def test_arrivals_are_counted_by_calendar_month():
    one = Incubator("h", "", HOST.openings, arrivals_per_month=1)
    assert breaches(one, [Booking(1, MARCH, MAY, 1), Booking(2, MAY, JULY, 1)]) == []
    assert breaches(one, [Booking(1, MARCH, MAY, 1), Booking(2, date(2027, 3, 31), JULY, 1)]) == [
        Breach("arrivals", 1, MARCH, 2),
        Breach("arrivals", 2, date(2027, 3, 31), 2),
    ]


def test_a_team_waits_for_the_longest_of_its_papers():
    table = {("FR", "US"): 120, ("", "US"): 200, ("FR", "PT"): 0, ("", "PT"): 330}
    assert lead_days(["FR", "US"], "US", table) == 120  # at home nobody needs papers
    assert lead_days(["FR", "IN"], "US", table) == 200
    assert lead_days(["FR"], "PT", table) == 0  # a row of its own beats the row for everybody
    assert lead_days([], "US", table) == 0
    assert feasible_from(["IN"], "US", date(2026, 11, 22), table) == date(2027, 6, 10)
    assert latest_decision(["IN"], "US", date(2027, 6, 10), table) == date(2026, 11, 22)
    assert (feasible_from(["FR"], "PT", MARCH, table), latest_decision([], "US", MARCH, table)) == (None, None)
