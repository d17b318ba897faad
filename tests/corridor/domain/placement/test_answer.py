"""The answer's file read back."""

import pytest

from corridor.domain.placement.answer import Answer
from tests.corridor.domain.placement.files import document, place
from toolkit.typed_data import Misshapen


@pytest.mark.parametrize("change", [{"format": "passerelle.placement"}, {"version": 0}, {"format": None}])
def test_what_is_no_answer_that_this_program_reads_is_refused(change):
    answer = place(document())
    assert Answer.from_data(answer).as_data() == answer
    with pytest.raises(Misshapen, match=r"^it is no passerelle\.placement-answer of version 1 or 2\.$"):
        Answer.from_data({**answer, **change})


def test_applying_makes_stays_of_what_neither_holds_nor_stays_as_it_is():
    held = {"incubator": "braga", "starts": "2027-01-01"}
    asked = document()
    asked["candidates"][0] |= {"pinned": held}
    asked["candidates"][1] |= {"published": {"incubator": "braga", "starts": "2027-01-01"}}
    answer = Answer.from_data(place(asked))
    fresh = {row.candidate: (row.is_fresh, row.pinned, row.change) for row in answer.placements}
    assert fresh["A"][:2] == (False, True)
    assert all(is_fresh == (not pinned and change != "same") for is_fresh, pinned, change in fresh.values())
    assert {is_fresh for is_fresh, _pinned, _change in fresh.values()} == {True, False}
