"""How marks lie on a line, by hand."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.marks.spread import Spread, equal_totals, spread_of
from judging.domain.statistics.estimates import estimate


def test_counts_least_middle_and_highest():
    assert spread_of([4000, 1000, 4000, 3000]) == Spread(((1000, 1), (3000, 1), (4000, 2)), 1000, Fraction(3500), 4000)
    assert spread_of([9000, 1000, 2000]).median == 2000
    assert spread_of([2500]) == Spread(((2500, 1),), 2500, Fraction(2500), 2500)
    assert spread_of([]) is None


def test_level_entries_highest_total_first():
    totals = {"E1": Fraction(1, 3), "E2": Fraction(2), "E3": Fraction(2, 6), "E4": Fraction(2), "E5": Fraction(9)}
    assert equal_totals(totals) == [["E2", "E4"], ["E1", "E3"]]


@settings(max_examples=25)
@given(st.lists(st.integers(0, 9), min_size=1))
def test_the_order_of_marks_never_matters(marks):
    assert spread_of(marks) == spread_of(sorted(marks, reverse=True))
    assert spread_of(marks).number == len(marks)


def test_estimates_say_no_zero_below_nothing():
    assert [estimate(value) for value in (-0.0000001, 0.0, -0.5, 1.25, 2 / 3, float("nan"), None)] == [
        "0", "0", "-0.5", "1.25", "0.666667", "", "",
    ]  # fmt: skip
