"""Versions of a result: what was frozen recomputes by its version for ever;
what is not frozen is computed as it is right today."""

import json
from pathlib import Path

import pytest

from judging.domain.marks.columns import rank_columns
from judging.domain.results.document import ResultFile
from judging.domain.results.format import with_defaults
from judging.domain.results.reading_columns import read_large
from judging.domain.results.semantics import BY_VERSION
from judging.domain.rule.reading import rule_of
from judging.domain.rule.stated import StatedRule
from tests.judging.domain import plain as frozen
from tests.judging.domain.plain import read_results, report_of

HERE = Path(__file__).parent
FORMER = {path.stem: path for path in sorted((HERE / "results-version-2").glob("*.json"))}
FORMER["version-1"] = HERE / "result-version-1.json"


def read(name):
    return json.loads(FORMER[name].read_text(encoding="utf-8"))


def without_standings(file):
    return {key: value for key, value in file.items() if key not in ("standings", "ties")}


def results(outcome):
    return {place.entry: (place.rank, str(place.result), place.advances) for place in outcome.ranking.places}


@pytest.mark.parametrize("name", FORMER)
def test_what_an_earlier_version_froze_says_the_same(name):
    """Frozen by the code of their day. A changed figure is found."""
    file = read(name)
    assert frozen.check(file) == []
    assert frozen.compute(file).version == file["version"] < frozen.VERSION
    file["standings"][-1]["rank"] = "99"
    assert frozen.check(file) == ["standings"]


@pytest.mark.parametrize("name", FORMER)
def test_a_file_of_every_version_comes_back_as_it_was(name):
    """What a version did not say yet is not made up."""
    written = read(name)
    file = ResultFile.from_data(written)
    assert file.as_data() == written
    assert file.standings == frozen.standings_of(frozen.compute(file))


@pytest.mark.parametrize("name", FORMER)
def test_the_same_inputs_closed_again_are_of_the_present_version(name):
    inputs = without_standings(read(name))
    again = frozen.freeze(inputs, frozen.compute(inputs))
    assert again["version"] == frozen.VERSION
    assert frozen.check(again) == []
    assert {"best", "tie"} <= set(again["standings"][0])


def test_what_earlier_versions_froze_otherwise():
    """The worked values: in a file of version 2 as frozen, and right, from the same inputs.

    sums-by-category: A (early, best 10 + 10): card 1 8 + 9 + 2 on top = 19, card 2 6 of 10, n/a for the rest: 12. Mean
    15.5, two breaches at 2 off: 11.5. Frozen: blown up to 40, 26. B (growth, best 30): 21 and 15 × 30 ÷ 20 = 22.5:
    21.75. C 10. D 10 of 10.
    """
    file = read("sums-by-category")
    assert results(frozen.compute(file)) == {
        "D": (1, "40", True), "B": (2, "29", True), "A": (3, "26", True), "C": (4, "1333/100", False),
    }  # fmt: skip
    assert results(frozen.compute(without_standings(file))) == {
        "B": (1, "87/4", False), "A": (2, "23/2", False), "C": (3, "10", False), "D": (3, "10", False),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "right"),
    [
        # A: group all 80 % (weight 1), own 9 of 10 × 3 = 27: 107, and 9 is below the 20 needed. B: 70 + 54. C: 60,
        # nothing else is its.
        ("groups-by-category", {"B": (1, "124", False), "A": (2, "107", False), "C": (3, "60", True)}),
        # A: 5 of 5 and 1 of 5, equal weights: 60, below the 2.5 needed. C: 4 and 4: 80.
        ("trimmed-at-criterion", {"C": (1, "80", True), "B": (2, "70", False), "A": (3, "60", False)}),
        # A: totals 60, 60, 100 less one at each end: 60; Y = 1. C: 80 and 50, too few to drop any: 65.
        ("trimmed-at-total", {"B": (1, "70", True), "C": (2, "65", True), "A": (3, "60", False)}),
        ("decision-of-two-of-three", {"A": (1, "80", False), "B": (1, "80", False), "C": (1, "80", False),
                "D": (4, "30", False)}),
        (
            "chain",
            {
                "B": (1, "70", True), "C": (2, "70", True), "A": (3, "70", True), "D": (4, "70", False),
                "E": (5, "50", False), "F": (6, "50", False), "H": (7, "40", False), "G": (8, "40", False),
            },
        ),
    ],
)  # fmt: skip
def test_the_right_values_of_the_same_inputs(name, right):
    file = read(name)
    assert results(frozen.compute(file)) != right
    assert results(frozen.compute(without_standings(file))) == right


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_file_without_standings_is_computed_right_whatever_it_says(version):
    file = without_standings(read("sums-by-category")) | {"version": version}
    [read_again] = read_results(json.dumps(file).encode())
    assert [(row.entry, row.final, row.best) for row in report_of(read_again).standings] == [
        ("B", "21.75", "30"), ("A", "11.5", "20"), ("C", "10", "30"), ("D", "10", "10"),
    ]  # fmt: skip


LISTS = {"lists": [
    {"juror": "J1", "asked": ["A", "B", "C"], "order": ["C", "B", "A"]},
    {"juror": "J2", "asked": ["B", "C"], "order": ["B", "C"]},
    {"juror": "P", "asked": ["A", "C"], "order": ["A", "C"]},
]}  # fmt: skip
DUELS = {"duels": [
    {"juror": "J1", "first": "A", "second": "B", "winner": "B"},
    {"juror": "J1", "first": "A", "second": "C", "winner": "C"},
    {"juror": "J2", "first": "B", "second": "C", "winner": "B"},
    {"juror": "P", "first": "A", "second": "C", "winner": "A"},
]}  # fmt: skip


@pytest.mark.parametrize(("ballot", "given"), [("ranking", LISTS), ("duels", DUELS)])
def test_fellow_applicants_fill_a_number_of_their_own_whatever_they_hand_in(ballot, given):
    """Two jurors and a fellow applicant (P) are needed. A has J1 and P: a juror too few. B has J1 and J2: nobody of the
    other applicants. C has all three. Versions 1 and 2 counted P as a juror and asked for no fellow applicant."""
    rule = {
        "ballot": ballot, "criteria": [], "decimals": "2", "min_scorecards": "2", "min_peer_scorecards": "1",
        "lists": {"counting": "positional", "points": [], "least": "1", "most": ""}, "ties": [],
    }  # fmt: skip
    head = {"format": "passerelle.result", "version": 2, "rule": rule, "peers": ["P"]}
    file = with_defaults(head | {"entries": [{"code": code} for code in "ABC"]} | given)
    reasons = {place.entry: place.reason for place in frozen.compute(file).ranking.places}
    assert {entry for entry, why in reasons.items() if not why["code"].startswith("too_few")} == {"C"}
    assert reasons["A"] == {"code": "too_few_scorecards", "figures": {"have": "1", "needed": "2"}}
    assert reasons["B"] == {"code": "too_few_peers", "figures": {"have": "0", "needed": "1"}}
    for version in (1, 2):
        former = frozen.scores_of(rule_of(StatedRule.from_data(file["rule"]), BY_VERSION[version]), file)
        assert [score.total is not None for score in former] == [True, True, True]


def test_a_version_to_come_is_not_guessed():
    with pytest.raises(ValueError, match="version 4 of a result is not known"):
        frozen.compute(read("chain") | {"version": 4})


@pytest.mark.parametrize("name", ["trimmed-at-criterion", "trimmed-at-total"])
def test_columns_keep_to_the_version_of_the_file(name):
    file = read(name)
    for data in (file, without_standings(file)):
        large = read_large(json.dumps(data).encode())
        usual = {code: score.total for code, score in frozen.compute(data).scores.items()}
        found = rank_columns(large.rule, large.columns)
        assert {code: found.result(n) for n, code in enumerate(large.entries)} == usual
