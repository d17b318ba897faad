"""What the answer to a placement's file says, and why."""

import pytest

from corridor.domain.placement.file import read_problem
from tests.corridor.domain.placement.files import candidate, document, hosts, place, placed, span, told


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
    two = [candidate("A", 1, 1, ["magog", "braga"]), candidate("B", 2, 1, ["magog"])]
    assert placed(place(document(candidates=two))) == {
        "A": ("braga", "2027-01-01", 2),
        "B": ("magog", "2027-01-01", 1),
    }


def test_reasons_of_the_unplaced():
    candidates = [
        candidate("none", 1, 1, []),
        candidate("home", 2, 1, ["braga"], home="braga"),
        candidate("big", 3, 3, ["braga"]),
        candidate("late", 4, 1, ["braga"], earliest_start="2027-02-01"),
        candidate("refused", 5, 1, ["braga"], declined=["braga"]),
    ]
    result = place(document(candidates=candidates))
    told = {row["candidate"]: (row["code"], [wish["code"] for wish in row["wishes"]]) for row in result["unplaced"]}
    assert told == {
        "none": ("no_wish", []),
        "home": ("no_room", ["home_city"]),
        "big": ("no_room", ["too_few_desks"]),
        "late": ("no_start", ["no_start"]),
        "refused": ("no_room", ["declined"]),
    }


def test_desks_agreed_before_are_held():
    incubators = [
        {
            "code": "braga",
            "city": "braga",
            "openings": [span("2027-01-01", "2027-07-01", 2)],
            "held": [span("2026-09-01", "2027-01-02", 2)],
        },
        {"code": "magog", "city": "magog", "openings": [], "held": []},
    ]
    result = place(document(incubators=incubators, candidates=[candidate("A", 1, 1, ["braga", "magog"])]))
    assert [(w["code"], w.get("desks")) for w in result["unplaced"][0]["wishes"]] == [("held", 0), ("no_opening", None)]


def test_the_missing_desk_is_counted_from_a_start_that_is_open():
    """Magog opens in February: what is missing there is missing from February on, not from January."""
    starts = {"months": 6, "start_days": ["2027-01-01", "2027-02-01"], "home_city_allowed": False}
    incubators = [{"code": "magog", "city": "magog", "openings": [span("2027-02-01", "2027-09-01", 2)]}]
    candidates = [candidate("A", 1, 2, ["magog"]), candidate("B", 2, 1, ["magog"])]
    why = place(document(programme=starts, incubators=incubators, candidates=candidates))["unplaced"][0]["wishes"][0]
    assert (why["code"], why["short_by"], why["start"], why["holders"]) == ("taken", 1, "2027-02-01", ["A"])


def test_two_stays_follow_each_other_on_one_desk():
    starts = {"months": 6, "start_days": ["2027-01-01", "2027-07-01"], "home_city_allowed": False}
    incubators = [{"code": "braga", "city": "braga", "openings": [span("2027-01-01", "2028-01-01", 1)]}]
    candidates = [candidate("A", 2, 1, ["braga"]), candidate("B", 1, 1, ["braga"])]
    result = place(document(programme=starts, incubators=incubators, candidates=candidates))
    assert placed(result) == {"B": ("braga", "2027-01-01", 1), "A": ("braga", "2027-07-01", 1)}


def test_gaps_between_wish_numbers_gain_nothing():
    spread = candidate("A", 1, 1, ["braga", "magog"])
    spread["wishes"][1]["rank"] = 90
    assert read_problem(document(candidates=[spread])).candidates[0].wishes == (("braga", 1), ("magog", 2))


def test_the_seed_decides_between_equals():
    equal = [candidate(name, 1, 2, ["braga"]) for name in "ABCDEFGH"]
    chosen = {tuple(placed(place(document(candidates=equal, seed=seed)))) for seed in range(4)}
    assert len(chosen) > 1
    there, back = (place(document(candidates=rows, seed=5)) for rows in (equal, equal[::-1]))
    assert there == back | {"inputs_sha256": there["inputs_sha256"], "notices": there["notices"]}


def test_nothing_to_place_is_a_plan_too():
    result = place(document(candidates=[]))
    assert (result["placements"], result["unplaced"], result["is_optimal"]) == ([], [], True)


@pytest.mark.parametrize("seed", range(12))
def test_a_first_wish_whose_desk_stays_empty_is_not_left_to_the_lot(seed):
    """1 + 2 = 2 + 1: the sums of both sides are equal in Lyon and in Bari;
    Lyon is what the team itself wishes first."""
    year = [span("2027-01-01", "2027-07-01", 2)]
    incubators = [
        {"code": "Lyon", "city": "L", "openings": year, "order": ["other", "team"]},
        {"code": "Bari", "city": "B", "openings": year, "order": ["team"]},
    ]
    rows = [{"code": "team", "rank": 1, "wishes": ["Lyon", "Bari"]}, {"code": "other", "rank": 2, "wishes": ["Lyon"]}]
    for rule in ("rank_first", "most_placed", "weighted_sum"):
        answer = place(document(rule=rule, seed=seed, incubators=incubators, candidates=rows))
        assert {name: row[0] for name, row in placed(answer).items()} == {"team": "Lyon", "other": "Lyon"}
        assert answer["blocking_pairs"] == []


def test_everybody_may_wish_the_same_place_and_names_may_be_long():
    crowd = [candidate(f"{n} {'ñ' * 290}", n, 1, ["braga"]) for n in range(1, 41)]
    answer, notices = told(candidates=crowd)
    assert (len(answer["placements"]), len(answer["unplaced"])) == (2, 38)
    assert notices == [("candidates", "same_wish")]
    assert [row["place"] for row in answer["waiting"]] == list(range(1, 39))


def test_more_reasons():
    rows = [
        candidate("refused", 1, 1, ["braga"]),
        candidate("late", 2, 1, ["braga"], feasible_from={"braga": "2027-02-01"}),
        candidate("first", 3, 1, ["braga"]),
        candidate("second", 4, 1, ["braga"]),
    ]
    refusal = [{"candidate": "refused", "reason": "No laboratory for it."}]
    answer = place(document(incubators=hosts(refusals=refusal, arrivals_per_month=1), candidates=rows))
    why = {row["candidate"]: row["wishes"][0] for row in answer["unplaced"]}
    assert {name: {k: v for k, v in one.items() if k not in ("incubator", "wish")} for name, one in why.items()} == {
        "refused": {"code": "refused", "reason": "No laboratory for it."},
        "late": {"code": "too_late", "feasible_from": "2027-02-01"},
        "second": {"code": "arrivals", "most": 1, "month": "2027-01-01", "holders": ["first"]},
    }
    shut = [{"starts": "2027-03-01", "ends": "2027-04-01"}]
    answer = place(document(incubators=hosts(blackouts=shut), candidates=rows[3:]))
    assert answer["unplaced"][0]["wishes"] == [
        {"incubator": "braga", "wish": 1, "code": "blackout", "starts": "2027-03-01", "ends": "2027-04-01"}
    ]


def test_the_rule_on_age_bounds_every_start_and_is_named_where_it_decides():
    two_starts = {"months": 6, "start_days": ["2027-01-01", "2027-02-01"], "home_city_allowed": False}
    late = [{"code": "braga", "openings": [span("2027-02-01", "2027-08-01", 2)]}]
    rows = [
        candidate("Ana", 1, 1, ["braga"], eligible_until="2027-01-31"),  # 30 on the day before braga opens
        candidate("Ben", 2, 1, ["braga"], eligible_until="2027-02-01"),
        candidate("Cem", 3, 1, ["braga"], eligible_until="2026-12-31"),
    ]
    answer = place(document(programme=two_starts, incubators=late, candidates=rows))
    assert placed(answer) == {"Ben": ("braga", "2027-02-01", 1)}
    ana, cem = answer["unplaced"]
    assert ana["wishes"] == [{"incubator": "braga", "wish": 1, "code": "not_eligible", "eligible_until": "2027-01-31"}]
    assert (ana["code"], cem["code"]) == ("no_room", "not_eligible")


def test_those_who_would_both_rather_have_had_each_other_are_listed_with_the_level_that_forbids_it():
    rows = [candidate("A", 1, 1, ["braga"]), candidate("B", 2, 1, ["braga", "magog"])]
    incubators = [
        {"code": "braga", "openings": [span("2027-01-01", "2027-07-01", 1)], "order": ["B", "A"]},
        {"code": "magog", "openings": [span("2027-01-01", "2027-07-01", 1)]},
    ]
    answer = place(document(incubators=incubators, candidates=rows))
    assert {name: row[0] for name, row in placed(answer).items()} == {"A": "braga", "B": "magog"}
    assert answer["blocking_pairs"] == [
        {
            "candidate": "B",
            "incubator": "braga",
            "wish": 1,
            "start": "2027-01-01",
            "leaving": ["A"],
            "level": "placed",
            "rank": 1,
        }
    ]


def test_one_weighted_sum():
    """10 × 1.5 + 9 × 1 beats 10 × 1 + nothing, and 15 + 9 = 24."""
    rows = [
        candidate("A", 1, 2, ["braga", "magog"], priority=1),
        candidate("B", 2, 1, ["braga"], priority=1.5),
        candidate("C", 3, 1, ["magog", "braga"], priority=1),
        candidate("D", 4, 1, ["magog"], priority=1.5),
    ]
    answer = place(document(rule="weighted_sum", candidates=rows))
    assert (answer["objective"], answer["bound"], answer["status"], answer["levels"]) == ("39", "39", "optimal", [])
    assert {name: row[0] for name, row in placed(answer).items()} == {"B": "braga", "C": "braga", "D": "magog"}
    assert answer["unplaced"][0]["wishes"][0]["rule"] == "whole_plan"
