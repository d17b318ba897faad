"""Groups, roundings by level, and points on top and off, by hand."""

from fractions import Fraction

import pytest

from judging.domain.marks.combining import combined, shares_of_weight
from judging.domain.marks.scoring import points_off, score_entries
from judging.domain.rule.values import Allowance, Bonus
from tests.judging.domain.examples import exact, groups, marks, rule

PLAN_AND_PITCH = groups(("plan", 60, None), ("pitch", 40, None))


def scored(a_rule, *sheets, **more):
    return score_entries(a_rule, ["A"], marks(("A", f"J{n}", sheet) for n, sheet in enumerate(sheets)), **more)[0]


class TestGroups:
    def test_sixty_per_cent_of_one_and_forty_of_the_other(self):
        """Plan: 3 of 5 and 4 of 5, weights 1 and 3: 75 %. Pitch: 2 of 5: 40 %. 0.6 × 75 + 0.4 × 40 = 61. One mark more
        on the pitch counts for 8 points, whatever the number of criteria beside it."""
        a_rule = rule([1, 3, 10], groups=PLAN_AND_PITCH, group_of=(0, 0, 1))
        assert combined(a_rule, [3000, 4000, 2000]) == 61
        assert combined(a_rule, [3000, 4000, 3000]) == 69
        assert shares_of_weight(a_rule) == [15, 45, 40]

    def test_groups_inside_groups_beside_criteria(self):
        """Outer: a criterion of weight 1 (5 of 5 = 100 %) and a group of weight 3, of two items, 0 and 5 of 5 (50 %):
        62.5 %. The other half is a criterion of 2 of 5. 0.5 × 62.5 + 0.5 × 40 = 51.25."""
        tree = groups(("outer", 1, None), ("items", 3, 0))
        a_rule = rule([1, 1, 1, 1], groups=tree, group_of=(0, 1, 1, None))
        assert combined(a_rule, [5000, 0, 5000, 2000]) == exact("51.25")
        assert scored(a_rule, [5, 0, 5, 2]).groups == (exact("62.5"), 50)

    def test_each_level_its_own_way(self):
        """Two sums inside a mean: 2 × 3 + 1 × 4 = 10 of 15 and 1 × 5 = 5 of 5, weights 1 and 1:
        (10 + 5) ÷ 2 = 7.5 of 10."""
        tree = groups(("a", 1, None, {"combine": "weighted_sum"}), ("b", 1, None, {"combine": "weighted_sum"}))
        a_rule = rule([2, 1, 1], combine="weighted_mean", groups=tree, group_of=(0, 0, 1))
        assert (combined(a_rule, [3000, 4000, 5000]), a_rule.best) == (exact("7.5"), 10)

    def test_what_does_not_apply_leaves_its_own_group_only(self):
        """Plan without its second criterion: 60 %; with nothing at all, the pitch is everything."""
        a_rule = rule([1, 3, 10], groups=PLAN_AND_PITCH, group_of=(0, 0, 1))
        assert combined(a_rule, [3000, None, 2000]) == exact("52")
        assert combined(a_rule, [None, None, 2000]) == 40
        assert combined(a_rule, [None, None, None]) is None

    def test_a_group_that_stands_in_itself_is_refused(self):
        loop = groups(("a", 1, 1), ("b", 1, 0))
        with pytest.raises(ValueError, match="inside itself"):
            combined(rule([1, 1], groups=loop, group_of=(0, 1)), [1000, 1000])

    def test_jurors_together_at_the_total_or_at_the_criterion(self):
        """Medians. Totals of the group: 0, 3.5, 5 → 3.5. Criteria: 5, 0, 3 → 3 and 0, 5, 4 → 4: 3.5 too; with 5 5 for 3
        4, the middle total is 5 where the middle marks make 5."""
        tree = groups(("g", 1, None))
        shape = {"combine": "weighted_mean", "across": "median", "groups": tree, "group_of": (0, 0)}
        sheets = ([5, 0], [0, 4], [3, 4])
        assert scored(rule([1, 1], **shape), *sheets).groups == (exact("2.5"),)
        assert scored(rule([1, 1], aggregate_at="criterion", **shape), *sheets).groups == (exact("3.5"),)


class TestRoundingByLevel:
    def test_the_group(self):
        """Two groups of 1 of 3 (33.33… %): rounded to whole points, 33 and 33, together 33; unrounded 33.3."""
        shape = {"top": 3, "groups": groups(("a", 1, None), ("b", 1, None)), "group_of": (0, 1), "decimals": 1}
        assert scored(rule([1, 1], decimals_group=0, **shape), [1, 1]).total == 33
        assert scored(rule([1, 1], **shape), [1, 1]).total == exact("33.3")

    def test_the_criterion_before_it_goes_into_the_total(self):
        """Marks 3, 3, 4: 3.33 → 3.3, of 5 = 66 %; at the total nothing of it is seen: 66.67 %."""
        shape = {"decimals": 2, "decimals_criterion": 1}
        together = scored(rule([1], aggregate_at="criterion", **shape), [3], [3], [4])
        assert (together.criteria, together.total) == ((exact("3.3"),), 66)
        assert scored(rule([1], **shape), [3], [3], [4]).total == exact("66.67")


class TestPointsOnTopAndOff:
    def test_a_bonus_up_to_its_cap(self):
        """80 % and a bonus of 1 point for each mark: 4 marks, 3 points at most."""
        a_rule = rule([1, 0], bonuses=(Bonus(1, 1000, 3000),))
        assert scored(a_rule, [4, 2]).total == 82
        assert scored(a_rule, [4, 4]).total == 83
        assert scored(a_rule, [4, None]).total == 80
        assert a_rule.best == 100

    def test_a_bonus_of_jurors_together(self):
        """Marks 0 and 4: the mean of the totals 80 and 83 with the cap on each; of the criterion 2: 82."""
        bonuses = (Bonus(1, 1000, 3000),)
        assert scored(rule([1, 0], bonuses=bonuses), [4, 0], [4, 4]).total == exact("81.5")
        assert scored(rule([1, 0], bonuses=bonuses, aggregate_at="criterion"), [4, 0], [4, 4]).total == 82

    def test_a_scorecard_with_nothing_but_a_bonus_does_not_count(self):
        assert scored(rule([1, 0], bonuses=(Bonus(1, 1000),)), [None, 4]).total is None

    def test_points_off_for_each_breach_up_to_the_cap(self):
        a_rule = rule([1], penalties=(Allowance("format", 2000, 5000), Allowance("late", 500)))
        assert points_off(a_rule, {"format": 2}) == 4
        assert points_off(a_rule, {"format": 3, "late": 1}) == exact("5.5")
        assert scored(a_rule, [4], penalties={"A": Fraction(4)}).total == 76

    def test_groups_have_second_weights_too(self):
        """60 : 40 for the threshold: 0.6 × 60 + 0.4 × 80 = 68. For the rank 20 : 40: (20 × 60 + 40 × 80) ÷ 60."""
        tree = groups(("plan", 60, None, {"ranking_weight": 20_000}), ("pitch", 40, None))
        score = scored(rule([1, 1], groups=tree, group_of=(0, 1)), [3, 4])
        assert (score.total, score.ranking) == (68, Fraction(220, 3))

    def test_second_weights_make_the_rank_only(self):
        """4 + 4 + 4 = 12 for the threshold; with 1.5 for the second, 14 for the rank, of 17.5."""
        a_rule = rule([1, 1, 1], combine="weighted_sum", ranking_weights=(1000, 1500, 1000))
        score = scored(a_rule, [4, 4, 4])
        assert (score.total, score.ranking, a_rule.best, a_rule.ranking_best) == (12, 14, 15, exact("17.5"))
