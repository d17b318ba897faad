"""A file's rule as values, by hand: whatever it may say, each in its place and in thousandths."""

import json

import pytest

from judging.domain.results.semantics import PRESENT
from judging.domain.rule.reading import needed, rule_of
from judging.domain.rule.stated import StatedRule
from judging.domain.rule.values import Allowance, Bonus, Correction, Group
from tests.judging.domain.plain import read_results
from tests.judging.domain.results.whole_files import MARKS


def test_every_part_of_a_rule_is_read():
    [file] = read_results(json.dumps(MARKS).encode())
    rule = rule_of(StatedRule.from_data(file["rule"]), PRESENT)
    assert rule.codes == ("idea", "team", "star")
    assert (rule.weights, rule.ranking_weights) == ((1000, 1000, 0), (1000, 2000, 0))
    assert (rule.maxima, rule.criterion_thresholds) == ((5000, 5000, 5000), (1000, None, None))
    assert (rule.combine, rule.across, rule.aggregate_at, rule.trim) == ("percent", "mean", "total", 0)
    assert (rule.decimals, rule.decimals_criterion, rule.decimals_group, rule.final_decimals) == (2, None, 3, 2)
    assert (rule.threshold, rule.threshold_effect, rule.below_asks, rule.below_stops) == (10_000, "warn", True, False)
    assert (rule.min_scorecards, rule.min_peer_scorecards) == (1, 0)
    assert (rule.groups, rule.group_of) == ((Group("plan", 2000, None, "", None, 3000),), (0, None, None))
    assert (rule.bonuses, rule.penalties) == ((Bonus(2, 500, 2000),), (Allowance("late", 2000, 5000),))
    assert (rule.correction, rule.best_given, rule.semantics) == (Correction(), None, PRESENT)


def test_what_a_rule_leaves_out_is_as_if_nothing_were_asked():
    least = {
        "format": "passerelle.result",
        "version": 3,
        "rule": {"criteria": [{"code": "a", "scale_max": "5"}]},
        "entries": [{"code": "A"}],
    }
    [file] = read_results(json.dumps(least).encode())
    rule = rule_of(StatedRule.from_data(file["rule"]), PRESENT)
    assert (rule.combine, rule.across, rule.aggregate_at, rule.trim, rule.min_scorecards) == (
        "percent", "mean", "total", 0, 1,
    )  # fmt: skip
    assert (rule.decimals, rule.decimals_criterion, rule.decimals_group, rule.final_decimals) == (None,) * 4
    assert (rule.threshold, rule.threshold_effect, rule.ranking_weights) == (None, "exclude", ())
    assert (rule.groups, rule.group_of, rule.bonuses, rule.penalties) == ((), (), (), ())


def test_a_number_that_is_missing_is_said_to_be():
    assert needed("1.5") == 1500
    with pytest.raises(ValueError, match="^a number is missing$"):
        needed("")
