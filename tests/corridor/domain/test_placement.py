"""The placement against counting every plan by hand, and its reasons by hand."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.domain.calendar import Span
from corridor.domain.placement import (
    BadDocument,
    Candidate,
    Incubator,
    Problem,
    aims_of,
    options_of,
    read_problem,
    solve,
)
from corridor.domain.placement_result import place

STARTS = (date(2027, 1, 1), date(2027, 2, 1), date(2027, 8, 1))


def every_plan(problem):
    """All plans that break no rule, counted day by day."""
    options = options_of(problem)
    by_candidate = [[None, *[o for o in options if o.candidate == c.id]] for c in problem.candidates]
    for plan in itertools.product(*by_candidate):
        taken = [option for option in plan if option]
        if all(fits(problem, incubator, taken) for incubator in problem.incubators):
            yield taken


def fits(problem, incubator, taken):
    here = [option for option in taken if option.incubator == incubator.id]
    for option in here:
        day = option.start
        while day < option.ends:
            offered = sum(s.desks for s in incubator.openings if s.starts <= day < s.ends)
            held = sum(s.desks for s in incubator.held if s.starts <= day < s.ends)
            if held + sum(o.desks for o in here if o.start <= day < o.ends) > offered:
                return False
            day += timedelta(days=1)
    return True


def value_of(problem, taken):
    """The plan's levels as a tuple in which higher is better."""
    options = options_of(problem)
    chosen = set(taken)
    values = []
    for aim in aims_of(problem, options):
        total = sum(w for option, w in zip(options, aim.weights, strict=True) if option in chosen)
        values.append(total if aim.maximise else -total)
    return tuple(values)


@st.composite
def problems(draw):
    incubators = tuple(
        Incubator(
            f"i{n}",
            draw(st.sampled_from(["a", "b"])),
            (
                Span(
                    date(2027, 1, 1),
                    draw(st.sampled_from([date(2027, 8, 1), date(2028, 3, 1)])),
                    draw(st.integers(1, 3)),
                ),
            ),
            draw(st.sampled_from([(), (Span(date(2027, 6, 1), date(2027, 9, 1), 1),)])),
        )
        for n in range(2)
    )
    candidates = []
    for n in range(draw(st.integers(1, 4))):
        wished = draw(st.lists(st.sampled_from(["i0", "i1"]), unique=True, max_size=2))
        tie = draw(st.booleans())
        candidates.append(
            Candidate(
                f"c{n}",
                draw(st.integers(1, 3)),
                draw(st.integers(1, 2)),
                draw(st.sampled_from(["a", "c"])),
                tuple((inc, 1 if tie else place) for place, inc in enumerate(wished, start=1)),
                earliest_start=draw(st.sampled_from([None, date(2027, 1, 15)])),
                latest_start=draw(st.sampled_from([None, date(2027, 2, 1)])),
            )
        )
    return Problem(tuple(candidates), incubators, STARTS, 6, draw(st.booleans()), draw(st.integers(0, 3)))


@settings(max_examples=150, deadline=None)
@given(problems())
def test_no_plan_is_better_level_by_level(problem):
    solution = solve(problem)
    values = sorted(((value_of(problem, plan), plan) for plan in every_plan(problem)), key=lambda pair: pair[0])
    best, plan = values[-1]
    assert solution.is_optimal
    assert value_of(problem, solution.chosen) == best
    assert set(solution.chosen) == set(plan)
    assert sum(value == best for value, _plan in values) == 1  # the lot leaves a single plan
    aims = aims_of(problem, options_of(problem))
    signs = [level.value if aim.maximise else -level.value for aim, level in zip(aims, solution.levels, strict=True)]
    assert tuple(signs) == best


def test_equal_ranks_draw_a_lot_for_the_last_desk_and_the_lot_holds():
    """Found by hypothesis: the second draw took the desk back from whoever had drawn it."""
    desk = (Span(date(2027, 1, 1), date(2027, 8, 1), 1),)
    host = Incubator("i1", "b", desk, ())
    twins = tuple(Candidate(f"c{n}", 1, 1, "a", (("i1", 1),), frozenset(), None, None) for n in (0, 1))
    starts = (date(2027, 1, 1), date(2027, 2, 1))
    winners = set()
    for seed in range(6):
        problem = Problem(twins, (host,), starts, 6, False, seed)
        solution = solve(problem)
        assert value_of(problem, solution.chosen) == max(value_of(problem, plan) for plan in every_plan(problem))
        winners.add(solution.chosen[0].candidate)
    assert winners == {"c0", "c1"}  # no name is always first


def document(**changes):
    """Two places in Braga from January to June; three candidates; ranks 1, 2, 3."""
    base = {
        "format": "passerelle-placement-1",
        "rule": "rank_first",
        "seed": 0,
        "programme": {"months": 6, "start_days": ["2027-01-01"], "home_city_allowed": False},
        "incubators": [
            {"id": "braga", "city": "braga", "openings": [_span("2027-01-01", "2027-07-01", 2)], "held": []},
            {"id": "magog", "city": "magog", "openings": [_span("2027-01-01", "2027-07-01", 1)], "held": []},
        ],
        "candidates": [
            _candidate("A", 1, 2, ["braga", "magog"]),
            _candidate("B", 2, 1, ["braga"]),
            _candidate("C", 3, 1, ["braga", "magog"]),
        ],
    }
    return {**base, **changes}


def _span(starts, ends, desks):
    return {"starts": starts, "ends": ends, "desks": desks}


def _candidate(name, rank, people, wishes, home="clermont", **fields):
    ranked = [{"incubator": wish, "rank": place} for place, wish in enumerate(wishes, start=1)]
    return {"id": name, "rank": rank, "people": people, "home_city": home, "wishes": ranked, **fields}


def placed(result):
    return {row["candidate"]: (row["incubator"], row["starts"], row["wish"]) for row in result["placements"]}


def test_a_higher_rank_is_not_displaced_even_by_two_lower_ones():
    result = place(document())
    assert placed(result) == {"A": ("braga", "2027-01-01", 1), "C": ("magog", "2027-01-01", 2)}
    assert result["unplaced"] == [
        {
            "candidate": "B",
            "rank": 2,
            "code": "no_room",
            "wishes": [
                {
                    "incubator": "braga",
                    "wish": 1,
                    "code": "taken",
                    "desks": 0,
                    "short_by": 1,
                    "start": "2027-01-01",
                    "holders": ["A"],
                }
            ],
        }
    ]
    better = next(row for row in result["placements"] if row["candidate"] == "C")["better"]
    assert [(row["incubator"], row["code"], row["holders"]) for row in better] == [("braga", "taken", ["A"])]
    assert result["is_optimal"] is True


def test_everybody_placed_comes_before_a_better_wish():
    two = [_candidate("A", 1, 1, ["magog", "braga"]), _candidate("B", 2, 1, ["magog"])]
    assert placed(place(document(candidates=two))) == {
        "A": ("braga", "2027-01-01", 2),
        "B": ("magog", "2027-01-01", 1),
    }


def test_reasons_of_the_unplaced():
    candidates = [
        _candidate("none", 1, 1, []),
        _candidate("home", 2, 1, ["braga"], home="braga"),
        _candidate("big", 3, 3, ["braga"]),
        _candidate("late", 4, 1, ["braga"], earliest_start="2027-02-01"),
        _candidate("refused", 5, 1, ["braga"], declined=["braga"]),
    ]
    result = place(document(candidates=candidates))
    told = {row["candidate"]: (row["code"], [wish["code"] for wish in row["wishes"]]) for row in result["unplaced"]}
    assert told == {
        "none": ("no_wish", []),
        "home": ("no_room", ["home_city"]),
        "big": ("no_room", ["too_few_desks"]),
        "late": ("no_start", ["no_opening"]),
        "refused": ("no_room", ["declined"]),
    }


def test_desks_agreed_before_are_held():
    incubators = [
        {
            "id": "braga",
            "city": "braga",
            "openings": [_span("2027-01-01", "2027-07-01", 2)],
            "held": [_span("2026-09-01", "2027-01-02", 2)],
        },
        {"id": "magog", "city": "magog", "openings": [], "held": []},
    ]
    result = place(document(incubators=incubators, candidates=[_candidate("A", 1, 1, ["braga", "magog"])]))
    assert [(w["code"], w.get("desks")) for w in result["unplaced"][0]["wishes"]] == [("held", 0), ("no_opening", None)]


def test_the_missing_desk_is_counted_from_a_start_that_is_open():
    """Magog opens in February: what is missing there is missing from February on, not from January."""
    starts = {"months": 6, "start_days": ["2027-01-01", "2027-02-01"], "home_city_allowed": False}
    incubators = [{"id": "magog", "city": "magog", "openings": [_span("2027-02-01", "2027-09-01", 2)]}]
    candidates = [_candidate("A", 1, 2, ["magog"]), _candidate("B", 2, 1, ["magog"])]
    why = place(document(programme=starts, incubators=incubators, candidates=candidates))["unplaced"][0]["wishes"][0]
    assert (why["code"], why["short_by"], why["start"], why["holders"]) == ("taken", 1, "2027-02-01", ["A"])


def test_two_stays_follow_each_other_on_one_desk():
    starts = {"months": 6, "start_days": ["2027-01-01", "2027-07-01"], "home_city_allowed": False}
    incubators = [{"id": "braga", "city": "braga", "openings": [_span("2027-01-01", "2028-01-01", 1)]}]
    candidates = [_candidate("A", 2, 1, ["braga"]), _candidate("B", 1, 1, ["braga"])]
    result = place(document(programme=starts, incubators=incubators, candidates=candidates))
    assert placed(result) == {"B": ("braga", "2027-01-01", 1), "A": ("braga", "2027-07-01", 1)}


def test_gaps_between_wish_numbers_gain_nothing():
    spread = _candidate("A", 1, 1, ["braga", "magog"])
    spread["wishes"][1]["rank"] = 90
    assert read_problem(document(candidates=[spread])).candidates[0].wishes == (("braga", 1), ("magog", 2))


def test_the_seed_decides_between_equals():
    equal = [_candidate(name, 1, 2, ["braga"]) for name in "ABCDEFGH"]
    chosen = {tuple(placed(place(document(candidates=equal, seed=seed)))) for seed in range(12)}
    assert len(chosen) > 1
    assert place(document(candidates=equal, seed=5)) == place(document(candidates=equal[::-1], seed=5)) | {
        "inputs_sha256": place(document(candidates=equal, seed=5))["inputs_sha256"]
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "other"}, "format must be"),
        ({"candidates": [_candidate("A", 1, 0, [])]}, "at least one person"),
        ({"candidates": [_candidate("A", 1, 1, ["oz"])]}, "unknown"),
        ({"candidates": [_candidate("A", 1, 1, []), _candidate("A", 2, 1, [])]}, "stands twice"),
        ({"programme": {"months": 6}}, "start_days"),
    ],
)
def test_a_bad_document_is_refused_with_its_place(change, words):
    with pytest.raises(BadDocument, match=words):
        place(document(**change))


def test_nothing_to_place_is_a_plan_too():
    result = place(document(candidates=[]))
    assert (result["placements"], result["unplaced"], result["is_optimal"]) == ([], [], True)
