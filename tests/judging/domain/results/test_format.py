"""The sentences in which a file is refused: with an example of what is asked, and twenty at most."""

import json
from typing import Any

import pytest

from judging.domain.results.document import FiledEntry
from judging.domain.results.format import BadResult, results_in
from judging.domain.rule.stated import StatedCut
from tests.judging.domain.plain import read_results
from tests.judging.domain.results.whole_files import MARKS


def told_of(data: dict[str, Any]) -> list[str]:
    with pytest.raises(BadResult) as refused:
        read_results(json.dumps(data).encode())
    return [f"{place}: {sentence}" for place, sentence in refused.value.errors]


RANKING: dict[str, Any] = {
    "format": "passerelle.result",
    "version": 3,
    "rule": {"ballot": "ranking", "lists": {"counting": "points", "points": ["3", "2", "1"]}, "criteria": []},
    "entries": [{"code": "A"}, {"code": "B"}],
    "lists": [{"juror": "J1", "asked": ["A", "B"], "order": ["A", "B"]}],
}


def test_ranked_lists_need_to_say_how_they_are_counted():
    assert read_results(json.dumps(RANKING).encode())
    rule = {key: value for key, value in RANKING["rule"].items() if key != "lists"}
    assert told_of({**RANKING, "rule": rule}) == ["rule: it lacks “lists”: how ranked lists are counted."]


@pytest.mark.parametrize("points", [[], ["0", "0"], ["1", "2"]])
def test_points_of_places_fall_from_something(points):
    rule = {**RANKING["rule"], "lists": {"counting": "points", "points": points}}
    assert told_of({**RANKING, "rule": rule}) == [
        "rule.lists.points: say how many points the first places earn, the most first: 3, 2, 1."
    ]


@pytest.mark.parametrize(
    ("place", "change", "sentence"),
    [
        ("entries[0].founded_on", {"founded_on": "2024"}, "“2024” is no date such as 2027-03-01."),
        (
            "entries[0].submitted_at",
            {"submitted_at": "noon"},
            "“noon” is no moment in UTC such as 2027-03-01T18:00:00Z.",
        ),
        ("entries[0].laureates", {"laureates": "few"}, "“few” is no whole number such as 3."),
    ],
)
def test_what_a_text_should_look_like_is_said_by_an_example(place, change, sentence):
    data = {**MARKS, "entries": [{**MARKS["entries"][0], **change}, MARKS["entries"][1]]}
    assert told_of(data) == [f"{place}: {sentence}"]


def test_of_an_edition_each_file_is_looked_at_and_twenty_faults_are_told():
    row = {"order": "1", "city": "", "sha256": "", "file": MARKS}
    whole = {"format": "passerelle.edition", "version": 1, "edition": "2027", "results": [row, row]}
    assert len(read_results(json.dumps(whole).encode())) == 2
    bad = {**whole, "results": [{**row, "sha256": 4}] * 30}
    assert len(told_of(bad)) == 20
    inside = {**whole, "results": [row, {**row, "file": {**MARKS, "carried": 4}}]}
    assert told_of(inside) == ["results[1].file.carried: is no list."]


def test_a_text_that_is_empty_or_too_long_is_said_to_be():
    def with_code(code: object) -> list[str]:
        return told_of({**MARKS, "entries": [{**MARKS["entries"][0], "city": code}, MARKS["entries"][1]]})

    assert told_of({**MARKS, "entries": [{"code": ""}]})[0] == "entries[0].code: is empty."
    assert told_of({**MARKS, "entries": [{"code": "A" * 81}]})[0] == ("entries[0].code: is longer than 80 characters.")
    assert with_code(7) == [
        "entries[0].city: 7 is a number: write it in quotation marks, so that nothing is rounded on the way."
    ]
    assert with_code(True) == ["entries[0].city: is no text."]


def test_a_key_that_is_only_a_little_like_another_is_not_guessed():
    """“trams” has the letters t, r and m in common with “trim”: 2·3 of 9, less than 0.7."""
    assert told_of({**MARKS, "rule": {**MARKS["rule"], "trams": "1"}}) == ["rule.trams: is not known here."]
    assert told_of({**MARKS, "rule": {**MARKS["rule"], "trims": "1"}})[0].endswith("Is “trim” meant?")


def test_a_result_is_held_as_it_is_written_and_with_all_that_it_leaves_out():
    written = {**RANKING, "rule": {**RANKING["rule"], "cut": {"count": "1"}}}
    row = {"order": "1", "city": "", "sha256": "ab" * 32, "file": written}
    whole = {"format": "passerelle.edition", "version": 1, "edition": "2027", "results": [row]}
    [held] = results_in(json.dumps(whole).encode())
    assert (held.place, held.sha256, held.written) == ("results[0]", "ab" * 32, written)
    assert held.file.rule.cut == StatedCut(count="1", per_city="", all_tied_go_on=False)
    assert held.file.entries[0] == FiledEntry(code="A", city="", founded_on="", submitted_at="")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"aggregate_at": "criterion"}, ["rule.aggregate_at: a correction works on jurors' totals: “total”."]),
        ({"across": "median"}, ["rule.across: a correction makes a mean of the jurors: “mean”."]),
    ],
)
def test_a_correction_goes_with_the_mean_of_totals(change, said):
    correction = {"kind": "severity", "deviation": "population", "decimals": "2", "min_marks": "2"}
    data = {**MARKS, "rule": {**MARKS["rule"], "correction": correction, **change}}
    assert (told_of(data) if said else [] if read_results(json.dumps(data).encode()) else None) == said
