"""Arithmetic of scorecards: worked by hand, then properties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.domain.marks.scoring import combined, number_of, rounded, score_entries, score_of, sheets_of, text_of
from judging.domain.rule.values import Group
from tests.judging.domain.examples import exact, marks, rule


def total_of(a_rule, rows, entry="A"):
    return score_entries(a_rule, [entry], marks((entry, juror, values) for juror, values in rows))[0]


class TestOneScorecard:
    def test_percent(self):
        """Weights 30, 25, 20, 25 and marks 4, 3, 2, 5 of 5: 24 + 15 + 8 + 25 = 72."""
        assert combined(rule([30, 25, 20, 25]), [4000, 3000, 2000, 5000]) == 72

    def test_percent_with_relative_weights(self):
        """Weights 3 and 1, marks 5 of 5 and 1 of 5: (3 + 0.2) / 4 = 80 %."""
        assert combined(rule([3, 1]), [5000, 1000]) == 80

    def test_percent_counts_from_zero_even_when_the_scale_starts_at_one(self):
        """1 on a scale of 1 to 10 is 10 %."""
        assert combined(rule([1], top=10), [1000]) == 10

    def test_weighted_mean(self):
        """40 × 8 + 30 × 6 + 30 × 7 = 710; / 100 = 7.1 (weights of C3)."""
        assert combined(rule([40, 30, 30], top=10, combine="weighted_mean"), [8000, 6000, 7000]) == exact("7.1")

    def test_weighted_sum(self):
        assert combined(rule([1, 1, 1], combine="weighted_sum"), [4250, 4250, 4750]) == exact("13.25")

    def test_not_applicable_leaves_the_denominator(self):
        """Without the third of 20: (24 + 15 + 25) / 80 = 80 %."""
        assert combined(rule([30, 25, 20, 25]), [4000, 3000, None, 5000]) == 80

    def test_not_applicable_scales_a_sum_up_to_the_share_reached(self):
        """8 of 10 reached where it applies, so 12 of 15."""
        assert combined(rule([1, 1, 1], combine="weighted_sum"), [4000, 4000, None]) == 12

    def test_nothing_applies(self):
        assert combined(rule([1, 1]), [None, None]) is None
        assert combined(rule([1, 0]), [None, 5000]) is None


class TestJurors:
    rows = (("J1", [5]), ("J2", [3]), ("J3", [3]), ("J4", [1]))

    def test_mean(self):
        assert total_of(rule([1]), self.rows).total == 60

    def test_median_of_an_even_number_is_the_mean_of_the_middle_two(self):
        assert total_of(rule([1], across="median"), [("J1", [5]), ("J2", [4]), ("J3", [3]), ("J4", [0])]).total == 70

    def test_trimmed_mean_drops_the_highest_and_the_lowest(self):
        assert total_of(rule([1], across="trimmed_mean", trim=1), self.rows).total == 60
        assert total_of(rule([1], across="trimmed_mean", trim=2), self.rows).total == 60  # four: none is dropped

    def test_order_of_the_two_matters_for_a_median(self):
        """Totals 5+0, 0+5, 3+3 → median 5; criteria 5,0,3 → 3 and 0,5,3 → 3, together 6."""
        rows = [("J1", [5, 0]), ("J2", [0, 5]), ("J3", [3, 3])]
        shape = {"combine": "weighted_sum", "across": "median"}
        assert total_of(rule([1, 1], **shape), rows).total == 5
        assert total_of(rule([1, 1], aggregate_at="criterion", **shape), rows).total == 6

    def test_a_criterion_s_result_leaves_out_who_did_not_apply_it(self):
        score = total_of(rule([1, 1]), [("J1", [4, None]), ("J2", [2, 3])])
        assert score.criteria == (3, 3)
        assert score.cards == (("J1", Fraction(80)), ("J2", Fraction(50)))

    def test_too_few_scorecards_make_no_total(self):
        score = total_of(rule([1], min_scorecards=5), self.rows)
        assert (score.total, score.scorecards) == (None, 4)

    def test_an_empty_scorecard_does_not_count(self):
        score = total_of(rule([1], min_scorecards=2), [("J1", [4]), ("J2", [None])])
        assert (score.total, score.scorecards) == (None, 1)


class TestRounding:
    @pytest.mark.parametrize(
        ("value", "decimals", "expected"),
        [("79.745", 2, "79.75"), ("79.7449", 2, "79.74"), ("-2.5", 0, "-3"), ("2.5", 0, "3"), ("1/3", 3, "0.333"),
            ("1/3", None, "1/3")],
    )  # fmt: skip
    def test_half_goes_up(self, value, decimals, expected):
        assert text_of(rounded(exact(value), decimals)) == expected

    def test_only_the_total_is_rounded(self):
        score = total_of(rule([1], decimals=1), [("J1", [1]), ("J2", [0]), ("J3", [1])])
        assert (score.exact, score.total, score.criteria) == (Fraction(40, 3), exact("13.3"), (Fraction(2, 3),))


@pytest.mark.parametrize("text", ["0", "79.75", "-0.005", "239/3", "12", "-1/7", "0.1", "100"])
def test_a_number_and_its_text(text):
    assert text_of(number_of(text)) == text


@given(st.fractions())
def test_text_of_any_number_reads_back(value):
    assert number_of(text_of(value)) == value


mark = st.one_of(st.none(), st.integers(0, 50).map(lambda n: n / 10))
sheets = st.lists(st.tuples(mark, mark, mark), min_size=1, max_size=7)
shapes = st.fixed_dictionaries(
    {
        "combine": st.sampled_from(["percent", "weighted_mean", "weighted_sum"]),
        "across": st.sampled_from(["mean", "median", "trimmed_mean"]),
        "aggregate_at": st.sampled_from(["total", "criterion"]),
        "trim": st.integers(0, 2),
        "decimals": st.sampled_from([None, 0, 2]),
    }
)


@given(sheets, shapes, st.randoms())
def test_the_order_of_jurors_never_matters(rows, shape, random):
    a_rule = rule([3, 2, 1], **shape)
    lines = [("A", f"J{n}", row) for n, row in enumerate(rows)]
    shuffled = random.sample(lines, len(lines))
    assert score_entries(a_rule, ["A"], marks(lines)) == score_entries(a_rule, ["A"], marks(shuffled))


@given(sheets, shapes)
def test_a_total_lies_between_nothing_and_the_best_possible(rows, shape):
    a_rule = rule([3, 2, 1], **{**shape, "decimals": None})
    score = score_entries(a_rule, ["A"], marks(("A", f"J{n}", row) for n, row in enumerate(rows)))[0]
    assert score.exact is None or 0 <= score.exact <= a_rule.best


full = st.lists(st.tuples(*[st.integers(0, 40)] * 3), min_size=1, max_size=6)


@given(full, st.integers(1, 10), st.sampled_from(["mean", "median"]), st.sampled_from(["total", "criterion"]))
def test_a_tenth_more_on_every_mark_adds_its_share(rows, tenths, across, aggregate_at):
    """Adding d to every mark of a weighted mean adds d to the result, whatever jurors and weights."""
    a_rule = rule([3, 2, 1], combine="weighted_mean", across=across, aggregate_at=aggregate_at)

    def result(extra):
        lines = (("A", f"J{n}", [Fraction(m + extra, 10).__float__() for m in row]) for n, row in enumerate(rows))
        return score_entries(a_rule, ["A"], marks(lines))[0].total

    assert result(tenths) == result(0) + Fraction(tenths, 10)


@given(full, st.integers(1, 20))
def test_weights_are_relative_in_per_cent(rows, factor):
    lines = [("A", f"J{n}", [m / 10 for m in row]) for n, row in enumerate(rows)]
    once, scaled = rule([3, 2, 1]), rule([3 * factor, 2 * factor, factor])
    assert score_entries(once, ["A"], marks(lines))[0].total == score_entries(scaled, ["A"], marks(lines))[0].total


def test_results_of_criteria_are_left_out_where_nobody_asks_and_the_total_needs_none():
    """Marks 5 and 2, 3 and 2 of 5, weights 50 and 50: 60 %, from criteria 4 and 2 too."""
    for aggregate_at, criteria in (("total", (None, None)), ("criterion", (exact(4), exact(2)))):
        a_rule = rule([50, 50], aggregate_at=aggregate_at)
        sheets = sheets_of(a_rule, ["A"], marks([("A", "J1", [5, 2]), ("A", "J2", [3, 2])]))["A"]
        whole, bare = (score_of(a_rule, "A", sheets, Fraction(0), parts=parts) for parts in (True, False))
        assert (whole.criteria, whole.total) == ((4, 2), 60)
        assert (bare.criteria, bare.total) == (criteria, 60)


def test_results_of_groups_are_left_out_where_nobody_asks():
    """4 of 5 in the group, 80 %."""
    a_rule = rule([1], groups=(Group("g", 1000),), group_of=(0,))
    sheets = sheets_of(a_rule, ["A"], marks([("A", "J1", [4])]))["A"]
    whole, bare = (score_of(a_rule, "A", sheets, Fraction(0), parts=parts) for parts in (True, False))
    assert (whole.groups, bare.groups) == ((80,), (None,))
    assert whole.total == bare.total == 80
