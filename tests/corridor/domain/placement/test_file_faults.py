"""What is refused of a placement's file, with its place in it, and what is noted."""

import json

import pytest
from django.core.management import CommandError
from hypothesis import given
from hypothesis import strategies as st

from corridor.domain.placement.faults import notices_of
from corridor.domain.placement.file import BadDocument, read_json, read_problem
from tests.corridor.domain.placement.files import candidate, document, hosts, place, placed, refused, run, span, told

LONG = "x" * 301


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({"format": "other"}, ['format: it must be "passerelle.placement", not "other".']),
        ({"programme": {"months": 6}}, ["programme: it lacks “start_days”, or else “first_start” and “last_start”."]),
        ({"candidates": [{"people": 1}]}, ["candidates[0]: it lacks “code”."]),
        ({"candidates": [candidate("A", 1, 0, [])]}, ["candidates[0].people: 0 is below 1."]),
        ({"candidates": [candidate("A", 1, 1, ["oz"])]}, ["candidates[0].wishes: no incubator has the code “oz”."]),
        (
            {"candidates": [candidate("A", 1, 1, [])] * 2},
            ["candidates[1]: “A” stands twice: here and at candidates[0]."],
        ),
        (
            {"incubators": hosts() * 2, "candidates": []},
            ["incubators[1]: “braga” stands twice: here and at incubators[0]."],
        ),
        ({"candidates": [candidate("A", 1, 1, ["braga", "braga"])]}, ["candidates[0].wishes: “braga” stands twice."]),
        ({"candidates": [{"code": LONG}]}, ["candidates[0].code: the text has 301 characters; 300 at most."]),
        (
            {
                "candidates": [
                    {"code": "A", "pinned": {"incubator": "oz", "starts": "2027-03-01", "ends": "2027-03-01"}}
                ]
            },
            [
                "candidates[0].pinned.incubator: no incubator has the code “oz”.",
                "candidates[0].pinned: from 2027-03-01 to 2027-03-01 there is no day (the last day is not included).",
            ],
        ),
        (
            {
                "candidates": [
                    {"code": "A", "declined": ["oz"], "feasible_from": {"magog": "2027-01-01", "ur": "2027-01-01"}}
                ]
            },
            [
                "candidates[0].declined: no incubator has the code “oz”.",
                "candidates[0].feasible_from: no incubator has the code “ur”.",
            ],
        ),
        (
            {"candidates": [{"code": "A", "published": {"incubator": "braga", "starts": "9801-01-01"}}]},
            ["candidates[0].published.starts: 9801-01-01 is too far away to add a stay to it."],
        ),
        ({"candidates": [{"code": ""}]}, ["candidates[0].code: the text is empty."]),
        ({"candidates": [{"code": "A", "nmae": "B"}]}, ["candidates[0]: it holds what is not known here: “nmae”."]),
        (
            {"incubators": hosts(openings=[span("2027-02-30", "2027-07-01", 2)]), "candidates": []},
            ['incubators[0].openings[0].starts: "2027-02-30" is not a date (YYYY-MM-DD).'],
        ),
        (
            {"incubators": hosts(openings=[span("2027-07-01", "2027-07-01", 2)]), "candidates": []},
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
            {"candidates": [candidate("A", 1, 1, [], earliest_start="20270101")]},
            ['candidates[0].earliest_start: "20270101" is not a date (YYYY-MM-DD).'],
        ),
        (
            {"candidates": [candidate("A", 1, 1, [], priority=0.0005)]},
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
    content = json.dumps(document(candidates=[candidate("A", 1, 1, [], priority="?")])).replace('"?"', written)
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
    content = json.dumps(document(candidates=[candidate("A", 1, 1, [], priority="?")])).replace('"?"', priority)
    with pytest.raises(CommandError) as refused:
        run(tmp_path, content.encode())
    assert words in str(refused.value)


def test_a_whole_number_may_be_written_with_a_point():
    programme = {"months": 6.0, "start_days": ["2027-01-01"], "home_city_allowed": False}
    answer = place(document(programme=programme, candidates=[candidate("A", 1.0, 2.0, ["braga"])]))
    same = place(document(candidates=[candidate("A", 1, 2, ["braga"])]))
    assert (answer["inputs_sha256"], json.dumps(answer)) == (same["inputs_sha256"], json.dumps(same))


def test_all_faults_are_told_at_once():
    assert len(refused({"candidates": [candidate("A", 0, 0, []), {}]})) == 3


def test_openings_that_overlap_add_up_and_the_answer_says_so():
    both = [span("2027-01-01", "2027-07-01", 1), span("2026-12-01", "2027-08-01", 1)]
    answer, notices = told(incubators=hosts(openings=both), candidates=[candidate("A", 1, 2, ["braga"])])
    assert set(placed(answer)) == {"A"}
    assert notices == [("incubators[0].openings", "overlap")]


@pytest.mark.parametrize(
    ("change", "code", "notice"),
    [
        ({"incubators": hosts(openings=[span("2027-01-01", "2027-07-01", 0)])}, "no_opening", "no_desks"),
        ({"incubators": hosts(openings=[])}, "no_opening", "no_opening"),
        ({"candidates": [candidate("A", 1, 9, ["braga"])]}, "too_few_desks", "too_large"),
        (
            {"candidates": [candidate("A", 1, 1, ["braga"], earliest_start="2027-07-01")]},
            "no_start",
            "after_last_opening",
        ),
    ],
)
def test_what_helps_nobody_is_noted_and_explained(change, code, notice):
    answer, notices = told(**{"incubators": hosts(), "candidates": [candidate("A", 1, 1, ["braga"])], **change})
    assert notice in [found for _place, found in notices]
    row = answer["unplaced"][0]
    assert code in [row["code"], *[wish["code"] for wish in row["wishes"]]]


def test_a_programme_without_a_start_day_is_noted_at_its_place():
    _answer, notices = told(
        incubators=hosts(), candidates=[candidate("A", 1, 1, ["braga"])],
        programme={"months": 6, "start_days": [], "home_city_allowed": False},
    )  # fmt: skip
    assert ("programme", "no_start") in notices


def test_a_file_that_is_no_text_is_one_fault_of_its_shape():
    with pytest.raises(BadDocument) as refused:
        read_json(b"{")
    [fault] = refused.value.faults
    assert (fault.place, fault.code) == ("", "shape.text")
    assert str(refused.value) == str(fault) == fault.sentence
    assert fault.sentence.startswith("it is not JSON: line 1, column 2")


@pytest.mark.parametrize(
    ("window", "sentence"),
    [
        (
            {"earliest_start": "2027-03-01", "latest_start": "2027-02-01"},
            "“A” can’t start on any day: its latest start, 2027-02-01, comes before its earliest, 2027-03-01.",
        ),
        (
            {"earliest_start": "2027-01-05", "latest_start": "2027-01-20"},
            (
                "“A” can’t start on any day: no start day of the programme lies in its window (from 2027-01-05 until "
                "2027-01-20)."
            ),
        ),
    ],
)
def test_a_window_without_a_start_is_told_at_that_candidate_and_the_others_are_placed(tmp_path, window, sentence):
    rows = [candidate("A", 1, 1, ["braga"], **window), candidate("B", 2, 1, ["braga"])]
    answer = place(document(incubators=hosts(), candidates=rows))
    assert placed(answer) == {"B": ("braga", "2027-01-01", 1)}
    assert answer["notices"][0] == {"place": "candidates[0]", "code": "window", "sentence": sentence}
    [row] = answer["unplaced"]
    assert (row["code"], [wish["code"] for wish in row["wishes"]]) == ("no_start", ["no_start"])
    said = run(tmp_path, document(incubators=hosts(), candidates=rows))
    assert "A has no place. No start day of the programme lies between its earliest and its latest start.\n" in said
    assert "desk" not in said


def notices(**changes):
    problem = read_problem(document(**changes))
    return {row.place: row.sentence for row in notices_of(problem)}


def test_who_is_too_many_for_every_host_is_told_with_their_number():
    here = [{"code": "braga", "city": "braga", "openings": [span("2027-01-01", "2027-07-01", 2)], "held": []}]
    teams = [candidate("A", 1, 3, ["braga"]), candidate("B", 2, 2, ["braga"])]
    assert notices(incubators=here, candidates=teams)["candidates[0].people"] == (
        "“A” needs 3 desks; no host has more than 2."
    )
    assert "candidates[1].people" not in notices(incubators=here, candidates=teams)
    empty = [{"code": "braga", "city": "braga", "openings": [], "held": []}]
    alone = notices(incubators=empty, candidates=[candidate("A", 1, 1, ["braga"])])
    assert alone["candidates[0].people"] == "“A” needs 1 desk; no host has more than 0."
    assert alone["incubators[0]"] == "“braga” offers no desk at any time."
    nobody = notices(incubators=[], candidates=[candidate("A", 1, 1, [])])
    assert nobody["candidates[0].people"] == "“A” needs 1 desk; no host has more than 0."
