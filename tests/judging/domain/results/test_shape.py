"""The shape of a result's file: every key, every word, every kind of value, told at its place."""

import copy
import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.results.format import schema
from judging.domain.results.shape import predicate
from tests.judging.domain.results.whole_files import FILES, MARKS, changed, told

WORDS = {
    "percent", "mean", "total", "warn", "left_out", "none", "population", "criterion", "group", "fact", "human",
    "lower", "score",
    "bonus", "penalty", "missing", "keep", "ranking", "points", "duels", "exact",
}  # fmt: skip
# Whose keys are codes, languages or names of libraries, not words of the format.
FREE = re.compile(r".*(name|libraries|facts|shares|marks)$")


def place(path) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def within(value, path=()):
    """(path, value) of everything in a file."""
    yield path, value
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from within(inner, (*path, step))


@pytest.mark.parametrize("name", FILES)
def test_a_misspelt_key_is_told_at_its_place(name):
    """Every key of the format, each in turn with a letter too many."""
    tried = 0
    for path, _value in within(FILES[name]):
        if not path or isinstance(path[-1], int) or FREE.match(place(path[:-1])):
            continue
        misspelt = f"{path[-1]}s"
        found = told(changed(FILES[name], path, key=misspelt))
        if path in {("format",), ("version",)}:
            assert found[0].startswith("format: this program reads"), path
        else:
            expected = f"{place((*path[:-1], misspelt))}: is not known here. Is “{path[-1]}” meant?"
            assert any(line.startswith(expected.split(" Is “")[0]) for line in found), (path, found)
            tried += 1
    assert tried > 10


@pytest.mark.parametrize("name", FILES)
def test_a_kind_that_is_not_known_is_told_at_its_place(name):
    """Every word that the format lists, each in turn with a letter too many;
    and nothing but text where text belongs."""
    for path, value in within(FILES[name]):
        if not isinstance(value, str) or path[0] == "format" or FREE.match(place(path[:-1])):
            continue
        if value in WORDS and path[-1] not in ("code", "group"):
            [line] = [
                line for line in told(changed(FILES[name], path, f"{value}x")) if line.startswith(f"{place(path)}: ")
            ]
            assert "is none of " in line, path
            assert line.endswith(f" Is “{value}” meant?"), path
        others: list[Any] = [None, 7, 1.5, True, [], {}]
        for other in others:
            assert any(line.startswith(f"{place(path)}: ") for line in told(changed(FILES[name], path, other))), path


ROWS = {name: part["items"] for name, part in schema("result")["properties"].items() if "items" in part}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_far_down_is_told_with_the_words_of_the_first(name):
    """However long the list: the schema is not asked about a sample."""
    source = next((file for file in FILES.values() if name in file), {})
    good = source.get(name, [])
    many = [*good, *(copy.deepcopy(good[-1]) for _ in range(300))] if good else []
    for broken in (7, {"codes": "A"}, {}):
        first = told({**MARKS, name: [broken]})
        last = told({**MARKS, name: [*many, broken]})
        assert first == [line.replace(f"[{len(many)}]", "[0]") for line in last]
        assert first[0].startswith(f"{name}[0]")


values = st.one_of(
    st.none(), st.booleans(), st.integers(0, 3), st.sampled_from(["", "A", "1", "1\n", "-2.5", "1/3", "keep"])
)


@st.composite
def rows(draw):
    """A row of some list of the three files, with something in it changed, added or taken away."""
    name = draw(st.sampled_from([name for name in ROWS if any(name in file for file in FILES.values())]))
    good = draw(st.sampled_from([row for file in FILES.values() for row in file.get(name, [])]))
    row = copy.deepcopy(good)
    for _ in range(draw(st.integers(0, 2))):
        path, _value = draw(st.sampled_from(list(within(row))))
        value = draw(values)
        row = value if not path else changed(row, path, value)
        if isinstance(row, dict) and draw(st.booleans()):
            row[draw(st.sampled_from(["entry", "odd", "juror"]))] = draw(values)
    return name, row


@settings(deadline=None, max_examples=300)
@given(rows())
def test_the_fast_look_says_what_the_validator_says(named):
    name, row = named
    whole = {**ROWS[name], "$defs": schema("result")["$defs"]}
    strict = json.loads(json.dumps(whole).replace('$"', '\\\\Z"').replace("$|", "\\\\Z|"))
    expected = jsonschema.Draft202012Validator(strict).is_valid(row)
    assert predicate(ROWS[name], schema("result"))(row) == expected
