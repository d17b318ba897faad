"""Draws by columns are the draws that replay settles one by one, to the last rank."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.results.format import with_defaults
from judging.domain.statistics.redraw import Redraw, redraw_of
from judging.domain.statistics.replay import Replay, Standing
from judging.domain.statistics.sensitivity import by_jurors
from tests.judging.domain.plain import replay_of
from tests.judging.domain.rules import files

SOME = settings(max_examples=40, deadline=None)
PLAIN = {"across": "mean", "aggregate_at": "total", "threshold": "", "min_peer_scorecards": "0", "correction": None}


def plainly(file):
    """The file without what a draw by columns does not know;
    weights, groups, points on top and off, and the chain stay."""
    rule = {**file["rule"], **PLAIN}
    rule["cut"] = {**rule["cut"], "per_city": "", "per_category": ""}
    rule["criteria"] = [{**row, "threshold": "", "ranking_weight": ""} for row in rule["criteria"]]
    rule["groups"] = [{**row, "threshold": ""} for row in rule.get("groups", ())]
    return {**file, "rule": rule, "peers": [], "carried": [], "cut_decisions": []}


def one_by_one(round: Replay, often) -> Standing:
    return round.settled(round.rule, round.drawn(dict(zip(round.jurors, often, strict=True))))


def juries(round: Replay, quick: Redraw, seed: int, draws: int = 12):
    """(how often each juror sits, the standing by columns) of juries drawn anew."""
    size = len(round.jurors)
    for row in np.random.default_rng(seed).integers(0, size, (draws, size)):
        often = np.bincount(row, minlength=size)
        yield often.tolist(), quick.standing(often)


@SOME
@given(files(), st.integers(0, 9))
def test_of_any_rule(file, seed):
    round = replay_of(file)
    quick = redraw_of(round)
    for often, standing in juries(round, quick, seed) if quick else ():
        assert standing == one_by_one(round, often)


@SOME
@given(files().filter(lambda file: "ballot" not in file["rule"]).map(plainly), st.integers(0, 9), st.booleans())
def test_of_a_plain_rule(file, seed, is_former):
    """Also by the semantics of an earlier version, where results that the chain put in order share a rank."""
    round = replay_of(file | {"standings": []} if is_former else file)
    quick = redraw_of(round)
    assert quick
    for often, standing in juries(round, quick, seed):
        assert standing == one_by_one(round, often)


def large(**rule):
    """30 entries, 8 jurors, marks that only chance has put there."""
    draw = np.random.RandomState(3)
    criteria = [{"code": code, "weight": weight, "scale_max": "7"} for code, weight in (("a", "3"), ("b", "1/3"))]
    data = {
        "format": "passerelle.result",
        "version": 3,
        "rule": {"criteria": criteria, "cut": {"count": "10"}, "min_scorecards": "2", **rule},
        "entries": [{"code": f"E{n:02}"} for n in range(30)],
        "scorecards": [
            {"entry": f"E{n:02}", "juror": f"J{j}", "marks": {code: str(draw.randint(0, 8)) for code in "ab"}}
            for n in range(30)
            for j in draw.permutation(8)[:4]
        ],
    }
    return replay_of(with_defaults(data))


FINE = [
    {"code": "a", "weight": "1/999999937", "scale_max": "7"},
    {"code": "b", "weight": "2/998244353", "scale_max": "11"},
]
RULES = [{}, {"decimals": "0"}, {"decimals": "9"}, {"criteria": FINE}, {"criteria": FINE, "decimals": "9"}]


@pytest.mark.parametrize("rule", [*RULES, {"ties": [{"kind": "median"}]}])
def test_of_a_large_round(rule):
    """Exact to the last digit, also where whole numbers no longer fit 64 bits,
    and where a chain tells equal results apart."""
    round = large(**rule)
    found = list(juries(round, redraw_of(round), seed=1, draws=30))
    for often, standing in found:
        assert standing == one_by_one(round, often)
    assert list(by_jurors(round, draws=30, seed=1)) == [one_by_one(round, often) for often, _standing in found]


@pytest.mark.parametrize(
    "beyond",
    [
        {"threshold": "50"},
        {"across": "median"},
        {"aggregate_at": "criterion"},
        {"cut": {"count": "10", "per_city": "3"}},
        {"correction": {"kind": "rescale", "deviation": "population", "decimals": "2", "min_marks": "2"}},
    ],
)
def test_what_a_rule_says_beyond_goes_the_long_way(beyond):
    assert redraw_of(large())
    assert redraw_of(large(**beyond)) is None
