"""Criteria that are only for some categories: an entry's best is what its own rubric can give. Worked by hand."""

import json
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.marks.columns import rank_columns
from judging.domain.marks.combining import combined, results_inside
from judging.domain.results.reading_columns import read_large
from judging.domain.rule.values import Group, is_in_itself
from tests.judging.domain import plain as frozen
from tests.judging.domain.examples import exact, rule
from tests.judging.domain.results.test_any_rules import file, has_no_empty_group, trees

ONE_EACH = {"e": {"scale_max": "10", "categories": ["early"]}, "g": {"scale_max": "10", "categories": ["growth"]}}
HOMES = {"A": {"category": "early"}, "B": {"category": "growth"}}
SUM = {"combine": "weighted_sum"}


def computed(criteria, sheets, rule=None, entries=HOMES, **inputs):
    """sheets: {entry: marks of its one juror}."""
    return frozen.compute(file(criteria, {e: {"J": marks} for e, marks in sheets.items()}, entries, rule, **inputs))


def totals(outcome):
    return {entry: score.total for entry, score in outcome.scores.items()}


class TestSums:
    def test_a_bonus_and_a_bar_weigh_what_they_say(self):
        """One criterion of 10 for each category, at most 5 on top, 12 needed:
        8 + 2 = 10 and 9 + 0 = 9 are both below."""
        criteria = ONE_EACH | {"top": {"kind": "bonus", "scale_max": "5", "cap": "5"}}
        found = computed(
            criteria, {"A": {"e": "8", "top": "2"}, "B": {"g": "9", "top": "0"}}, SUM | {"threshold": "12"}
        )
        assert totals(found) == {"A": 10, "B": 9}
        assert [(p.entry, p.advances, p.reason["code"]) for p in found.ranking.places] == [
            ("A", False, "below_threshold"), ("B", False, "below_threshold"),
        ]  # fmt: skip

    def test_a_penalty_weighs_what_it_says(self):
        """9 − 2 = 7 behind 8."""
        criteria = ONE_EACH | {"late": {"kind": "penalty", "weight": "2"}}
        off = [{"entry": "A", "code": "late", "breaches": "1"}]
        found = computed(criteria, {"A": {"e": "9"}, "B": {"g": "8"}}, SUM, penalties=off)
        assert [(p.entry, p.result) for p in found.ranking.places] == [("B", 8), ("A", 7)]

    def test_not_applicable_is_filled_up_to_the_best_of_the_own_rubric(self):
        """A: 10 for all, 10 of its own: 6 of 10 is 12 of 20. B: 20 of its own: 15 of 20 is 22.5 of 30."""
        criteria = {"all": {"scale_max": "10"}, "e": ONE_EACH["e"], "g": ONE_EACH["g"] | {"scale_max": "20"}}
        found = computed(criteria, {"A": {"all": "6", "e": "n/a"}, "B": {"all": "n/a", "g": "15"}}, SUM)
        assert totals(found) == {"A": 12, "B": exact("22.5")}
        assert {entry: score.best for entry, score in found.scores.items()} == {"A": 20, "B": 30}

    def test_jurors_together_at_the_criterion(self):
        found = computed(ONE_EACH, {"A": {"e": "8"}, "B": {"g": "9"}}, SUM | {"aggregate_at": "criterion"})
        assert totals(found) == {"A": 8, "B": 9}

    def test_weights_of_the_rank(self):
        """For the rank the own criterion of A weighs twice: 16 of 20, 80 %; B 9 of 10, 90 %."""
        criteria = {"e": ONE_EACH["e"] | {"ranking_weight": "2"}, "g": ONE_EACH["g"]}
        found = computed(criteria, {"A": {"e": "8"}, "B": {"g": "9"}}, SUM)
        assert (found.results, found.shares) == ({"A": 16, "B": 9}, {"A": 80, "B": 90})

    def test_what_is_carried_is_the_share_of_the_own_best(self):
        """8 of 10 is 80 %, 6 of 20 is 30 %; before 50 % of weight 40: 0.4 × 50 + 0.6 × 80 = 68, and 38."""
        criteria = {"e": ONE_EACH["e"], "g": ONE_EACH["g"] | {"scale_max": "20"}}
        before = [{"order": "1", "weight": "40", "sha256": "", "shares": {"A": "50", "B": "50"}}]
        inputs = file(criteria, {"A": {"J": {"e": "8"}}, "B": {"J": {"g": "6"}}}, HOMES, SUM, carried=before)
        inputs["round"]["weight"] = "60"
        assert frozen.compute(inputs).results == {"A": 68, "B": 38}


class TestGroups:
    def parts(self, **own):
        return [
            {"code": "own", "parent": "", "weight": "1", "ranking_weight": "", "threshold": "", "combine": "", **own},
        ]

    def test_a_group_s_threshold_asks_the_own_rubric(self):
        """9 of 10 in the group, not 18 of 20: below the 10 needed."""
        criteria = {code: more | {"group": "own"} for code, more in ONE_EACH.items()} | {"x": {}}
        groups = self.parts(combine="weighted_sum", threshold="10")
        found = computed(criteria, {"A": {"e": "9", "x": "5"}}, {"groups": groups})
        assert found.scores["A"].groups == (9,)
        assert found.ranking.places[0].reason["code"] == "below_group"
        assert found.scores["A"].total == 95

    def test_a_mean_of_other_scales_inside_per_cent(self):
        """A's only criterion goes to 5: 4 is 80 %, whatever the other category's scale."""
        criteria = {
            "e": {"scale_max": "5", "categories": ["early"], "group": "own"},
            "g": {"scale_max": "10", "categories": ["growth"], "group": "own"},
        }
        found = computed(criteria, {"A": {"e": "4"}, "B": {"g": "8"}}, {"groups": self.parts(combine="weighted_mean")})
        assert totals(found) == {"A": 80, "B": 80}

    def test_a_group_of_another_category_s_criteria_is_no_part_of_the_sum(self):
        """Per cent inside, a sum outside: without a criterion of its own in the group, B reaches 5 of 5 and no more."""
        criteria = {"e": ONE_EACH["e"] | {"group": "own"}, "x": {}}
        found = computed(
            criteria, {"A": {"e": "9", "x": "5"}, "B": {"x": "5"}}, SUM | {"groups": self.parts(combine="percent")}
        )
        assert totals(found) == {"A": 95, "B": 5}
        assert {entry: score.best for entry, score in found.scores.items()} == {"A": 105, "B": 5}


# ---- properties


def without(a_rule, outside):
    """The rule as if the criteria at these places had never been."""
    kept = [n for n in range(len(a_rule.codes)) if n not in outside]

    def of(column):
        return tuple(column[n] for n in kept)

    columns = ("codes", "weights", "maxima", "criterion_thresholds", "group_of")
    return replace(a_rule, **{name: of(getattr(a_rule, name)) for name in columns}), kept


@given(trees().filter(lambda pair: has_no_empty_group(pair[0])), st.sets(st.integers(0, 5)), st.booleans())
@settings(max_examples=80)
def test_other_categories_criteria_might_never_have_been(pair, outside, rounds):
    a_rule, sheet = pair
    a_rule = replace(a_rule, decimals_group=1 if rounds else None)
    outside = frozenset(outside) & frozenset(range(len(sheet)))
    sheet = [None if n in outside else mark for n, mark in enumerate(sheet)]
    smaller, kept = without(a_rule, outside)
    rest = [sheet[n] for n in kept]
    assert combined(a_rule, sheet, outside=outside) == combined(smaller, rest)
    assert results_inside(a_rule, sheet, outside=outside) == results_inside(smaller, rest)
    assert a_rule.best_for(outside) == smaller.best


marks_ = st.one_of(st.none(), st.just("n/a"), st.integers(0, 5).map(str))
limits = st.lists(st.sampled_from([[], [], ["early"], ["growth"], ["early", "growth"]]), min_size=3, max_size=3)


@given(
    limits,
    st.lists(st.tuples(st.sampled_from("ABCD"), marks_, marks_, marks_), min_size=1, max_size=12),
    st.sampled_from(["percent", "weighted_mean", "weighted_sum"]),
    st.sampled_from(["mean", "median", "trimmed_mean"]),
    st.sampled_from(["total", "criterion"]),
    st.sampled_from(["left_out", "zero"]),
)
@settings(max_examples=80, deadline=None)
def test_columns_read_from_a_large_file_say_the_same(limits, rows, combine, across, at, blanks):
    """Any categories, blanks and n/a: the file read as usual and the file read into columns."""
    criteria = {
        code: {"categories": only, "required": False, "weight": str(n)}
        for n, (code, only) in enumerate(zip("abc", limits, strict=True), 1)
    }
    sheets = {entry: {} for entry in "ABCD"}
    for n, (entry, *given_) in enumerate(rows):
        sheets[entry][f"J{n}"] = {code: mark for code, mark in zip("abc", given_, strict=True) if mark is not None}
    homes = {"A": {"category": "early"}, "B": {"category": "growth"}, "C": {"category": "growth"}, "D": {}}
    how = {"combine": combine, "across": across, "trim": "1", "aggregate_at": at, "blanks": blanks}
    data = {"format": "passerelle.result", "version": 3, **file(criteria, sheets, homes, how)}
    large = read_large(json.dumps(data).encode())
    found = rank_columns(large.rule, large.columns)
    usual = frozen.compute(data)
    assert {code: found.result(n) for n, code in enumerate(large.entries)} == totals(usual)
    ranks = {code: int(found.ranks[n]) or None for n, code in enumerate(large.entries)}
    by_result = {
        e: 1 + sum(o is not None and o > t for o in totals(usual).values())
        for e, t in totals(usual).items()
        if t is not None
    }
    assert ranks == {e: by_result.get(e) for e in "ABCD"}


def test_every_group_empty_is_no_total():
    a_rule = rule([1], groups=(Group("g", 1000),), group_of=(0,))
    assert combined(a_rule, [None], outside=frozenset({0})) is None
    assert a_rule.best_for(frozenset({0})) == Fraction(0)


def test_a_group_is_in_itself_when_going_up_comes_back():
    parents = {1: None, 2: 1, 3: 2, 4: 5, 5: 4, 6: 6}
    assert [pk for pk in (None, *parents, 7) if is_in_itself(pk, parents)] == [4, 5, 6]
