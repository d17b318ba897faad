"""The sentences in which a file is refused: with an example of what is asked, and twenty at most."""

import json
from typing import Any

import pytest

from judging.domain.results.format import BadResult, read_results
from tests.judging.domain.results.test_sense import MARKS


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
