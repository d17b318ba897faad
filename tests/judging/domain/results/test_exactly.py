"""A file's numbers are taken as they stand, however fine: nothing is cut to the thousandths that the site keeps."""

import copy
import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.marks.scoring import text_of
from judging.models.rounds import to_thousandths
from tests.judging.domain import plain as frozen
from tests.judging.domain.plain import read_results, report_of


def standing(rule, cards, **parts):
    """{entry: (rank, final)} of a file as `rank` reports it; `cards` are {entry: [marks of J1, J2 …]}."""
    scorecards = [
        {"entry": entry, "juror": f"J{n}", "marks": marks}
        for entry, given in cards.items()
        for n, marks in enumerate(given)
    ]
    file = {
        "format": "passerelle.result", "version": 3, "rule": rule, "entries": [{"code": code} for code in cards],
        "scorecards": scorecards, **parts,
    }  # fmt: skip
    [read] = read_results(json.dumps(file).encode())
    return {row.entry: (row.rank, row.final) for row in report_of(read).standings}


def ten(code, weight="1", **more):
    return {"code": code, "weight": weight, "scale_min": "0", "scale_max": "10", **more}


def test_marks_beyond_thousandths_are_told_apart():
    rule = {"combine": "weighted_sum", "criteria": [ten("a")]}
    assert standing(rule, {"A": [{"a": "4.9999"}], "B": [{"a": "4.9991"}]}) == {
        "A": ("1", "4.9999"),
        "B": ("2", "4.9991"),
    }


def test_weights_of_one_and_two_thirds():
    rule = {"combine": "weighted_sum", "criteria": [ten("a", "1/3"), ten("b", "2/3")]}
    assert standing(rule, {"A": [{"a": "9", "b": "9"}]}) == {"A": ("1", "9")}


def test_a_bar_of_two_hundred_thirds():
    """66.666 per cent is below 200/3, 66.6667 above."""
    rule = {"criteria": [{"code": "a", "scale_max": "100"}], "threshold": "200/3", "cut": {"count": "2"}}
    file = {
        "format": "passerelle.result", "version": 3, "rule": rule, "entries": [{"code": "A"}, {"code": "B"}],
        "scorecards": [{"entry": e, "juror": "J", "marks": {"a": m}} for e, m in (("A", "66.666"), ("B", "66.6667"))],
    }  # fmt: skip
    [read] = read_results(json.dumps(file).encode())
    rows = {row.entry: row for row in report_of(read).standings}
    assert (rows["A"].advances, rows["A"].reason) == (
        False, {"code": "below_threshold", "figures": {"value": "66.666", "needed": "200/3"}},
    )  # fmt: skip
    assert rows["B"].advances


def test_a_penalty_needs_no_scale_and_keeps_its_thirds():
    """9 − 2 × 2 = 5; 9 − 2 × 1/3 = 25/3; with 0.0005 at most, 9 − 0.0005."""
    for weight, cap, final in (("2", "", "5"), ("1/3", "", "25/3"), ("1/3", "0.0005", "8.9995")):
        rule = {
            "combine": "weighted_sum",
            "criteria": [ten("a"), {"code": "late", "kind": "penalty", "weight": weight, "cap": cap}],
        }
        penalties = [{"entry": "A", "code": "late", "breaches": "2"}]
        assert standing(rule, {"A": [{"a": "9"}]}, penalties=penalties) == {"A": ("1", final)}


def test_a_bonus_and_its_cap():
    """9 + 1/7 × 3; with 2/7 at most, 9 + 2/7."""
    for cap, final in (("", "66/7"), ("2/7", "65/7")):
        star = ten("star", "1/7", kind="bonus", cap=cap)
        rule = {"combine": "weighted_sum", "criteria": [ten("a"), star]}
        assert standing(rule, {"A": [{"a": "9", "star": "3"}]}) == {"A": ("1", final)}


def test_a_carried_share_of_two_hundred_thirds():
    """60 % of 200/3 and 40 % of 50: 60."""
    carried = [{"order": "1", "weight": "60", "shares": {"A": "200/3"}}]
    rule = {"criteria": [ten("a")]}
    assert standing(rule, {"A": [{"a": "5"}]}, carried=carried, round={"order": "2", "weight": "40"}) == {
        "A": ("1", "60")
    }


def test_a_scale_finer_than_thousandths():
    rule = {"criteria": [{"code": "a", "scale_max": "0.0003", "scale_step": "0.0001"}]}
    assert standing(rule, {"A": [{"a": "0.0002"}]}) == {"A": ("1", "200/3")}


def test_a_group_that_does_not_say_how_combines_as_the_rule():
    """As an empty choice of the form: 60 % of the plan (a and b, 50 % each) and 40 % of c."""
    criteria = [ten("a", group="plan"), ten("b", group="plan"), ten("c", "40")]
    for combine, final in (("percent", "62"), ("weighted_mean", "6.2")):
        for group in ({"code": "plan", "weight": "60"}, {"code": "plan", "weight": "60", "combine": ""}):
            rule = {"combine": combine, "criteria": criteria, "groups": [group]}
            assert standing(rule, {"A": [{"a": "5", "b": "9", "c": "5"}]}) == {"A": ("1", final)}


NUMBERS = ("scale_min", "scale_max", "scale_step", "threshold")


@st.composite
def files(draw):
    """A rule in per cent with everything that has a number, its marks in halves,
    and a factor for scales and one for weights."""
    half = st.integers(0, 10).map(lambda n: text_of(Fraction(n, 2)))
    weight = st.integers(1, 9).map(str)
    criteria = [
        {"code": code, "weight": draw(weight), "ranking_weight": draw(st.one_of(st.just(""), weight)), "scale_min": "0",
         "scale_max": "5", "scale_step": "0.5", "threshold": draw(st.one_of(st.just(""), half)), "group": group}
        for code, group in (("a", ""), ("b", "g"), ("c", "g"))
    ]  # fmt: skip
    rule = {
        "criteria": criteria, "groups": [{"code": "g", "weight": draw(weight)}],
        "decimals": draw(st.sampled_from(["", "1"])),
        "across": draw(st.sampled_from(["mean", "median"])),
        "aggregate_at": draw(st.sampled_from(["total", "criterion"])),
        "cut": {"count": "1"}, "ties": [{"kind": "criterion", "code": "a"}],
    }  # fmt: skip
    cards = [
        {"entry": entry, "juror": juror, "marks": {code: draw(half) for code in "abc"}}
        for entry in "AB"
        for juror in "JK"
    ]
    file = {
        "format": "passerelle.result",
        "version": 3,
        "rule": rule,
        "entries": [{"code": "A"}, {"code": "B"}],
        "scorecards": cards,
    }
    return file, draw(st.sampled_from(["0.0001", "0.000002", "100"])), draw(st.sampled_from(["1/3", "2/7", "0.0003"]))


@settings(deadline=None, max_examples=60)
@given(files())
def test_per_cent_are_the_same_on_a_finer_scale_and_with_weights_in_thirds(drawn):
    """Scales, marks and bars times one factor, weights times another: every total, share and rank stays what it was."""
    file, fine, weigh = drawn
    other = copy.deepcopy(file)

    def times(text, factor):
        return text and text_of(Fraction(text) * Fraction(factor))

    for row in [*other["rule"]["criteria"], *other["rule"]["groups"]]:
        row.update({name: times(row[name], fine) for name in NUMBERS if name in row})
        row.update({name: times(row[name], weigh) for name in ("weight", "ranking_weight") if name in row})
    for card in other["scorecards"]:
        card["marks"] = {code: times(mark, fine) for code, mark in card["marks"].items()}
    same = ("entry", "rank", "place", "total", "exact", "share", "final", "ranking", "cards", "advances", "groups")
    found = []
    for one in (file, other):
        [read] = read_results(json.dumps(one).encode())
        found.append([{name: getattr(row, name) for name in same} for row in frozen.standings_of(frozen.compute(read))])
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("4.5", 4500),
        ("4.99900000000000000000000000000000000", 4999),
        ("-2.5", -2500),
        ("1e3", 1_000_000),
        ("0e999999", 0),
    ],
)
def test_what_the_site_keeps(text, kept):
    assert to_thousandths(text) == to_thousandths(Decimal(text)) == kept


@pytest.mark.parametrize(
    "text", ["4.9999", "4.9990000000000000000000000000000000001", "0.0001", "1e999999", "1e-999999", "NaN", "Infinity"]
)
def test_what_it_can_t_keep_it_refuses(text):
    with pytest.raises(ValueError, match="thousandths|decimals"):
        to_thousandths(text)
