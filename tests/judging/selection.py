"""Rounds of a city's own selection, for tests; its people and entries are the fixture `desk`."""

import pytest

from tests import build
from toolkit.refusals import Refusal


def own_round(desk, **fields):
    return build.round(desk.edition, city=desk.city, same_city_conflicts=False, **fields)


def scored(desk, **fields):
    """A round of the city, open, its four entries marked 5, 4, 3, 2 by its juror."""
    round = own_round(desk, state="open", advance_count=4, **fields)
    for n, entry in enumerate(desk.entries):
        build.marks(build.assign(round, desk.juror, entry), 5 - n, 5 - n)
    return round


def code_of(act, *args, **fields) -> str:
    with pytest.raises(Refusal) as refused:
        act(*args, **fields)
    return refused.value.code
