"""What a blank counts as is asked of its way, which is told both ends of the criterion's scale."""

from dataclasses import replace
from fractions import Fraction

import pytest

from judging.domain.results.format import with_defaults
from judging.domain.rule.blanks import blanks_in, blanks_known, know_blanks
from judging.domain.rule.stated import StatedRule
from judging.domain.rule.values import Thousandths


class Middle:
    """Half way between the lowest mark and the highest."""

    def counts_as(self, lowest: Thousandths, highest: Thousandths) -> Thousandths:
        return Fraction(lowest + highest, 2)


@pytest.fixture(autouse=True)
def one_more_way():
    before = blanks_known()
    know_blanks({**before, "middle": Middle()})
    yield
    know_blanks(before)


def test_a_way_is_told_both_ends_of_the_scale_in_thousandths():
    """From 1 to 5: 3. From nowhere said, which is 0, to 7.5: 3.75. Penalties are not marked."""
    criteria = [
        {"code": "a", "scale_min": "1", "scale_max": "5"},
        {"code": "b", "scale_max": "7.5"},
        {"code": "late", "kind": "penalty", "scale_max": "5"},
    ]
    said = {"rule": {"criteria": criteria}, "entries": []}
    rule = StatedRule.from_data(with_defaults(said)["rule"])
    assert blanks_in(replace(rule, blanks="middle")) == {"a": 3000, "b": 3750}
    assert blanks_in(rule) == {"a": None, "b": None}  # left out, where nothing is said
