"""What would change it, true when tried; and the least change after something is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.domain.calendar.spans import Span
from corridor.domain.placement.aims import levels_of
from corridor.domain.placement.change import Change, with_candidate, with_change, with_incubator
from corridor.domain.placement.problem import Blackout, Candidate, Incubator, Option, Place, Problem, options_of
from corridor.domain.placement.result import answer_of, chosen_of, explain, waiting_list
from corridor.domain.placement.solution import Solution
from corridor.domain.placement.solve import solve
from corridor.domain.placement.steps import Level, Step
from corridor.domain.placement.what_if import _candidates_for_change, what_would_change

JANUARY, FEBRUARY, JULY, AUGUST = date(2027, 1, 1), date(2027, 2, 1), date(2027, 7, 1), date(2027, 8, 1)


# What may happen to a plan in force, as the reading of a programme says it: what is published is to change least.
def published(problem: Problem, chosen: Sequence[Option]) -> Problem:
    """The problem with the plan `chosen` as what is published, to be changed as little as possible before all else."""
    plan = {one.candidate: Place(one.incubator, one.start, one.ends) for one in chosen}
    return problem.changed(
        candidates=tuple(replace(one, published=plan.get(one.id)) for one in problem.candidates), change_first=True
    )


def after_withdrawal(problem: Problem, chosen: Sequence[Option], candidate: str) -> Problem:
    """The candidate is gone."""
    left = published(problem, chosen)
    return left.changed(candidates=tuple(one for one in left.candidates if one.id != candidate))


def after_decline(problem: Problem, chosen: Sequence[Option], candidate: str, incubator: str) -> Problem:
    """Candidate and incubator won't be together; the candidate still looks for another place."""
    left = published(problem, chosen)
    one = left.candidate[candidate]
    pinned = None if one.pinned and one.pinned.incubator == incubator else one.pinned
    return with_candidate(left, replace(one, declined=one.declined | {incubator}, pinned=pinned))


def after_cancelled_opening(problem: Problem, chosen: Sequence[Option], incubator: str, opening: Span) -> Problem:
    """An opening is withdrawn. Raises ValueError when the incubator has none like it."""
    left = published(problem, chosen)
    host = left.incubator[incubator]
    openings = list(host.openings)
    openings.remove(opening)
    return with_incubator(left, replace(host, openings=tuple(openings)))


@dataclass(frozen=True)
class Difference:
    """What a new plan changes for a candidate; None stands for no place."""

    candidate: str
    before: tuple[str, date] | None
    after: tuple[str, date] | None


def differences(before: Sequence[Option], after: Sequence[Option]) -> list[Difference]:
    """Who moves, comes or leaves between two plans, by candidate."""
    old = {one.candidate: (one.incubator, one.start) for one in before}
    new = {one.candidate: (one.incubator, one.start) for one in after}
    return [
        Difference(code, old.get(code), new.get(code))
        for code in sorted(old.keys() | new.keys())
        if old.get(code) != new.get(code)
    ]


def host(code, desks=1, ends=AUGUST, **fields):
    return Incubator(code, f"city of {code}", (Span(JANUARY, ends, desks),), **fields)


def team(code, rank, wishes, people=1, **fields):
    return Candidate(code, rank, people, "home", tuple((one, n) for n, one in enumerate(wishes, 1)), **fields)


def problem_of(candidates, incubators, starts=(JANUARY, FEBRUARY), **fields):
    return Problem(tuple(candidates), tuple(incubators), starts, 6, False, 0, **fields)


def plan_of(problem):
    return {one.candidate: (one.incubator, one.start) for one in solve(problem).chosen}


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


THREE = [team("A", 1, ["braga"]), team("B", 2, ["braga", "magog"]), team("C", 3, ["magog"])]
HOSTS = [host("braga", ends=JULY), host("magog", ends=JULY)]


def test_after_a_withdrawal_nobody_moves_and_the_waiting_list_is_called():
    """Braga would be B's first wish, but B stays where it is and C, which only wished Magog, waits on."""
    problem = problem_of([*THREE, team("D", 4, ["braga"])], HOSTS)
    before = solve(problem).chosen
    assert {row.candidate: row.incubators for row in waiting_list(problem, before)} == {
        "C": ("magog",),
        "D": ("braga",),
    }
    after = solve(after_withdrawal(problem, before, "A")).chosen
    assert differences(before, after) == [
        Difference("A", ("braga", JANUARY), None),
        Difference("D", None, ("braga", JANUARY)),
    ]
    assert {one.candidate for one in solve(problem.changed(candidates=problem.candidates[1:])).chosen} == {"B", "C"}


def test_after_a_decline_the_two_are_kept_apart():
    problem = problem_of(THREE, HOSTS)
    before = solve(problem).chosen
    after = solve(after_decline(problem, before, "B", "magog")).chosen
    assert differences(before, after) == [
        Difference("B", ("magog", JANUARY), None),
        Difference("C", None, ("magog", JANUARY)),
    ]


def test_after_a_cancelled_opening_only_those_concerned_move():
    hosts = [HOSTS[0], host("magog", 2, ends=JULY)]
    problem = problem_of(THREE, hosts)
    before = solve(problem).chosen
    lost = after_cancelled_opening(problem, before, "braga", Span(JANUARY, JULY, 1))
    assert differences(before, solve(lost).chosen) == [Difference("A", ("braga", JANUARY), None)]
    placements, _unplaced = explain(lost, solve(lost).chosen)
    assert [(row.candidate, row.change) for row in placements] == [("B", "same"), ("C", "same")]
    with pytest.raises(ValueError, match="not in list"):
        after_cancelled_opening(problem, before, "braga", Span(JANUARY, JULY, 9))


def test_a_pinned_stay_that_is_declined_is_unpinned():
    pinned = replace(THREE[0], pinned=Place("braga", JANUARY, JULY))
    problem = problem_of([pinned], HOSTS)
    after = after_decline(problem, solve(problem).chosen, "A", "braga")
    assert (after.candidate["A"].pinned, plan_of(after)) == (None, {})


def test_another_start_widens_what_the_team_said_and_adds_nothing_where_it_said_nothing():
    change = Change("other_start", "braga", start=FEBRUARY)
    [open_to_all] = with_change(problem_of([team("A", 1, [])], [host("braga")]), "A", change).candidates
    assert (open_to_all.earliest_start, open_to_all.latest_start) == (None, None)
    early = team("A", 1, [], earliest_start=JANUARY, latest_start=JANUARY)
    [widened] = with_change(problem_of([early], [host("braga")]), "A", change).candidates
    assert (widened.earliest_start, widened.latest_start) == (JANUARY, FEBRUARY)
    late = team("A", 1, [], earliest_start=JULY, latest_start=AUGUST)
    [widened] = with_change(problem_of([late], [host("braga")]), "A", change).candidates
    assert (widened.earliest_start, widened.latest_start) == (FEBRUARY, AUGUST)


@pytest.mark.parametrize("change", [Change("more_desks", "braga", FEBRUARY, 2), Change("no_refusal", "magog")])
def test_a_change_is_what_its_row_in_a_file_says(change):
    assert Change.of_row(change.as_row()) == change


def test_a_sum_over_everybody_says_what_a_level_reached_and_its_ranks_only_decide_between_equals():
    """Rank 0 is everybody: 5 of at most 7, or of 6 where more is not to be had; without it, ranks add up to 5 of 6."""
    everybody, first, second = Step(0, 5, 7), Step(1, 2, 2), Step(2, 3, 4)
    for steps, most, told in [
        ((everybody, first, second), None, (5, 7)),
        ((everybody, first), 6, (5, 6)),
        ((first, second), None, (5, 6)),
        ((), None, (0, 0)),
    ]:
        level = Level("placed", steps, most=most)
        assert (level.value, level.bound) == told
    assert Level("placed", (first,)).proven
    assert not Level("placed", (first, second)).proven


def test_a_plan_is_optimal_when_all_but_the_lot_is_proven_and_its_sum_is_the_highest():
    proven, open_lot, not_proven = (
        Level(name, (Step(0, 1, bound),)) for name, bound in [("placed", 1), ("lot", 2), ("placed", 2)]
    )
    assert [
        Solution((), levels, objective=objective, bound=bound).status
        for levels, objective, bound in [
            ((proven, open_lot), None, None),
            ((not_proven, open_lot), None, None),
            ((), 7000, 7000),
            ((), 7000, 8000),
        ]
    ] == ["optimal", "time_limit", "optimal", "time_limit"]


@pytest.mark.parametrize("change", [Change("one_more_wish", "a"), Change("more_desks", "a", JULY, 2)])
def test_a_change_is_read_as_it_was_written(change):
    assert Change.of_row(change.as_row()) == change


def test_the_row_of_a_change_by_hand():
    row = {"kind": "more_desks", "incubator": "a", "start": "2027-07-01", "desks": 2}
    assert Change("more_desks", "a", JULY, 2).as_row() == row
    assert Change("no_refusal", "a").as_row() == {"kind": "no_refusal", "incubator": "a", "start": None, "desks": 0}


def test_who_wished_a_host_with_nobody_in_it_and_too_few_desks_is_told_so():
    _placements, [free] = explain(problem_of([team("A", 1, ["a"])], [host("a")]), [])
    assert [(row.incubator, row.code) for row in free.wishes] == [("a", "free")]
    one = team("A", 1, ["a"], people=2)
    _placements, [told] = explain(problem_of([one], [host("a")]), [])
    assert [(row.incubator, row.wish, row.code) for row in told.wishes] == [("a", 1, "too_few_desks")]


def test_the_plan_that_an_answer_tells_is_found_again_pinned_stays_too():
    pinned = team("P", 1, ["a"], pinned=Place("a", JANUARY, JULY))
    problem = problem_of([pinned, team("A", 2, ["b"])], [host("a"), host("b")])
    free = next(option for option in options_of(problem) if option.start == FEBRUARY)
    answer = answer_of(problem, Solution((free, problem.pinned[0])), "")
    assert [(row.candidate, row.incubator, row.starts) for row in answer.placements] == [
        ("P", "a", JANUARY),
        ("A", "b", FEBRUARY),
    ]
    assert chosen_of(problem, answer) == (problem.pinned[0], free)
    with pytest.raises(KeyError):
        chosen_of(problem, replace(answer, placements=(replace(answer.placements[1], incubator="a"),)))


def test_desks_are_only_asked_for_from_the_day_on_which_the_team_may_come():
    """One desk in each month, both taken by B in January; A may come to “a” from February on."""
    first = Candidate("B", 1, 1, "home", (("a", 1),))
    one = team("A", 2, ["a"], feasible_from=(("a", FEBRUARY),))
    problem = problem_of([first, one], [host("a")])
    chosen = [option for option in options_of(problem) if option.candidate == "B" and option.start == JANUARY]
    asked = [change for change in _candidates_for_change(problem, one, chosen) if change.kind == "more_desks"]
    assert {change.start for change in asked} == {FEBRUARY}


def test_the_balance_of_a_city_counts_what_it_sent_and_hosted_and_what_is_pinned():
    """home has sent 3 and hosted 1; the pinned stay in a's city makes that 3 of 4 − 1, and −1 there."""
    pinned = team("P", 1, ["a"], pinned=Place("a", JANUARY, JULY))
    problem = problem_of(
        [pinned, team("A", 2, ["a"])], [host("a", desks=2)], starts=(JANUARY,), ledger=(("home", 3, 1),)
    )
    [balance] = dict(levels_of(problem, options_of(problem)))["balance"]
    assert [(city.city, city.base, city.effects) for city in balance.cities] == [
        ("city of a", -1, ((0, -1),)), ("home", 3, ((0, 1),)),
    ]  # fmt: skip


def test_with_a_single_start_day_the_missing_desk_is_asked_for_on_it():
    first = Candidate("B", 1, 1, "home", (("a", 1),))
    one = team("A", 2, ["a"])
    problem = problem_of([first, one], [host("a")], starts=(JANUARY,))
    chosen = [option for option in options_of(problem) if option.candidate == "B"]
    asked = [change for change in _candidates_for_change(problem, one, chosen) if change.kind == "more_desks"]
    assert asked[0] == Change("more_desks", "a", JANUARY, 1)


def test_the_levels_and_their_aims_by_name_and_rank():
    """Most placed: one sum for all and then, of as many, the ranks; rank first: an aim for each rank."""
    teams, hosts = [team("A", 1, ["a"]), team("B", 4, ["a"])], [host("a")]

    def named(rule):
        problem = replace(problem_of(teams, hosts, starts=(JANUARY,)), rule=rule)
        return {
            name: [(aim.name, aim.rank, aim.maximise, aim.weights) for aim in aims]
            for name, aims in levels_of(problem, options_of(problem))
        }

    assert named("most_placed")["placed"] == [
        ("placed", 0, True, {0: 1, 1: 1}), ("placed", 0, False, {0: 1, 1: 2}),
    ]  # fmt: skip
    assert named("rank_first")["placed"] == [("placed", 1, True, {0: 1}), ("placed", 4, True, {1: 1})]
