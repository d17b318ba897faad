"""Other weights, by hand: what one part gains the others of its level lose, each by its share."""

from dataclasses import replace

from judging.domain.statistics.scenarios import other_weights
from tests.judging.domain.examples import rule


def test_other_weights_shift_each_of_the_two_totals_by_its_own_weights():
    """Weights 1 and 3, for the rank 3 and 1. A tenth of 4 more for c1: 1.4 and 2.6; for the rank 3.4 and 0.6."""
    two = replace(rule([1, 3]), ranking_weights=(3000, 1000))
    found = {(code, change): other for code, change, other in other_weights(two, 10)}
    assert sorted(found) == [("c1", -10), ("c1", 10), ("c2", -10), ("c2", 10)]
    more = found["c1", 10]
    assert (more.weights, more.ranking_weights) == ((1400, 2600), (3400, 600))
    less = found["c2", -10]
    assert (less.weights, less.ranking_weights) == ((1400, 2600), (3400, 600))
