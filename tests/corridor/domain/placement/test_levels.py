"""Aims in the order of their levels, and what was proven of each."""

from dataclasses import replace

from corridor.domain.placement.aims import levels_of
from corridor.domain.placement.problem import Place, options_of
from corridor.domain.placement.solution import Solution
from corridor.domain.placement.steps import Level, Step
from tests.corridor.domain.placement.few import JANUARY, JULY, host, problem_of, team


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
