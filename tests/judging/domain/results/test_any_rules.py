"""Rules beyond weights: groups, points on top and off, second weights, rounding by level, what is missing.
Worked by hand."""

import ast
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.marks.combining import combined
from judging.domain.rule.values import Rule
from tests.judging.domain import plain as frozen
from tests.judging.domain.examples import exact, groups, rule

HERE = Path(__file__).parent


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
