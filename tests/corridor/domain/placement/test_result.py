"""What an answer says to people, and the plan found again in it."""

from dataclasses import replace

import pytest

from corridor.domain.placement.problem import Place, options_of
from corridor.domain.placement.result import answer_of, chosen_of, explain
from corridor.domain.placement.solution import Solution
from tests.corridor.domain.placement.few import FEBRUARY, JANUARY, JULY, host, problem_of, team


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
