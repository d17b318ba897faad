"""Files that leave the product: they keep to their published formats,
and `rank` and `verify` read them without a database."""

import json
from functools import cache

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from referencing import Registry, Resource

from judging.domain.marks.columns import rank_columns
from judging.domain.results.format import BadResult, schema
from judging.domain.results.reading_columns import read_large
from judging.models import RoundRule
from judging.results.services.closing import close_round
from tests import build
from tests.judging.domain import plain as frozen
from tests.judging.domain.plain import edges_of, read_results, report_of

# E01 (5,2) 76, (4,4) 80, (5,3) 84 → 80; E02 60 thrice; E03 (5,5) 100, (5,4) 92, (4,4) 80 → 90.67
MARKS = [[(5, 2), (3, 3), (5, 5)], [(4, 4), (3, 3), (5, 4)], [(5, 3), (3, 3), (4, 4)]]


@cache
def validator(name):
    known = Registry().with_resources(
        [(schema(other)["$id"], Resource.from_contents(schema(other))) for other in ("result", "edition", "report")]
    )
    jsonschema.Draft202012Validator.check_schema(schema(name))
    return jsonschema.Draft202012Validator(schema(name), registry=known)


def faults(name, data):
    return [f"{list(error.absolute_path)}: {error.message}" for error in validator(name).iter_errors(data)]


@pytest.fixture
def marked(stage):
    for cards, row in zip(stage.cards, MARKS, strict=True):
        for card, values in zip(cards, row, strict=True):
            build.marks(card, *values)
    return stage


def test_every_exported_file_keeps_to_its_format(marked, organiser, enter):
    client = enter(organiser)
    place = reverse("round_file", args=[marked.round.pk])
    live = client.get(place)
    assert 'filename="2027-round-1-provisional.json"' in live["Content-Disposition"]
    result = close_round(by=organiser, round=marked.round)
    closed = client.get(place)
    assert closed.content.decode() == result.file
    second = build.round(marked.edition, order=2, state="open")
    build.marks(build.assign(second, marked.jurors[0], marked.entries[0]), 3, "n/a")
    edition = client.get(reverse("edition_export", args=["2027", "results", "json"])).json()
    assert [(row["order"], row["sha256"]) for row in edition["results"]] == [("1", result.sha256), ("2", "")]
    assert [faults("result", json.loads(answer.content)) for answer in (live, closed)] == [[], []]
    assert faults("edition", edition) == []
    for file in read_results(json.dumps(edition).encode()):
        assert faults("report", json.loads(json.dumps(report_of(file).as_data()))) == []


def test_rank_gives_from_the_file_what_the_round_shows(marked, organiser, tmp_path, capsys):
    result = close_round(by=organiser, round=marked.round)
    file = tmp_path / "round.json"
    file.write_text(result.file, encoding="utf-8", newline="")
    call_command("rank", str(file), "--json")
    report = json.loads(capsys.readouterr().out)
    assert faults("report", report) == []
    assert report["standings"] == json.loads(result.file)["standings"]
    assert [(row["entry"], row["rank_raw"]) for row in report["severity"]["entries"]] == [
        ("E03", "1"), ("E01", "2"), ("E02", "3"),
    ]  # fmt: skip
    call_command("rank", str(file))
    told = capsys.readouterr().out
    assert "   1  E03            90.67           3  yes\n   2  E01            80.00           3  yes\n" in told
    call_command("verify", str(file), "--sha256", result.sha256)
    assert f"The same: hash {result.sha256}" in capsys.readouterr().out


def test_a_version_1_file_still_recomputes(marked, organiser):
    file = json.loads(close_round(by=organiser, round=marked.round).file)
    for name in ("method", "peers", "penalties", "cut_decisions", "former_rules"):
        del file[name]
    for row in file["standings"]:
        for name in ("ranking", "corrected", "penalty", "groups", "best", "tie"):
            row.pop(name, None)
    file["version"] = 1
    assert frozen.check(file) == []
    assert faults("result", file) == []


SMALL = {
    "format": "passerelle.result",
    "version": 2,
    "rule": {"criteria": [{"code": "a", "scale_max": "5", "scale_step": "1"}]},
    "entries": [{"code": "E1"}, {"code": "E2"}],
    "scorecards": [{"entry": "E1", "juror": "J1", "marks": {"a": "4"}}],
}


def test_a_file_by_hand_may_leave_out_what_is_obvious():
    [file] = read_results(json.dumps(SMALL).encode())
    standings = report_of(file).as_data()["standings"]
    assert [(row["entry"], row["rank"], row["final"], row["reason"]["code"]) for row in standings] == [
        ("E1", "1", "80", "goes_on"), ("E2", "", "", "too_few_scorecards"),
    ]  # fmt: skip


def changed(**parts):
    return json.dumps({**SMALL, **parts}).encode()


def with_criterion(**parts):
    return changed(rule={"criteria": [{**SMALL["rule"]["criteria"][0], **parts}]})


CARD = SMALL["scorecards"][0]
GROUPS = [{"code": "g", "parent": "h"}, {"code": "h", "parent": "g"}]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff", "the file: is not text in UTF-8 (at byte 0)."),
        (b'{"a":', "line 1, column 6: this is no JSON: Expecting value."),
        (b"[" * 100_000, "the file: holds lists within lists beyond anything that can be meant."),
        (b"[]", "the file: is no object with “format”, “rule” and “entries”."),
        (changed(version=9), "format: this program reads “passerelle.result”, version 1, 2 or 3."),
        (changed(scorcards=[]), "scorcards: is not known here. Is “scorecards” meant?"),
        (changed(entries=[{"code": "E1"}, {"code": "E1"}]), "entries[1].code: “E1” is the code of entries[0] already."),
        (changed(scorecards=[CARD, CARD]), "scorecards[1]: a second scorecard of juror “J1” on entry “E1”."),
        (changed(scorecards=[{**CARD, "entry": "E9"}]), "scorecards[0].entry: no entry has the code “E9”."),
        (changed(scorecards=[{**CARD, "marks": {"b": "1"}}]),
            ("scorecards[0].marks.b: no criterion that is marked has this code.\nscorecards[0].marks.a: is "
             "missing, and the criterion is required: a mark, or “n/a”.")),
        (changed(scorecards=[{**CARD, "marks": {"a": "6"}}]),
            "scorecards[0].marks.a: 6 is outside the scale, which goes from 0 to 5."),
        (changed(scorecards=[{**CARD, "marks": {"a": "4.5"}}]),
            "scorecards[0].marks.a: 4.5 is between two steps of 1."),
        (changed(scorecards=[{**CARD, "marks": {"a": "1e999999999"}}]),
            "scorecards[0].marks.a: “1e999999999” is no mark: a number such as 4.5, or “n/a”."),
        (changed(decisions=[["E1", "E7"]]), "decisions[0][1]: no entry has the code “E7”."),
        (with_criterion(weight="0"), "rule.criteria: no criterion that counts has a weight: there would be no total."),
        (with_criterion(scale_min="5"), "rule.criteria[0]: its scale goes from 5 to 5: the lowest mark must be lower."),
        (with_criterion(scale_step="2"), "rule.criteria[0].scale_step: steps of 2 don't reach 5 from 0."),
        (with_criterion(scale_max=5),
            "rule.criteria[0].scale_max: 5 is a number: write it in quotation marks, "
            "so that nothing is rounded on the way."),
        (changed(rule={**SMALL["rule"], "groups": GROUPS}),
            "rule.groups[0].parent: “g” stands inside itself.\nrule.groups[1].parent: “h” stands inside itself."),
        # The first leads into the circle of the others.
        (changed(rule={**SMALL["rule"], "groups": [{**GROUPS[0], "code": "f"}, *GROUPS]}),
            "rule.groups[0].parent: “f” stands inside itself.\nrule.groups[1].parent: “g” stands inside itself.\n"
            "rule.groups[2].parent: “h” stands inside itself."),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_where_and_why(content, told, tmp_path):
    file = tmp_path / "wrong.json"
    file.write_bytes(content)
    with pytest.raises(BadResult) as refused:
        read_results(content)
    assert str(refused.value) == told
    with pytest.raises(CommandError, match="is no result that can be ranked"):
        call_command("rank", str(file))


def test_a_row_beyond_those_that_the_schema_looks_at_is_told_too():
    cards = [{"entry": "E1", "juror": f"J{n}", "marks": {"a": "4"}} for n in range(300)]
    cards[250] = {"entry": "E1"}
    with pytest.raises(BadResult) as refused:
        read_results(changed(scorecards=cards))
    assert str(refused.value) == "scorecards[250]: it lacks “juror”, “marks”."


def test_values_on_a_rounding_edge_are_told():
    """1 of 8 is 12.5 per cent, on the edge between 12 and 13; 3 of 8 is 37.5, which one decimal holds."""
    rule = {"criteria": [{"code": "a", "scale_max": "8"}], "decimals": "0"}
    cards = [{"entry": "E1", "juror": "J1", "marks": {"a": "1"}}, {"entry": "E2", "juror": "J1", "marks": {"a": "2"}}]
    [file] = read_results(changed(rule=rule, scorecards=cards))
    assert edges_of(file) == [("E1", "12.5")]
    assert report_of(file).standings[1].total == "13"
    [file] = read_results(changed(rule={**rule, "decimals": "1"}, scorecards=cards))
    assert edges_of(file) == []


class TestColumns:
    """A very large file, read without holding its scorecards, says the same as the same file read as usual."""

    RULE = {
        "criteria": [{"code": "a", "scale_max": "5"}, {"code": "b", "scale_max": "5", "weight": "3", "required": False}]
    }

    def test_the_same_results(self):
        marks = [{"a": "4", "b": "2.5"}, {"a": "1"}, {"b": "n/a", "a": "3"}, {"a": "5", "b": "0"}]
        cards = [{"entry": f"E{1 + n % 2}", "juror": f"J{n}", "marks": row} for n, row in enumerate(marks)]
        content = changed(rule=self.RULE, scorecards=cards)
        large = read_large(content)
        [file] = read_results(content)
        usual = {code: score.total for code, score in frozen.compute(file).scores.items()}
        found = rank_columns(large.rule, large.columns)
        assert {code: found.result(n) for n, code in enumerate(large.entries)} == usual
        assert large.columns.values.tolist() == [[4000, 1000, 3000, 5000], [2500, -1, -1, 0]]

    @pytest.mark.parametrize(
        ("card", "told"),
        [
            ({**CARD, "marks": {"a": "6"}}, "scorecards, a: 6 is outside the scale, which goes from 0 to 5."),
            ({**CARD, "marks": {"a": "many"}}, "scorecards: “many” is no mark: a number such as 4.5, or “n/a”."),
            ({**CARD, "marks": {"a": "1", "c": "1"}}, "scorecards: no criterion that is marked has the code “c”."),
            ({**CARD, "marks": {"b": "1"}}, "scorecards: one has no mark for “a”, which is required."),
            ({**CARD, "entry": "E9"}, "scorecards: no entry has the code “E9”."),
            (
                {**CARD, "marks": {"a": "4.0001"}},
                "scorecards: 4.0001 is finer than thousandths: too fine for a file of this size.",
            ),
            (
                {**CARD, "marks": {"a": 4}},
                "scorecards[0]: is no scorecard with “entry”, “juror” and “marks”, all of them texts.",
            ),
            (
                {**CARD, "state": "x"},
                "scorecards[0]: is no scorecard with “entry”, “juror” and “marks”, all of them texts.",
            ),
            (
                {"entry": "E1", "juror": "J1"},
                "scorecards[0]: is no scorecard with “entry”, “juror” and “marks”, all of them texts.",
            ),
            (CARD, "scorecards: a juror has two scorecards on one entry."),
        ],
    )
    def test_what_is_wrong_is_told(self, card, told):
        with pytest.raises(BadResult) as refused:
            read_large(changed(rule=self.RULE, scorecards=[CARD, card] if card is CARD else [card]))
        assert str(refused.value) == told


@pytest.mark.parametrize("kind", ["severity", "rescale", "evalato"])
def test_a_declared_correction_ranks_and_names_what_it_computed_with(stage, organiser, kind):
    for cards, row in zip(stage.cards, MARKS, strict=True):
        for card, values in zip(cards, row, strict=True):
            build.marks(card, *values)
    RoundRule.objects.update(correction=kind, correction_decimals=2)
    stage.round.refresh_from_db()
    result = close_round(by=organiser, round=stage.round)
    file = json.loads(result.file)
    assert faults("result", file) == []
    assert (file["method"]["name"], file["method"]["decimals"]) == (kind, "2")
    assert set(file["method"]["libraries"]) == ({"numpy", "scipy"} if kind == "severity" else set())
    assert all(row["final"] == row["corrected"] for row in file["standings"])
    assert frozen.check(file) == []
    report = report_of(file).as_data()
    assert (report["declared"], faults("report", report)) == (kind, [])
