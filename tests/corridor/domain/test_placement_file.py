"""A placement's file: what its answer says and why, and what is refused with its place in the file."""

import jsonschema

from corridor.domain.placement_file import read_problem, schema
from corridor.domain.placement_result import place as answer_to


def place(document, **limits):
    """The answer, after a look at both shapes."""
    jsonschema.validate(document, schema("placement"))
    answer = answer_to(document, **limits)
    jsonschema.validate(answer, schema("placement-answer"))
    return answer


def document(**changes):
    """Two places in Braga from January to June; three candidates; ranks 1, 2, 3."""
    base = {
        "format": "passerelle.placement",
        "version": 1,
        "rule": "rank_first",
        "seed": 0,
        "programme": {"months": 6, "start_days": ["2027-01-01"], "home_city_allowed": False},
        "incubators": [
            {"code": "braga", "city": "braga", "openings": [_span("2027-01-01", "2027-07-01", 2)], "held": []},
            {"code": "magog", "city": "magog", "openings": [_span("2027-01-01", "2027-07-01", 1)], "held": []},
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
    ranked = [{"code": wish, "rank": place} for place, wish in enumerate(wishes, start=1)]
    return {"code": name, "rank": rank, "people": people, "home_city": home, "wishes": ranked, **fields}


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
                    "rule": "award_order",
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
            "code": "braga",
            "city": "braga",
            "openings": [_span("2027-01-01", "2027-07-01", 2)],
            "held": [_span("2026-09-01", "2027-01-02", 2)],
        },
        {"code": "magog", "city": "magog", "openings": [], "held": []},
    ]
    result = place(document(incubators=incubators, candidates=[_candidate("A", 1, 1, ["braga", "magog"])]))
    assert [(w["code"], w.get("desks")) for w in result["unplaced"][0]["wishes"]] == [("held", 0), ("no_opening", None)]


def test_the_missing_desk_is_counted_from_a_start_that_is_open():
    """Magog opens in February: what is missing there is missing from February on, not from January."""
    starts = {"months": 6, "start_days": ["2027-01-01", "2027-02-01"], "home_city_allowed": False}
    incubators = [{"code": "magog", "city": "magog", "openings": [_span("2027-02-01", "2027-09-01", 2)]}]
    candidates = [_candidate("A", 1, 2, ["magog"]), _candidate("B", 2, 1, ["magog"])]
    why = place(document(programme=starts, incubators=incubators, candidates=candidates))["unplaced"][0]["wishes"][0]
    assert (why["code"], why["short_by"], why["start"], why["holders"]) == ("taken", 1, "2027-02-01", ["A"])


def test_two_stays_follow_each_other_on_one_desk():
    starts = {"months": 6, "start_days": ["2027-01-01", "2027-07-01"], "home_city_allowed": False}
    incubators = [{"code": "braga", "city": "braga", "openings": [_span("2027-01-01", "2028-01-01", 1)]}]
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
    there, back = (place(document(candidates=rows, seed=5)) for rows in (equal, equal[::-1]))
    assert [there[key] for key in ("placements", "unplaced", "waiting")] == [
        back[key] for key in ("placements", "unplaced", "waiting")
    ]


def test_nothing_to_place_is_a_plan_too():
    result = place(document(candidates=[]))
    assert (result["placements"], result["unplaced"], result["is_optimal"]) == ([], [], True)
