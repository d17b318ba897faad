"""What a placement is when time runs out: wherever that happens, nobody waits beside a desk that would do.

But for those marked sensitive no test here looks at the time: clocks run out after a number of looks,
so that each stage is the one that ends too soon.
"""

import random
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.placement import instance
from corridor.domain.placement.clock import Clock
from corridor.domain.placement.file import read_problem
from corridor.domain.placement.model import PlacementModel
from corridor.domain.placement.problem import options_of
from corridor.domain.placement.search import _sum as worth_of
from corridor.domain.placement.solve import solve
from corridor.domain.placement.start import first_plan
from tests.corridor.domain.placement.test_placement import fits, problems

PLENTY = 1_000.0


@dataclass
class Looks(Clock):
    """There is plenty of time, for so many looks at the clock."""

    looks: int = 0

    @property
    def left(self) -> float:
        self.looks -= 1
        return PLENTY if self.looks >= 0 else 0.0


def out_after(looks):
    return Looks(PLENTY, PLENTY, looks=looks)


def unplaced_who_fit(problem, plan):
    placed = {one.candidate for one in plan}
    return {
        one.candidate
        for one in options_of(problem)
        if one.candidate not in placed and fits(problem, problem.incubator[one.incubator], [*plan, one])
    }


def by_rank(problem, plan):
    """How many of each rank have a place, best rank first:
    of two such lists, the greater is the better plan by the rule."""
    placed = {one.candidate for one in plan}
    ranks = sorted({one.rank for one in problem.candidates})
    return [sum(one.id in placed for one in problem.candidates if one.rank == rank) for rank in ranks]


def first_of(problem):
    options = options_of(problem)
    model = PlacementModel(problem, options)
    taken = first_plan(model, [one.number + 100 * one.distance for one in options])
    return [*problem.pinned, *(option for option, one in zip(options, taken, strict=True) if one)]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["rank_first", "most_placed"]).flatmap(problems), st.integers(0, 40))
def test_wherever_time_runs_out_nobody_waits_beside_a_desk_that_would_do(problem, looks):
    solution = solve(problem, clock=out_after(looks))
    plan = solution.chosen
    assert len({one.candidate for one in plan}) == len(plan)
    assert all(fits(problem, host, plan) for host in problem.incubators)
    assert unplaced_who_fit(problem, plan) == set()
    if problem.rule == "rank_first" and not problem.change_first:
        assert by_rank(problem, plan) >= by_rank(problem, first_of(problem))
    if problem.rule == "most_placed" and not problem.change_first:
        assert len(plan) >= len(first_of(problem))
    for level in solution.levels:
        assert (level.value <= level.bound) if level.maximise else (level.value >= level.bound)


@settings(max_examples=20, deadline=None)
@given(problems("weighted_sum"))
def test_one_sum_without_time_places_whoever_fits(problem):
    some_weigh_nothing = replace(
        problem, candidates=tuple(replace(one, priority=one.priority % 1000) for one in problem.candidates)
    )
    for seconds in (0.0, 60.0):
        plan = solve(some_weigh_nothing, seconds=seconds).chosen
        assert all(fits(problem, host, plan) for host in problem.incubators)
        assert unplaced_who_fit(problem, plan) == set()


def small_file(seed):
    """Up to four hosts, half of them with an order of their own, up to six candidates,
    each wishing some of the hosts."""
    draw = random.Random(seed)
    hosts = [f"h{number}" for number in range(draw.randint(2, 4))]
    names = [f"c{number}" for number in range(draw.randint(2, 6))]
    incubators = []
    for code in hosts:
        order = draw.sample(names, draw.randint(1, len(names))) if draw.random() < 0.5 else []
        opening = {"starts": "2027-01-01", "ends": "2028-01-01", "desks": draw.randint(1, 3)}
        incubators.append({"code": code, "city": code, "openings": [opening], "order": order})
    candidates = [
        {
            "code": name,
            "rank": draw.randint(1, 4),
            "people": draw.choice([1, 1, 2]),
            "wishes": draw.sample(hosts, draw.randint(1, len(hosts))),
        }
        for name in names
    ]
    days = draw.choice([["2027-01-01"], ["2027-01-01", "2027-03-01", "2027-07-01"]])
    ledger = [{"city": code, "sent": draw.randrange(4), "hosted": draw.randrange(4)} for code in hosts]
    return {
        "format": "passerelle.placement",
        "version": 1,
        "seed": seed,
        "rule": draw.choice(["rank_first", "rank_first", "most_placed", "weighted_sum"]),
        "programme": {"months": 6, "start_days": days},
        "incubators": incubators,
        "candidates": candidates,
        "ledger": draw.choice([[], ledger]),
    }


@pytest.mark.parametrize("looks", [None, 0, 25])
def test_nobody_and_no_host_would_both_rather_while_a_desk_stands_empty(looks):
    """In 200 files: where a desk is free for somebody who would rather be there,
    the sum of both sides is better as it is."""
    seen = 0
    for seed in range(200 if looks is None else 50):
        problem = read_problem(small_file(seed))
        clock = None if looks is None else out_after(looks)
        plan = {one.candidate: one for one in solve(problem, clock=clock).chosen}
        for option in options_of(problem):
            mine = plan.get(option.candidate)
            others = [one for one in plan.values() if one is not mine]
            if mine is not None and option.wish >= mine.wish:
                continue
            if not fits(problem, problem.incubator[option.incubator], [*others, option]):
                continue
            assert mine is not None, (seed, option)
            assert problem.rule != "weighted_sum", (seed, option)
            assert option.distance > mine.distance, (seed, option)
            seen += 1
    assert looks is not None or seen > 0


def crowd():
    """120 teams of one for 10 hosts, each rank its own: enough that parts,
    the whole and the filling up all have work."""
    problem = instance(1, 120, 10, (3, 5), both_sides=True)
    return problem.changed(candidates=tuple(replace(one, people=1) for one in problem.candidates))


def test_a_lot_between_equals_gets_five_seconds_and_any_other_level_its_own():
    clock = Clock(total=100.0, level=60.0)
    limits = []
    for name in ("placed", "lot"):
        clock.start_level(name)
        limits.append(clock.level_most)
    assert limits == [60.0, 5.0]
    clock = Clock(total=100.0, level=2.0)
    clock.start_level("lot")
    assert clock.level_most == 2.0


def test_a_plan_s_worth_is_the_sum_of_what_is_taken():
    assert worth_of({1: 5, 2: 7, 3: 11}, np.array([1, 1, 0, 1])) == 16


@pytest.mark.parametrize("looks", [0, 1, 2, 3, 4, 6, 8, 12, 20, 40, 100, 200])
def test_a_crowd_is_never_placed_worse_than_one_after_the_other(looks):
    """Every team needs one desk: no repair for a better award has to cost anybody behind more than one place."""
    problem = crowd()
    solution = solve(problem, clock=out_after(looks))
    first = first_of(problem)
    assert unplaced_who_fit(problem, solution.chosen) == set()
    assert by_rank(problem, solution.chosen) >= by_rank(problem, first)
    assert len(solution.chosen) >= len(first)
    [placed] = [level for level in solution.levels if level.name == "placed"]
    assert len(solution.chosen) == placed.value <= placed.bound


@pytest.mark.sensitive
@pytest.mark.parametrize("seconds", [0.0, 1e-6, 1e-3, 0.05])
@pytest.mark.parametrize("rule", ["rank_first", "most_placed", "weighted_sum"])
def test_however_short_the_limit_whoever_fits_is_placed(rule, seconds):
    problem = crowd().changed(rule=rule)
    solution = solve(problem, seconds=seconds)
    assert unplaced_who_fit(problem, solution.chosen) == set()
    assert len(solution.chosen) >= len(first_of(problem)) or rule == "weighted_sum"


@pytest.mark.sensitive
def test_what_the_solver_finds_is_told_while_it_searches(capfd):
    """From the solver's own calls, not from ours before and after; and nothing at the terminal."""
    problem = crowd().changed(rule="weighted_sum")
    options = options_of(problem)
    model = PlacementModel(problem, options)
    worth = {index: one.points for index, one in enumerate(options)}
    told = []
    nothing = first_plan(model, [0] * len(options), turns=[])
    run = model.highest(worth, nothing, seconds=60, watch=lambda *row: told.append(row))
    best = sum(worth[index] for index, one in enumerate(run.taken) if one)
    assert told
    assert all(found <= best <= bound for _seconds, found, bound in told)
    assert capfd.readouterr() == ("", "")


def test_each_level_tells_what_is_in_hand_before_it_is_improved():
    told = []
    solution = solve(crowd(), progress=lambda *row: told.append(row))
    for level in solution.levels:
        rows = [(found, bound) for _seconds, name, found, bound in told if name == level.name]
        assert rows[-1] == (level.value, level.bound)
        assert all(found <= bound if level.maximise else found >= bound for found, bound in rows)
    assert [seconds for seconds, *_rest in told] == sorted(seconds for seconds, *_rest in told)


def test_what_no_plan_can_pass_is_said_with_the_rest():
    """Time ends with most ranks undecided; together they can have no more than there are desks."""
    problem = crowd()
    placed = solve(problem, clock=out_after(30)).levels[0]
    best = len(solve(problem.changed(rule="most_placed"), last_level="placed").chosen)
    assert not placed.proven
    assert placed.value <= best <= placed.bound < len(problem.candidates)
