"""Dataclasses as a file holds them, and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypedDict

import pytest

from toolkit.typed_data import Misshapen, as_data, from_data, left_out


@dataclass(frozen=True)
class Row:
    code: str
    rank: int = 1


class Told(TypedDict, total=False):
    what: str


@dataclass(frozen=True)
class File:
    starts: date
    rows: tuple[Row | str | tuple[str, ...], ...]
    note: str | None = left_out(None)
    until: date | None = None
    days: Mapping[str, date] | None = left_out(None)
    weight: int | Decimal = left_out(1)
    told: Told | None = left_out(None)
    anything: object = left_out(None)


DATA = {"starts": "2027-01-31", "rows": [{"code": "a", "rank": 2}, "b", ["c", "d"]], "until": None}


def test_a_file_comes_back_as_it_was():
    file = from_data(File, DATA)
    assert file == File(date(2027, 1, 31), (Row("a", 2), "b", ("c", "d")))
    assert as_data(file) == DATA
    more = {**DATA, "note": "", "until": "2027-07-31", "days": {"x": "2027-02-01"}, "weight": Decimal("1.5")}
    assert as_data(from_data(File, more)) == more
    told = {**DATA, "told": {"what": "x"}, "anything": [{"y": 1}]}
    assert from_data(File, told).told == {"what": "x"}
    assert as_data(from_data(File, told)) == told
    assert as_data(from_data(File, {**DATA, "weight": 1})) == DATA  # a default that is written is left out
    assert as_data(from_data(File, {**DATA, "rows": [{"code": "a"}]}))["rows"] == [{"code": "a", "rank": 1}]


@pytest.mark.parametrize(
    ("change", "place", "sentence"),
    [
        ({"starts": "31.1.2027"}, "starts", "it is not a date (YYYY-MM-DD)."),
        ({"starts": None}, "starts", "it is not a date (YYYY-MM-DD)."),
        ({"rows": {}}, "rows", "it is not a list."),
        ({"rows": ["a", {"code": "b", "rank": "2"}]}, "rows[1].rank", "it is not a whole number."),
        ({"rows": ["a", {"code": "b", "rank": True}]}, "rows[1].rank", "it is not a whole number."),
        ({"rows": [{"rank": 2}]}, "rows[0]", "it lacks “code”."),
        ({"rows": [["a", 1]]}, "rows[0][1]", "it is not a text."),
        ({"note": 1}, "note", "it is not a text."),
        ({"days": {"x": "soon"}}, "days.x", "it is not a date (YYYY-MM-DD)."),
        ({"days": []}, "days", "it is not an object."),
        ({"more": 1}, "", "it holds what is not known here: “more”."),
    ],
)
def test_what_is_something_else_is_refused_at_its_place(change, place, sentence):
    with pytest.raises(Misshapen) as no:
        from_data(File, {**DATA, **change})
    assert (no.value.place, no.value.sentence) == (place, sentence)


def test_what_is_no_object_is_refused():
    with pytest.raises(Misshapen, match="it is not an object"):
        from_data(File, [])
