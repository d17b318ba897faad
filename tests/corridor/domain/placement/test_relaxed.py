"""The whole-number programme and its relaxation, by hand: one desk in Braga, which A and B wish, and two in Magog,
which only B wishes."""

import math

import numpy as np
import pytest

from corridor.domain.placement.file import read_problem
from corridor.domain.placement.model import PlacementModel, Row
from corridor.domain.placement.problem import options_of
from corridor.domain.placement.relaxed import Relaxed
from tests.corridor.domain.placement.files import candidate, document, span

PLENTY = 60.0


@pytest.fixture
def model():
    hosts = [
        {"code": code, "city": code, "openings": [span("2027-01-01", "2027-07-01", desks)], "held": []}
        for code, desks in (("braga", 1), ("magog", 2))
    ]
    candidates = [candidate("A", 1, 1, ["braga"]), candidate("B", 2, 1, ["braga", "magog"])]
    problem = read_problem(document(incubators=hosts, candidates=candidates))
    return PlacementModel(problem, options_of(problem))


def of(model, **values):
    """{option: value} of options called by candidate and incubator: A_braga=2."""
    place = {f"{one.candidate}_{one.incubator}": index for index, one in enumerate(model.options)}
    return {place[name]: value for name, value in values.items()}


def nothing(model):
    return np.zeros(len(model.options), dtype=np.int64)


def test_the_best_plan_gives_braga_to_one_of_the_two(model):
    worth = of(model, A_braga=3, B_braga=2, B_magog=1)
    run = model.highest(worth, nothing(model), seconds=PLENTY)
    assert {index for index in worth if run.taken[index]} == set(of(model, A_braga=1, B_magog=1))
    assert (run.bound, run.is_optimal) == (4, True)


def test_what_cannot_be_is_no_plan_and_nothing_proven(model):
    """Both in Braga, which has one desk."""
    model.close(of(model, B_magog=1))
    model.must = {"A", "B"}
    run = model.highest(of(model, A_braga=1), nothing(model), seconds=PLENTY)
    assert (run.taken, run.is_optimal) == (None, False)


def test_without_an_open_option_the_plan_stands(model):
    model.close(range(len(model.options)))
    taken = nothing(model)
    run = model.highest({}, taken, seconds=PLENTY)
    assert (run.taken.tolist(), run.bound, run.is_optimal) == (taken.tolist(), 0.0, True)
    assert run.taken is not taken


def test_no_plan_passes_what_shares_of_places_reach(model):
    relaxed = Relaxed(model)
    worth = of(model, A_braga=3, B_braga=2, B_magog=1)
    assert relaxed.most(worth, PLENTY) == 4
    assert relaxed.most(of(model, A_braga=2, B_braga=5), PLENTY) == 5
    assert relaxed.most({}, PLENTY) == relaxed.most({}, 0.0) == 0
    assert relaxed.most(worth, 0.0) == math.inf


def test_it_follows_what_the_levels_hold(model):
    """Braga closed to A: 2 at best. B in Braga or Magog for sure changes nothing; B not in Braga leaves 1."""
    relaxed, worth = Relaxed(model), of(model, A_braga=3, B_braga=2, B_magog=1)
    model.close(of(model, A_braga=1))
    assert relaxed.most(worth, PLENTY) == 4  # not yet
    relaxed.follow()
    assert relaxed.most(worth, PLENTY) == 2
    model.must = {"B"}
    model.hold(Row(of(model, B_braga=1), 0))
    relaxed.follow()
    assert relaxed.most(worth, PLENTY) == 1


def test_who_must_have_a_place_has_one_in_the_relaxation_too(model):
    """A place of B's is worth nothing, and it takes the desk from A where Magog is closed."""
    model.close(of(model, B_magog=1))
    relaxed, worth = Relaxed(model), of(model, A_braga=3)
    assert relaxed.most(worth, PLENTY) == 3
    model.must = {"B"}
    relaxed.follow()
    assert relaxed.most(worth, PLENTY) == Relaxed(model).most(worth, PLENTY) == 0
