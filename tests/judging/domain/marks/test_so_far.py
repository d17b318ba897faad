"""What a scorecard comes to while it is being filled in, by hand."""

from fractions import Fraction

from judging.domain.marks.so_far import BLANK, SoFar, sum_so_far
from tests.judging.domain.examples import rule


def test_per_cent_of_what_is_marked():
    """Weights 60 and 40 of 5: 4 of the first are 48 of 60 within reach; both, 4 and 5, 88 of 100."""
    percent = rule([60, 40])
    assert sum_so_far(percent, [4000, BLANK]) == SoFar(Fraction(48), Fraction(60), Fraction(100), 1, 2)
    assert sum_so_far(percent, [4000, 5000]) == SoFar(Fraction(88), Fraction(100), Fraction(100), 2, 2)
    assert sum_so_far(percent, [BLANK, BLANK]) == SoFar(Fraction(0), Fraction(0), Fraction(100), 0, 2)


def test_what_does_not_apply_leaves_weights_and_count():
    """Of 60, 40 and 20 the last does not apply: 2 of 5 of the second are 16 of 40, as if weights were 60 and 40."""
    assert sum_so_far(rule([60, 40, 20]), [BLANK, 2000, None]) == SoFar(Fraction(16), Fraction(40), Fraction(100), 1, 2)
    assert sum_so_far(rule([60]), [None]) == SoFar(Fraction(0), Fraction(0), Fraction(100), 0, 0)


def test_a_weighted_sum_and_a_weighted_mean():
    """Weights 2 and 1 of 10: 7 and 4 are 18 of 30; their mean is 6 of 10, of the first alone 7 of 10."""
    assert sum_so_far(rule([2, 1], top=10, combine="weighted_sum"), [7000, 4000]) == SoFar(
        Fraction(18), Fraction(30), Fraction(30), 2, 2
    )
    mean = rule([2, 1], top=10, combine="weighted_mean")
    assert sum_so_far(mean, [7000, 4000]) == SoFar(Fraction(6), Fraction(10), Fraction(10), 2, 2)
    assert sum_so_far(mean, [7000, BLANK]) == SoFar(Fraction(7), Fraction(10), Fraction(10), 1, 2)
    assert sum_so_far(mean, [BLANK, BLANK]) == SoFar(Fraction(0), Fraction(0), Fraction(10), 0, 2)
