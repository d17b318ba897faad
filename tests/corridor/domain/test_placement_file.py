"""A placement's file: what its answer says and why, and what is refused with its place in the file."""

import io
import json

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from corridor.domain.placement_file import FORMATS, BadDocument, read_json, read_problem, schema
from corridor.domain.placement_result import place as answer_to
from corridor.management.commands.place import SENTENCES

ANSWER = jsonschema.Draft202012Validator(schema("placement-answer"))


def place(document, **limits):
    """The answer, after a look at its shape."""
    answer = answer_to(document, **limits)
    ANSWER.validate(answer)
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
        "late": ("no_start", ["no_start"]),
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
    chosen = {tuple(placed(place(document(candidates=equal, seed=seed)))) for seed in range(4)}
    assert len(chosen) > 1
    there, back = (place(document(candidates=rows, seed=5)) for rows in (equal, equal[::-1]))
    assert there == back | {"inputs_sha256": there["inputs_sha256"], "notices": there["notices"]}


def test_nothing_to_place_is_a_plan_too():
    result = place(document(candidates=[]))
    assert (result["placements"], result["unplaced"], result["is_optimal"]) == ([], [], True)


def refused(change):
    with pytest.raises(BadDocument) as bad:
        answer_to(document(**change))
    return [str(fault) for fault in bad.value.faults]


def hosts(**fields):
    return [{"code": "braga", "city": "braga", "openings": [_span("2027-01-01", "2027-07-01", 2)], **fields}]


LONG = "x" * 301


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({"format": "other"}, ['format: it must be "passerelle.placement", not "other".']),
        ({"programme": {"months": 6}}, ["programme: it lacks “start_days”, or else “first_start” and “last_start”."]),
        ({"candidates": [{"people": 1}]}, ["candidates[0]: it lacks “code”."]),
        ({"candidates": [_candidate("A", 1, 0, [])]}, ["candidates[0].people: 0 is below 1."]),
        ({"candidates": [_candidate("A", 1, 1, ["oz"])]}, ["candidates[0].wishes: no incubator has the code “oz”."]),
        (
            {"candidates": [_candidate("A", 1, 1, [])] * 2},
            ["candidates[1]: “A” stands twice: here and at candidates[0]."],
        ),
        (
            {"incubators": hosts() * 2, "candidates": []},
            ["incubators[1]: “braga” stands twice: here and at incubators[0]."],
        ),
        ({"candidates": [_candidate("A", 1, 1, ["braga", "braga"])]}, ["candidates[0].wishes: “braga” stands twice."]),
        ({"candidates": [{"code": LONG}]}, ["candidates[0].code: the text has 301 characters; 300 at most."]),
        ({"candidates": [{"code": "A", "nmae": "B"}]}, ["candidates[0]: it holds what is not known here: “nmae”."]),
        (
            {"incubators": hosts(openings=[_span("2027-02-30", "2027-07-01", 2)]), "candidates": []},
            ['incubators[0].openings[0].starts: "2027-02-30" is not a date (YYYY-MM-DD).'],
        ),
        (
            {"incubators": hosts(openings=[_span("2027-07-01", "2027-07-01", 2)]), "candidates": []},
            [
                "incubators[0].openings[0]: from 2027-07-01 to 2027-07-01 there is no day "
                "(the last day is not included)."
            ],
        ),
        (
            {"candidates": [{"code": "A", "wishes": [{"code": "braga", "rnak": 1}]}]},
            [
                "candidates[0].wishes[0]: it holds what is not known here: “rnak”.",
                "candidates[0].wishes[0]: it lacks “rank”.",
            ],
        ),
        (
            {"candidates": [{"code": "A", "wishes": ["braga", {"code": "magog", "rank": 1}]}]},
            [
                "candidates[0].wishes: some stand with a rank and some by their place in the list: "
                "give all a rank, or none."
            ],
        ),
        (
            {"candidates": [_candidate("A", 1, 1, [], earliest_start="20270101")]},
            ['candidates[0].earliest_start: "20270101" is not a date (YYYY-MM-DD).'],
        ),
        (
            {"candidates": [_candidate("A", 1, 1, [], priority=0.0005)]},
            ["candidates[0].priority: 0.0005 has more than three decimals."],
        ),
        ({"rule": "most_plcaed"}, ['rule: "most_plcaed" is not one of rank_first, most_placed, weighted_sum.']),
        ({"candidates": [{"code": "\ud800"}]}, None),
        ({"seed": float("nan")}, None),
    ],
)
def test_what_can_t_be_used_is_refused_with_its_place_in_the_file(change, sentences):
    told = refused(change)
    assert told == sentences if sentences else len(told) == 1


def test_priorities_are_read_as_they_are_written(tmp_path):
    """0.7 is no sum of halves, and 1.4 not exactly twice what a computer makes of it: both are read as thousandths."""
    rows = [{"code": "a", "priority": 0.7, "wishes": ["magog"]}, {"code": "b", "priority": 1.4, "wishes": ["magog"]}]
    answer = json.loads(run(tmp_path, document(rule="weighted_sum", candidates=rows), "--json"))
    assert (list(placed(answer)), answer["objective"], answer["bound"]) == (["b"], 14, 14)


@given(st.integers(0, 10**9))
def test_every_priority_of_three_decimals_is_read_exactly(thousandths):
    written = f"{thousandths // 1000}.{thousandths % 1000:03}"
    content = json.dumps(document(candidates=[_candidate("A", 1, 1, [], priority="?")])).replace('"?"', written)
    for read in (read_json(content.encode()), json.loads(content)):
        assert read_problem(read).candidates[0].priority == thousandths


@pytest.mark.parametrize(
    ("priority", "words"),
    [
        ("1.4000000000000001", "candidates[0].priority: 1.4000000000000001 has more than three decimals."),
        ("1e999999", "candidates[0].priority: 1E+999999 has more digits than a number here can have."),
        ("1e-999999", "candidates[0].priority: 1E-999999 has more digits than a number here can have."),
        ("1000000.001", "candidates[0].priority: 1000000.001 is above 1000000."),
        ("Infinity", "the file holds what no text or number is"),
        ('1, "priority": 2', "“priority” stands twice in the same place."),
    ],
)
def test_a_number_that_can_t_be_kept_as_written_is_refused(tmp_path, priority, words):
    content = json.dumps(document(candidates=[_candidate("A", 1, 1, [], priority="?")])).replace('"?"', priority)
    with pytest.raises(CommandError) as refused:
        run(tmp_path, content.encode())
    assert words in str(refused.value)


def test_a_whole_number_may_be_written_with_a_point():
    programme = {"months": 6.0, "start_days": ["2027-01-01"], "home_city_allowed": False}
    answer = place(document(programme=programme, candidates=[_candidate("A", 1.0, 2.0, ["braga"])]))
    same = place(document(candidates=[_candidate("A", 1, 2, ["braga"])]))
    assert (answer["inputs_sha256"], json.dumps(answer)) == (same["inputs_sha256"], json.dumps(same))


def test_all_faults_are_told_at_once():
    assert len(refused({"candidates": [_candidate("A", 0, 0, []), {}]})) == 3


def told(**change):
    answer = place(document(**change))
    return answer, [(one["place"], one["code"]) for one in answer["notices"]]


def test_openings_that_overlap_add_up_and_the_answer_says_so():
    both = [_span("2027-01-01", "2027-07-01", 1), _span("2026-12-01", "2027-08-01", 1)]
    answer, notices = told(incubators=hosts(openings=both), candidates=[_candidate("A", 1, 2, ["braga"])])
    assert set(placed(answer)) == {"A"}
    assert notices == [("incubators[0].openings", "overlap")]


@pytest.mark.parametrize(
    ("change", "code", "notice"),
    [
        ({"incubators": hosts(openings=[_span("2027-01-01", "2027-07-01", 0)])}, "no_opening", "no_desks"),
        ({"incubators": hosts(openings=[])}, "no_opening", "no_opening"),
        ({"candidates": [_candidate("A", 1, 9, ["braga"])]}, "too_few_desks", "too_large"),
        (
            {"candidates": [_candidate("A", 1, 1, ["braga"], earliest_start="2027-07-01")]},
            "no_start",
            "after_last_opening",
        ),
    ],
)
def test_what_helps_nobody_is_noted_and_explained(change, code, notice):
    answer, notices = told(**{"incubators": hosts(), "candidates": [_candidate("A", 1, 1, ["braga"])], **change})
    assert notice in [found for _place, found in notices]
    row = answer["unplaced"][0]
    assert code in [row["code"], *[wish["code"] for wish in row["wishes"]]]


@pytest.mark.parametrize(
    ("window", "sentence"),
    [
        (
            {"earliest_start": "2027-03-01", "latest_start": "2027-02-01"},
            "“A” can’t start on any day: its latest start, 2027-02-01, comes before its earliest, 2027-03-01.",
        ),
        (
            {"earliest_start": "2027-01-05", "latest_start": "2027-01-20"},
            "“A” can’t start on any day: no start day of the programme lies in its window (from 2027-01-05 until 2027-01-20).",
        ),
    ],
)
def test_a_window_without_a_start_is_told_at_that_candidate_and_the_others_are_placed(tmp_path, window, sentence):
    rows = [_candidate("A", 1, 1, ["braga"], **window), _candidate("B", 2, 1, ["braga"])]
    answer = place(document(incubators=hosts(), candidates=rows))
    assert placed(answer) == {"B": ("braga", "2027-01-01", 1)}
    assert answer["notices"][0] == {"place": "candidates[0]", "code": "window", "sentence": sentence}
    [row] = answer["unplaced"]
    assert (row["code"], [wish["code"] for wish in row["wishes"]]) == ("no_start", ["no_start"])
    said = run(tmp_path, document(incubators=hosts(), candidates=rows))
    assert "A has no place. No start day of the programme lies between its earliest and its latest start.\n" in said
    assert "desk" not in said


@pytest.mark.parametrize("seed", range(12))
def test_a_first_wish_whose_desk_stays_empty_is_not_left_to_the_lot(seed):
    """1 + 2 = 2 + 1: the sums of both sides are equal in Lyon and in Bari; Lyon is what the team itself wishes first."""
    year = [_span("2027-01-01", "2027-07-01", 2)]
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
    crowd = [_candidate(f"{n} {'ñ' * 290}", n, 1, ["braga"]) for n in range(1, 41)]
    answer, notices = told(candidates=crowd)
    assert (len(answer["placements"]), len(answer["unplaced"])) == (2, 38)
    assert notices == [("candidates", "same_wish")]
    assert [row["place"] for row in answer["waiting"]] == list(range(1, 39))


def test_more_reasons():
    rows = [
        _candidate("refused", 1, 1, ["braga"]),
        _candidate("late", 2, 1, ["braga"], feasible_from={"braga": "2027-02-01"}),
        _candidate("first", 3, 1, ["braga"]),
        _candidate("second", 4, 1, ["braga"]),
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
    late = [{"code": "braga", "openings": [_span("2027-02-01", "2027-08-01", 2)]}]
    rows = [
        _candidate("Ana", 1, 1, ["braga"], eligible_until="2027-01-31"),  # 30 on the day before braga opens
        _candidate("Ben", 2, 1, ["braga"], eligible_until="2027-02-01"),
        _candidate("Cem", 3, 1, ["braga"], eligible_until="2026-12-31"),
    ]
    answer = place(document(programme=two_starts, incubators=late, candidates=rows))
    assert placed(answer) == {"Ben": ("braga", "2027-02-01", 1)}
    ana, cem = answer["unplaced"]
    assert ana["wishes"] == [{"incubator": "braga", "wish": 1, "code": "not_eligible", "eligible_until": "2027-01-31"}]
    assert (ana["code"], cem["code"]) == ("no_room", "not_eligible")


def test_those_who_would_both_rather_have_had_each_other_are_listed_with_the_level_that_forbids_it():
    rows = [_candidate("A", 1, 1, ["braga"]), _candidate("B", 2, 1, ["braga", "magog"])]
    incubators = [
        {"code": "braga", "openings": [_span("2027-01-01", "2027-07-01", 1)], "order": ["B", "A"]},
        {"code": "magog", "openings": [_span("2027-01-01", "2027-07-01", 1)]},
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
        _candidate("A", 1, 2, ["braga", "magog"], priority=1),
        _candidate("B", 2, 1, ["braga"], priority=1.5),
        _candidate("C", 3, 1, ["magog", "braga"], priority=1),
        _candidate("D", 4, 1, ["magog"], priority=1.5),
    ]
    answer = place(document(rule="weighted_sum", candidates=rows))
    assert (answer["objective"], answer["bound"], answer["status"], answer["levels"]) == ("39", "39", "optimal", [])
    assert {name: row[0] for name, row in placed(answer).items()} == {"B": "braga", "C": "braga", "D": "magog"}
    assert answer["unplaced"][0]["wishes"][0]["rule"] == "whole_plan"


def run(tmp_path, content, *options):
    file = tmp_path / "file.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    out = io.StringIO()
    call_command("place", str(file), *options, stdout=out)
    return out.getvalue()


def test_the_command_needs_no_database(tmp_path):
    answer = json.loads(run(tmp_path, document(rule="weighted_sum", seconds=5.5), "--json"))
    ANSWER.validate(answer)
    assert (answer["objective"], answer["bound"], answer["status"]) == (20, 20, "optimal")
    assert 0 < answer["seconds"] < 5.5
    words = run(tmp_path, document())
    assert "2 of 3 placed; optimal" in words
    assert "A → braga, 2027-01-01 to 2027-06-30 (wish 1 of 2)" in words
    assert (
        "B has no place.\n  braga: its desks go to A; 1 missing from 2027-01-01. "
        "Better ranks among them hold the desks.\n" in words
    )


def test_one_desk_is_not_several(tmp_path):
    one = hosts(openings=[_span("2027-01-01", "2027-07-01", 1)])
    told = run(tmp_path, document(incubators=one, candidates=[_candidate("A", 1, 2, ["braga"])]))
    assert "braga: 1 desk at most, too few for this guest." in told
    none = run(tmp_path, document(incubators=hosts(openings=[]), candidates=[_candidate("A", 1, 1, ["braga"])]))
    assert "“A” needs 1 desk; no host has more than 0." in none


def test_the_last_day_is_said_not_the_day_after(tmp_path):
    """A stay of January to June ends on 30 June; a house closed for March opens again on 1 April."""
    shut = [{"starts": "2027-03-01", "ends": "2027-04-01"}]
    rows = [_candidate("A", 1, 1, ["braga"]), _candidate("B", 2, 1, ["magog"])]
    magog = {"code": "magog", "openings": [_span("2027-01-01", "2027-07-01", 1)]}
    words = run(tmp_path, document(incubators=[*hosts(blackouts=shut), magog], candidates=rows))
    assert "B → magog, 2027-01-01 to 2027-06-30" in words
    assert "braga: closed from 2027-03-01 to 2027-03-31." in words


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_is_told_how_far_it_is_and_a_pipe_only_the_answer(tmp_path):
    file = tmp_path / "file.json"
    file.write_text(json.dumps(document()))
    out, terminal, pipe = io.StringIO(), Terminal(), io.StringIO()
    call_command("place", str(file), "--json", stdout=out, stderr=terminal)
    call_command("place", str(file), "--json", stdout=io.StringIO(), stderr=pipe)
    assert json.loads(out.getvalue())["is_optimal"] is True
    assert "s: placed: 2 found, no plan passes " in terminal.getvalue()
    assert pipe.getvalue() == ""


def test_every_reason_has_its_words():
    codes = schema("placement-answer")["$defs"]["why"]["properties"]["code"]["enum"]
    assert set(SENTENCES) == set(codes)


def test_the_example_is_placed():
    out = io.StringIO()
    call_command("place", str(FORMATS / "placement.example.json"), stdout=out)
    assert out.getvalue().splitlines()[0].startswith("3 of 4 placed; optimal")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "not JSON: line 1"),
        (b"\xff\xfe", "not text in UTF-8"),
        (b"[" * 100_000, "can"),
        (b"1" * 5000, "can"),
        (b"[]", "is not of the kind object"),
        (b'{"format": "passerelle.placement"}', "it lacks"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_file(tmp_path, content, words):
    with pytest.raises(CommandError, match=words):
        run(tmp_path, content)


def test_the_command_names_a_file_that_is_missing(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("place", str(tmp_path / "none.json"))
