"""Changes as rows, what each does to a problem, and the least change after something is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from corridor.domain.calendar.spans import Span
from corridor.domain.placement.change import Change, with_candidate, with_change, with_incubator
from corridor.domain.placement.problem import Option, Place, Problem
from corridor.domain.placement.result import explain, waiting_list
from corridor.domain.placement.solve import solve
from tests.corridor.domain.placement.few import AUGUST, FEBRUARY, JANUARY, JULY, host, plan_of, problem_of, team


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


@pytest.mark.parametrize("change", [Change("one_more_wish", "a"), Change("more_desks", "a", JULY, 2)])
def test_a_change_is_read_as_it_was_written(change):
    assert Change.of_row(change.as_row()) == change


def test_the_row_of_a_change_by_hand():
    row = {"kind": "more_desks", "incubator": "a", "start": "2027-07-01", "desks": 2}
    assert Change("more_desks", "a", JULY, 2).as_row() == row
    assert Change("no_refusal", "a").as_row() == {"kind": "no_refusal", "incubator": "a", "start": None, "desks": 0}
