"""Rules beyond weights: groups, points on top and off, second weights, rounding by level, what is missing.
Worked by hand."""

import ast
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.marks.combining import combined, shares_of_weight
from judging.domain.marks.scoring import points_off, score_entries
from judging.domain.rule.values import Allowance, Bonus, Group, Rule
from tests.judging.domain import plain as frozen
from tests.judging.domain.examples import exact, marks, rule, thousandths

HERE = Path(__file__).parent


def groups(*rows) -> tuple[Group, ...]:
    """rows: (code, weight, place of the parent or None, fields)."""
    return tuple(Group(code, thousandths(w), parent, **(more[0] if more else {})) for code, w, parent, *more in rows)


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

    def test_second_weights_make_the_rank_only(self):
        """4 + 4 + 4 = 12 for the threshold; with 1.5 for the second, 14 for the rank, of 17.5."""
        a_rule = rule([1, 1, 1], combine="weighted_sum", ranking_weights=(1000, 1500, 1000))
        score = scored(a_rule, [4, 4, 4])
        assert (score.total, score.ranking, a_rule.best, a_rule.ranking_best) == (12, 14, 15, exact("17.5"))


def file(criteria, sheets, entries=None, rule=None, **inputs):
    """A round's inputs as a frozen file holds them: sheets {entry: {juror: {criterion: mark}}}."""
    base = {"name": {"en": ""}, "kind": "score", "scale_max": "5", "threshold": "", "weight": "1"}
    return {
        "round": {"weight": "100"},
        "rule": {
            "combine": "percent", "across": "mean", "aggregate_at": "total", "trim": "0", "decimals": "2",
            "threshold": "",
            "min_scorecards": "1", "ties": [], "cut": {"count": "", "per_city": "", "all_tied_go_on": False},
            "criteria": [base | {"code": code} | more for code, more in criteria.items()], **(rule or {}),
        },
        "entries": [
            {"code": entry, "city": "", "founded_on": "", "submitted_at": "", **(entries or {}).get(entry, {})}
            for entry in sheets
        ],
        "carried": [],
        "scorecards": [
            {"entry": entry, "juror": juror, "marks": given} for entry, cards in sheets.items() for juror,
            given in cards.items()
        ],
        "decisions": [],
        **inputs,
    }  # fmt: skip


class TestWhatIsNotANumber:
    """Two criteria, 5 of 5 on the first. Left out: 100 %; as zero: 50 %;
    not applicable and recused as they say themselves."""

    two = {"a": {}, "b": {}}

    def total(self, marks_of, **more):
        return frozen.compute(file(self.two, {"A": {"J1": marks_of}}, **more)).scores["A"].total

    def test_blank(self):
        assert self.total({"a": "5"}, rule={"blanks": "left_out"}) == 100
        assert self.total({"a": "5"}, rule={"blanks": "zero"}) == 50

    def test_not_applicable_whatever_blanks_do(self):
        assert self.total({"a": "5", "b": "n/a"}, rule={"blanks": "zero"}) == 100

    def test_recused_is_not_among_the_scorecards(self):
        sheets = {"A": {"J1": {"a": "5", "b": "0"}}}
        found = frozen.compute(
            file(
                self.two,
                sheets,
                rule={"min_scorecards": "2"},
                not_counted=[{"entry": "A", "juror": "J2", "state": "recused"}],
            )
        )
        assert found.ranking.places[0].reason["figures"] == {"have": "1", "needed": "2"}

    def test_a_criterion_for_another_category_leaves_the_weights(self):
        """B is no health entry: a mark on the criterion that is only for those counts for nothing,
        nor does its blank as zero."""
        criteria = {"a": {}, "b": {"categories": ["health"]}}
        sheets = {"A": {"J1": {"a": "5", "b": "0"}}, "B": {"J1": {"a": "5", "b": "0"}}, "C": {"J1": {"a": "5"}}}
        categories = {"A": {"category": "health"}, "B": {"category": "food"}}
        found = frozen.compute(file(criteria, sheets, categories, rule={"blanks": "zero"}))
        assert {entry: score.total for entry, score in found.scores.items()} == {"A": 50, "B": 100, "C": 100}

    def test_informative_counts_nowhere(self):
        criteria = {"a": {}, "b": {"kind": "informative"}}
        found = frozen.compute(file(criteria, {"A": {"J1": {"a": "4", "b": "0"}}}))
        assert (found.scores["A"].total, found.scores["A"].criteria) == (80, (4, 0))


def test_rounds_carry_their_weight_with_groups_of_their_own():
    """Plan and pitch of one criterion each, 60 and 40: 4 and 3 of 5 make 72. Before: 79.75 of weight 40. The rank's
    weights are kept apart: 0.4 × 79.75 + 0.6 × 72 = 75.1; to whole points 75, where the round's own total has two
    decimals."""
    parts = [
        {"code": code, "parent": "", "weight": weight, "ranking_weight": "", "threshold": "", "combine": ""}
        for code, weight in (("plan", "60"), ("pitch", "40"))
    ]
    criteria = {"a": {"group": "plan"}, "b": {"group": "pitch"}}
    inputs = file(
        criteria, {"A": {"J1": {"a": "4", "b": "3"}}}, rule={"groups": parts, "final_decimals": "0"},
        carried=[{"order": "1", "weight": "40", "sha256": "", "shares": {"A": "79.75"}}],
    )  # fmt: skip
    inputs["round"]["weight"] = "60"
    found = frozen.compute(inputs)
    assert (found.scores["A"].total, found.results["A"]) == (72, 75)
    inputs["rule"]["final_decimals"] = ""
    assert frozen.compute(inputs).results["A"] == exact("75.1")


def test_a_file_of_version_one_still_recomputes():
    """Frozen by the code of its day: carried rounds, a tie by a person, a city's room, a threshold,
    too few scorecards."""
    kept = json.loads((HERE / "result-version-1.json").read_text(encoding="utf-8"))
    assert kept["version"] == 1
    assert frozen.check(kept) == []
    kept["standings"][0]["final"] = "90"
    assert frozen.check(kept) == ["standings"]


def test_a_correction_that_can_t_be_worked_out_leaves_provisional_results():
    declared = {"correction": {"kind": "severity", "deviation": "population", "decimals": "2", "min_marks": "2"}}
    found = frozen.compute(file({"a": {}}, {"A": {"J1": {"a": "4"}}, "B": {"J2": {"a": "3"}}}, rule=declared))
    assert (found.uncorrected, found.corrected, found.results) == ("too_few", {}, {"A": 80, "B": 60})


def test_points_off_come_off_the_corrected_result():
    """One juror, 4 and 2 of 5 (80 and 40): rescaling to the juror's own mean and spread changes nothing;
    A loses 1.5."""
    declared = {"correction": {"kind": "rescale", "deviation": "population", "decimals": "1", "min_marks": "2"}}
    found = frozen.compute(
        file(
            {"a": {}, "late": {"kind": "penalty", "weight": "0.5"}},
            {"A": {"J1": {"a": "4"}}, "B": {"J1": {"a": "2"}}},
            rule=declared,
            penalties=[
                {"entry": "A", "code": "late", "breaches": "1"},
                {"entry": "A", "code": "late", "breaches": "2"},
            ],
        )
    )
    assert found.results == {"A": exact("78.5"), "B": 40}


# ---- properties


@st.composite
def trees(draw):
    """A rule with up to four groups anywhere and six criteria, weights 1 to 5, every way of combining."""
    number = draw(st.integers(0, 4))
    ways = st.sampled_from(["percent", "weighted_mean", "weighted_sum"])
    made = []
    for n in range(number):
        parent = draw(st.one_of(st.none(), st.integers(0, n - 1))) if n else None
        made.append((f"g{n}", draw(st.integers(1, 5)), parent, {"combine": draw(ways)}))
    size = draw(st.integers(1, 6))
    homes = [draw(st.one_of(st.none(), st.integers(0, number - 1))) if number else None for _ in range(size)]
    tops = [draw(st.integers(1, 10)) for _ in range(size)]
    a_rule = rule(
        [draw(st.integers(1, 5)) for _ in range(size)],
        tops,
        combine=draw(ways),
        groups=groups(*made),
        group_of=tuple(homes),
    )
    sheet = [draw(st.one_of(st.none(), st.integers(0, top * 10))) for top in tops]
    return a_rule, [None if mark is None else mark * 100 for mark in sheet]


def by_the_book(a_rule: Rule, sheet, node=None):
    """(value, best) of a group, or of the total: the formulas of judging.domain.rule.values, word for word."""
    parts = []  # (weight, value or None, best)
    for c, home in enumerate(a_rule.group_of):
        if home == node:
            value = None if sheet[c] is None else Fraction(sheet[c], 1000)
            parts.append((Fraction(a_rule.weights[c], 1000), value, Fraction(a_rule.maxima[c], 1000)))
    for g, group in enumerate(a_rule.groups):
        if group.parent == node:
            parts.append((Fraction(group.weight, 1000), *by_the_book(a_rule, sheet, g)))
    best = sum((w * b for w, _, b in parts), Fraction(0))
    way = a_rule.combine if node is None else a_rule.groups[node].combine or a_rule.combine
    live = [part for part in parts if part[1] is not None]
    weight = sum((w for w, _, _ in live), Fraction(0))
    points = sum((w * v for w, v, _ in live), Fraction(0))
    if way == "percent":
        return (100 * sum((w * v / b for w, v, b in live if b), Fraction(0)) / weight if live else None), Fraction(100)
    if way == "weighted_mean":
        return (points / weight if live else None), best / (sum(w for w, _, _ in parts) or 1)
    reach = sum((w * b for w, _, b in live), Fraction(0))
    return (points * best / reach if live else None), best


def has_no_empty_group(a_rule: Rule) -> bool:
    return {g for g in a_rule.group_of if g is not None} >= set(range(len(a_rule.groups)))


@given(trees().filter(lambda pair: has_no_empty_group(pair[0])))
@settings(max_examples=40)
def test_every_total_recomputes_from_the_marks(pair):
    a_rule, sheet = pair
    value, best = by_the_book(a_rule, sheet)
    assert (combined(a_rule, sheet), a_rule.best) == (value, best)
    assert value is None or value >= 0
    assert None in sheet or value <= best


cards = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("wxyz")), st.tuples(*[st.integers(0, 5)] * 3), min_size=1
)


@given(cards, st.permutations("wxyz"), st.sampled_from(["none", "rescale"]), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_and_the_codes_of_jurors_never_matter(given_, others, correction, random):
    """Jurors renamed and scorecards shuffled: the same results, ranks, reasons and open ties."""

    def places(rows, names):
        sheets = {entry: {} for entry in "ABCD"}
        for (entry, juror), values in rows:
            sheets[entry][names[juror]] = dict(zip("abc", map(str, values), strict=True))
        declared = {"kind": correction, "deviation": "population", "decimals": "3", "min_marks": "2"}
        parts = [
            {"code": "g", "parent": "", "weight": "2", "ranking_weight": "", "threshold": "40", "combine": ""},
        ]
        criteria = {"a": {"group": "g"}, "b": {"group": "g"}, "c": {"kind": "bonus", "weight": "0.5", "cap": "2"}}
        more = {"groups": parts, "correction": declared, "ties": [{"kind": "median"}]}
        cut = {"count": "2", "per_city": "", "all_tied_go_on": False}
        found = frozen.compute(file(criteria, sheets, rule=more | {"cut": cut}))
        return found.ranking.places, found.ranking.open

    rows = list(given_.items())
    same = dict(zip("wxyz", "wxyz", strict=True))
    renamed = dict(zip("wxyz", others, strict=True))
    assert places(rows, same) == places(random.sample(rows, len(rows)), renamed)


EXACT = (
    "numbers",
    "rule/values",
    "rule/reading",
    "marks/combining",
    "marks/scoring",
    "ties/chain",
    "results/cut",
    "results/ranking",
    "results/carry",
    "results/frozen",
    "marks/so_far",
)


@pytest.mark.parametrize("module", EXACT)
def test_no_float_decides_a_rank(module):
    """Neither the name nor a number with a decimal point, nor one of the ways to get one,
    stands in the exact modules."""
    source = (HERE.parents[3] / "judging" / "domain" / f"{module}.py").read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        assert not (isinstance(node, ast.Name) and node.id == "float")
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        assert not (isinstance(node, ast.Attribute) and node.attr in ("timestamp", "total_seconds", "sqrt"))
