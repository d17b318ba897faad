"""The result of several rounds, by hand."""

from fractions import Fraction

import pytest

from judging.domain.results.carry import carried


def test_rounds_by_their_weights():
    """60 × 30 % + 80 × 70 % = 74; of three rounds 1 : 1 : 1 with 50, 60, 75 the mean, 61.67."""
    assert carried([Fraction(60), Fraction(80)], [30, 70], None) == 74
    assert carried([Fraction(50), Fraction(60), Fraction(75)], [1, 1, 1], 2) == Fraction("61.67")
    assert carried([Fraction(50), Fraction(80)], [0, 0], None) == 80  # no round weighs: the last one


@pytest.mark.parametrize(("shares", "weights"), [([], []), ([Fraction(50)], []), ([Fraction(50)], [1, 2])])
def test_each_round_has_one_weight(shares, weights):
    with pytest.raises(ValueError, match="^one weight for each round, one round at least$"):
        carried(shares, weights, None)
