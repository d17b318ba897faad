"""What was assigned stays as far as it can, and nothing is called proven when the fewest moves were not."""

import pytest

from judging.domain.assignment import solve
from judging.domain.assignment.assign import assign, with_least_change
from tests.judging.domain.assignment.juries import EVEN, jury


@pytest.fixture(scope="module")
def standing():
    return assign(jury(8, 4, load=4, rules=(EVEN,)))


class TestLeastChange:
    def test_a_withdrawn_juror_leaves_only_their_own_seats(self, standing):
        """J3's four seats go to others, however uneven that is; the rest stays."""
        solution = assign(with_least_change(jury(8, 3, load=6, rules=(EVEN,)), standing.pairs))
        assert {pair for pair in standing.pairs if pair[1] != "J3"} < set(solution.pairs)

    def test_an_idle_juror_takes_no_more_than_they_should_have(self, standing):
        people = [{}, {}, {}, {}, {"load_min": 2}]
        solution = assign(with_least_change(jury(8, people, rules=(EVEN,)), standing.pairs))
        assert (len(set(standing.pairs) - set(solution.pairs)), solution.loads[4]) == (2, 2)

    def test_a_late_juror_changes_nothing_by_arriving(self, standing):
        solution = assign(with_least_change(jury(8, 5, rules=(EVEN,)), standing.pairs))
        assert solution.pairs == standing.pairs

    def test_at_a_price_evenness_may_outweigh_staying(self, standing):
        solution = assign(with_least_change(jury(8, 5, rules=(EVEN,)), standing.pairs, price=1))
        assert solution.loads[4] == 3
        assert solution.units("kept") == 3

    def test_a_pair_that_has_become_a_conflict_goes(self, standing):
        lost = standing.pairs[0]
        shape = jury(8, 4, load=6, rules=(EVEN,), conflicts=frozenset({lost}))
        solution = assign(with_least_change(shape, standing.pairs))
        assert set(standing.pairs) - set(solution.pairs) == {lost}


class OutOfTimeAtFirst:
    """A clock that jumps once, after the first search has begun:
    that one has no time left, any later one has all of its own."""

    def __init__(self):
        self.looks = iter([0.0])

    def monotonic(self) -> float:
        return next(self.looks, 1e6)


def test_nothing_is_called_proven_when_the_fewest_moves_were_not(standing, monkeypatch):
    """How few moves would do is not found out in time. The cheapest plan is, and is called what it is: not proven."""
    shape = with_least_change(jury(8, 3, load=6, rules=(EVEN,)), standing.pairs)
    patient = assign(shape)
    monkeypatch.setattr(solve, "time", OutOfTimeAtFirst())
    hasty = assign(shape)
    assert (patient.status, hasty.status) == ("optimal", "feasible")
    assert sorted(hasty.loads) == [5, 5, 6]  # solved: as even as 16 seats can be
    monkeypatch.setattr(solve, "time", OutOfTimeAtFirst())
    assert assign(jury(8, 3, load=6, rules=(EVEN,))).status == "unsolved"  # the clock leaves a first search no time
