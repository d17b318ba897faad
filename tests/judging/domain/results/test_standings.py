"""The standings of a file alone: the columns say what the usual way says, and leave to it what they can't know."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.results.format import BadResult
from judging.domain.results.reading_columns import read_large
from judging.domain.results.standings import from_columns, standings_in
from tests.judging.domain import plain as frozen
from tests.judging.domain.plain import read_results


def card(entry: str, juror: str, a: str) -> dict:
    return {"entry": entry, "juror": juror, "marks": {"a": a}}


# E1: 4 and 3, together 3.5; E2: 2; E3: 3.5 as well; E4: nobody scored it.
CARDS = [card("E3", "J1", "3.5"), card("E1", "J2", "3"), card("E1", "J1", "4"), card("E2", "J1", "2")]


def file(rule: dict | None = None, **more) -> bytes:
    data = {
        "format": "passerelle.result",
        "version": 3,
        "rule": {"criteria": [{"code": "a", "scale_max": "5"}], "combine": "weighted_mean", **(rule or {})},
        "entries": [{"code": code} for code in ("E4", "E3", "E2", "E1")],
        "scorecards": CARDS,
    }
    return json.dumps(data | more).encode()


def shown(content: bytes) -> list[tuple[str, str, str, str]]:
    [rows] = standings_in(content)
    return [tuple(row) for row in rows]


def slowly(content: bytes) -> list[tuple[str, ...]]:
    [data] = read_results(content)
    rows = frozen.standings_of(frozen.compute(data))
    return [(row.rank, row.entry, row.final, row.scorecards) for row in rows]


EQUALS_SHARE = [("1", "E1", "3.5", "2"), ("1", "E3", "3.5", "1"), ("3", "E2", "2", "1"), ("", "E4", "", "0")]


def test_by_hand():
    assert from_columns(read_large(file())) is not None
    assert shown(file()) == EQUALS_SHARE


DECIDED = [("1", "E3", "3.5", "1"), ("2", "E1", "3.5", "2"), ("3", "E2", "2", "1"), ("", "E4", "", "0")]
BY_FOUNDING = [{"code": "E1", "founded_on": "2020-01-01"}, {"code": "E2"}, {"code": "E3", "founded_on": "2024-01-01"},
               {"code": "E4"}]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (file(decisions=[["E3", "E1"]]), DECIDED),
        (file({"ties": [{"kind": "younger_firm"}]}, entries=BY_FOUNDING), DECIDED),
        (file(peers=["J2"], rule={"criteria": [{"code": "a", "scale_max": "5"}], "combine": "weighted_mean",
                                  "min_scorecards": "2"}),
         [("", "E1", "", "2"), ("", "E2", "", "1"), ("", "E3", "", "1"), ("", "E4", "", "0")]),
        # A fellow applicant is no jury: E1 has one scorecard of it, and two are needed.
        (file({"criteria": [{"code": "a", "scale_max": "5"}, {"code": "late", "kind": "penalty", "weight": "1"}]},
              penalties=[{"entry": "E1", "code": "late", "breaches": "1"}]),
         [("1", "E3", "3.5", "1"), ("2", "E1", "2.5", "2"), ("3", "E2", "2", "1"), ("", "E4", "", "0")]),
        # One point off 3.5.
        (file(carried=[{"order": "1", "weight": "100", "sha256": "", "shares": {"E1": "0", "E2": "90", "E3": "70"}}],
              round={"order": "2", "weight": "100"}),
         [("1", "E3", "70", "1"), ("2", "E2", "65", "1"), ("3", "E1", "35", "2"), ("", "E4", "", "0")]),
        # Half this round's per cent of 5 (70, 40, 70), half the round before.
        (file({"criteria": [{"code": "a", "scale_max": "5", "required": False}]},
              scorecards=[card("E1", "J1", "n/a"), card("E2", "J1", "2")]),
         [("1", "E2", "2", "1"), ("", "E1", "", "0"), ("", "E3", "", "0"), ("", "E4", "", "0")]),
    ],
    ids=["a decision", "a rule for ties", "a fellow applicant", "a penalty", "a round before", "not applicable"],
)  # fmt: skip
def test_what_columns_do_not_know_goes_the_usual_way(content, rows):
    assert from_columns(read_large(content)) is None
    assert shown(content) == rows


def test_rules_for_ties_that_no_tie_asks_for_leave_the_columns_alone():
    content = file({"ties": [{"kind": "younger_firm"}]}, scorecards=CARDS[1:])
    assert from_columns(read_large(content)) is not None
    assert shown(content) == [("1", "E1", "3.5", "2"), ("2", "E2", "2", "1"), ("", "E3", "", "0"), ("", "E4", "", "0")]


def test_what_is_wrong_is_told_with_its_place():
    with pytest.raises(BadResult) as refused:
        standings_in(file(scorecards=[card("E1", "J1", "6")]))
    assert str(refused.value) == "scorecards[0].marks.a: 6 is outside the scale, which goes from 0 to 5."
    with pytest.raises(BadResult, match="^peers"):
        standings_in(file(peers=[4]))


def test_marks_finer_than_columns_hold_are_ranked_all_the_same():
    assert shown(file(scorecards=[card("E1", "J1", "3.00005")]))[0] == ("1", "E1", "3.00005", "1")


marks = st.integers(0, 10).map(lambda halves: f"{halves / 2:g}")
SIZES = st.fixed_dictionaries({
    "combine": st.sampled_from(["percent", "weighted_mean", "weighted_sum"]),
    "across": st.sampled_from(["mean", "mean", "mean", "median"]),
    "decimals": st.sampled_from(["", "0", "1"]),
    "threshold": st.sampled_from(["", "2"]),
    "min_scorecards": st.sampled_from(["1", "2"]),
    "ties": st.sampled_from([[], [], [{"kind": "criterion", "code": "a"}]]),
    "cut": st.sampled_from([{}, {"count": "1"}]),
})  # fmt: skip


@settings(deadline=None)
@given(
    rule=SIZES,
    weights=st.tuples(st.integers(0, 3), st.integers(1, 3)),
    given=st.dictionaries(st.tuples(st.integers(1, 4), st.integers(1, 3)), st.tuples(marks, marks), max_size=9),
    more=st.sampled_from([{}, {}, {"decisions": [["E2", "E1"]]}, {"peers": ["J1"]}]),
)
def test_the_columns_say_what_the_usual_way_says(rule, weights, given, more):
    criteria = [{"code": code, "weight": str(w), "scale_max": "5"} for code, w in zip("ab", weights, strict=True)]
    cards = [{"entry": f"E{e}", "juror": f"J{j}", "marks": {"a": a, "b": b}} for (e, j), (a, b) in given.items()]
    content = file({"criteria": criteria, **rule}, scorecards=cards, **more)
    try:
        expected: object = [slowly(content)]
    except BadResult as refused:
        expected = refused.errors  # of a file whose rule can't count, such as weights that are all 0
    try:
        found: object = standings_in(content)
    except BadResult as refused:
        found = refused.errors
    assert found == expected


def test_the_command_shows_the_first_columns_of_the_whole_report(tmp_path):
    path = tmp_path / "round.json"
    path.write_bytes(file())
    whole, alone = StringIO(), StringIO()
    call_command("rank", str(path), stdout=whole)
    call_command("rank", str(path), "--standings", stdout=alone)
    assert alone.getvalue().splitlines() == [
        "Rank  Entry         Result  Scorecards",
        "   1  E1               3.5           2",
        "   1  E3               3.5           1",
        "   3  E2               2.0           1",
        "   –  E4        not ranked           0",
    ]
    table = whole.getvalue().splitlines()[2:7]
    assert [line[: len("Rank  Entry         Result  Scorecards")] for line in table] == alone.getvalue().splitlines()


def test_the_standings_alone_are_no_report(tmp_path):
    with pytest.raises(CommandError, match="not allowed with argument"):
        call_command("rank", str(tmp_path / "round.json"), "--standings", "--json")


@pytest.mark.parametrize("cards", [{}, {"scorecards": []}])
def test_a_round_that_nobody_scored_ranks_nobody(cards):
    data = {key: value for key, value in json.loads(file()).items() if key != "scorecards"} | cards
    assert shown(json.dumps(data).encode()) == [("", f"E{n}", "", "0") for n in range(1, 5)]


def test_scorecards_that_are_no_list_are_told():
    with pytest.raises(BadResult, match="^scorecards: is no list"):
        standings_in(file(scorecards=4))


@pytest.mark.parametrize("content", [b"[]", b"4", b'"scorecards"'])
def test_a_file_that_is_no_object_is_told(content):
    with pytest.raises(BadResult, match="^the file: is no object"):
        read_large(content)
