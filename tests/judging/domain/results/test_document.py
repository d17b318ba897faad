"""A result's file as an object."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.judging.domain.plain import file_of

FROZEN = json.loads((Path(__file__).parent / "result-version-1.json").read_text())


def test_what_holds_no_standings_says_so():
    file = file_of(FROZEN)
    assert [row.entry for row in file.filed] == [row["entry"] for row in FROZEN["standings"]]
    with pytest.raises(ValueError, match="^nothing is frozen in the file$"):
        _ = replace(file, standings=None).filed
