"""What would change it, true when tried."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.domain.calendar.spans import Span
from corridor.domain.placement.change import Change, with_change
from corridor.domain.placement.problem import Blackout, Candidate, options_of
from corridor.domain.placement.solve import solve
from corridor.domain.placement.what_if import _candidates_for_change, what_would_change
from tests.corridor.domain.placement.few import AUGUST, FEBRUARY, JANUARY, JULY, host, plan_of, problem_of, team


def test_one_more_desk_is_named_with_its_place_and_start():
    problem = problem_of([team("A", 1, ["braga"], 2), team("B", 2, ["braga"])], [host("braga", 2)])
    plan = solve(problem).chosen
    found = what_would_change(problem, plan, "B")
    assert found == [Change("more_desks", "braga", JANUARY, 1)]
    assert plan_of(with_change(problem, "B", found[0])) == {"A": ("braga", JANUARY), "B": ("braga", JANUARY)}
    assert Change.of_row(found[0].as_row()) == found[0]


def test_a_desk_that_a_better_award_would_take_is_not_promised():
    problem = problem_of([team("A", 1, ["braga"]), team("B", 2, ["braga"]), team("C", 3, ["braga"])], [host("braga")])
    assert what_would_change(problem, solve(problem).chosen, "C") == [Change("more_desks", "braga", JANUARY, 2)]


def test_no_more_than_asked_for_and_nothing_without_time():
    hosts = [host("braga"), host("magog")]
    problem = problem_of([team("A", 1, ["braga"]), team("B", 2, ["magog"]), team("C", 3, ["braga", "magog"])], hosts)
    plan = solve(problem).chosen
    both = what_would_change(problem, plan, "C")
    assert [change.incubator for change in both] == ["braga", "magog"]
    assert what_would_change(problem, plan, "C", most=1) == both[:1]
    assert what_would_change(problem, plan, "C", seconds=0.0) == []


CASES = {
    "no_refusal": ({"refused": (("B", "No."),)}, {}, Change("no_refusal", "braga")),
    "no_blackout": ({"blackouts": (Blackout(FEBRUARY, JULY),)}, {}, Change("no_blackout", "braga")),
    "more_arrivals": ({"arrivals_per_month": 0}, {}, Change("more_arrivals", "braga")),
    "other_start": ({}, {"earliest_start": date(2027, 3, 1)}, Change("other_start", "braga", FEBRUARY)),
}


@pytest.mark.parametrize("name", CASES)
def test_other_changes(name):
    host_fields, team_fields, change = CASES[name]
    problem = problem_of([team("B", 1, ["braga"], **team_fields)], [host("braga", **host_fields)])
    assert plan_of(problem) == {}
    assert what_would_change(problem, [], "B") == [change]


def test_nothing_is_promised_that_the_rule_on_age_forbids():
    """Free in February only: for somebody too old by then another start is no help."""
    fields = {"openings": (Span(FEBRUARY, AUGUST, 1),)}
    open_late = replace(host("braga"), **fields)
    old = team("B", 1, ["braga"], latest_start=JANUARY, eligible_until=date(2027, 1, 31))
    young = replace(old, eligible_until=FEBRUARY)
    other = Change("other_start", "braga", FEBRUARY)
    assert other in what_would_change(problem_of([young], [open_late]), [], "B")
    assert {change.start for change in what_would_change(problem_of([old], [open_late]), [], "B")} <= {JANUARY, None}


def test_a_host_with_room_that_was_not_wished_is_named():
    problem = problem_of([team("A", 1, ["braga"]), team("B", 2, ["braga"])], [host("braga"), host("magog")])
    found = what_would_change(problem, solve(problem).chosen, "B")
    assert found == [Change("more_desks", "braga", JANUARY, 1), Change("one_more_wish", "magog")]


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_every_change_is_true_when_tried(data):
    """Under each rule, with ties of rank, arrivals, closed days, windows and lead times."""
    draw = data.draw
    hosts = [
        host(
            f"h{n}",
            draw(st.integers(0, 2)),
            draw(st.sampled_from([AUGUST, date(2027, 6, 1)])),
            arrivals_per_month=draw(st.sampled_from([None, 1])),
            blackouts=draw(st.sampled_from([(), (Blackout(FEBRUARY, date(2027, 3, 1)),)])),
        )
        for n in range(2)
    ]
    teams = [
        team(
            f"c{n}",
            draw(st.integers(1, 3)),
            draw(st.lists(st.sampled_from(["h0", "h1"]), unique=True, max_size=2)),
            draw(st.integers(1, 2)),
            latest_start=draw(st.sampled_from([None, JANUARY])),
            feasible_from=draw(st.sampled_from([(), (("h0", FEBRUARY),)])),
        )
        for n in range(3)
    ]
    problem = problem_of(teams, hosts, rule=draw(st.sampled_from(["rank_first", "most_placed", "weighted_sum"])))
    plan = solve(problem).chosen
    for unplaced in {one.id for one in teams} - {one.candidate for one in plan}:
        for change in what_would_change(problem, plan, unplaced, most=3):
            assert unplaced in plan_of(with_change(problem, unplaced, change))


def test_desks_are_only_asked_for_from_the_day_on_which_the_team_may_come():
    """One desk in each month, both taken by B in January; A may come to “a” from February on."""
    first = Candidate("B", 1, 1, "home", (("a", 1),))
    one = team("A", 2, ["a"], feasible_from=(("a", FEBRUARY),))
    problem = problem_of([first, one], [host("a")])
    chosen = [option for option in options_of(problem) if option.candidate == "B" and option.start == JANUARY]
    asked = [change for change in _candidates_for_change(problem, one, chosen) if change.kind == "more_desks"]
    assert {change.start for change in asked} == {FEBRUARY}


def test_with_a_single_start_day_the_missing_desk_is_asked_for_on_it():
    first = Candidate("B", 1, 1, "home", (("a", 1),))
    one = team("A", 2, ["a"])
    problem = problem_of([first, one], [host("a")], starts=(JANUARY,))
    chosen = [option for option in options_of(problem) if option.candidate == "B"]
    asked = [change for change in _candidates_for_change(problem, one, chosen) if change.kind == "more_desks"]
    assert asked[0] == Change("more_desks", "a", JANUARY, 1)
