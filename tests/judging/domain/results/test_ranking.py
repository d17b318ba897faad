"""Ranks 1, 1, 3; the cut; ties; reasons."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.domain.marks.scoring import score_entries
from judging.domain.results.carry import carried, share
from judging.domain.results.ranking import Cut, rank_entries
from judging.domain.ties.chain import Facts, Link
from tests.judging.domain.examples import exact, marks, rule

HUMAN = [Link("human")]


def ranked(rows, a_rule=None, chain=HUMAN, cut=None, facts=None, decisions=()):
    """rows: {entry: [[marks of a scorecard], …]}."""
    a_rule = a_rule or rule([1])
    lines = [(entry, f"J{n}", list(sheet)) for entry, sheets in rows.items() for n, sheet in enumerate(sheets)]
    scores = score_entries(a_rule, list(rows), marks(lines))
    return rank_entries(
        scores,
        {score.entry: score.total for score in scores},
        rule=a_rule,
        chain=chain,
        cut=cut or Cut(),
        facts={entry: Facts(**(facts or {}).get(entry, {})) for entry in rows},
        decisions=decisions,
    )


def lines(ranking):
    return [(p.entry, p.rank, p.advances, p.reason["code"]) for p in ranking.places]


def one(**totals):
    return {entry: [[mark]] for entry, mark in totals.items()}


def test_equal_results_share_a_rank_and_the_next_is_skipped():
    ranking = ranked(one(A=4, B=5, C=4, D=3))
    assert [(p.entry, p.rank, p.place) for p in ranking.places] == [("B", 1, 1), ("A", 2, 2), ("C", 2, 3), ("D", 4, 4)]


def test_the_cut():
    assert lines(ranked(one(A=5, B=4, C=3), cut=Cut(2))) == [
        ("A", 1, True, "goes_on"),
        ("B", 2, True, "goes_on"),
        ("C", 3, False, "below_cut"),
    ]
    assert ranked(one(A=5, B=4, C=3), cut=Cut(2)).places[2].reason["figures"] == {"value": "60", "last_in": "80"}


def test_a_city_sends_no_more_than_its_most():
    cities = {entry: {"city": city} for entry, city in zip("ABCDE", ["x", "x", "x", "y", "y"], strict=True)}
    ranking = ranked(one(A=5, B=4.5, C=4, D=3.5, E=3), cut=Cut(3, per_city=2), facts=cities)
    assert lines(ranking) == [
        ("A", 1, True, "goes_on"),
        ("B", 2, True, "goes_on"),
        ("C", 3, False, "city_full"),
        ("D", 4, True, "goes_on"),
        ("E", 5, False, "below_cut"),
    ]
    assert ranking.places[2].reason["figures"] == {"city": "x", "most": "2", "ahead": ["A", "B"]}


def test_a_tie_at_the_cut_waits_for_a_person_and_holds_the_place():
    ranking = ranked(one(A=5, B=4, C=4, D=3), cut=Cut(2))
    assert ranking.open == (("B", "C"),)
    assert lines(ranking)[1:] == [
        ("B", 2, False, "open_tie"),
        ("C", 2, False, "open_tie"),
        ("D", 4, False, "below_cut"),
    ]


def test_a_person_s_decision_settles_it():
    ranking = ranked(one(A=5, B=4, C=4), cut=Cut(2), decisions=[["B", "C"], ["C", "B"]])
    assert ranking.open == ()
    assert lines(ranking) == [
        ("A", 1, True, "goes_on"),
        ("C", 2, True, "won_tie"),
        ("B", 3, False, "lost_tie"),
    ]
    assert ranking.places[2].reason["figures"] == {
        "kind": "human", "code": "", "value": "2", "to": "C", "their_value": "1",
    }  # fmt: skip


def test_a_tie_inside_the_cut_needs_nobody():
    ranking = ranked(one(A=5, B=4, C=4, D=3), cut=Cut(3))
    assert ranking.open == ()
    assert [p.entry for p in ranking.places if p.advances] == ["A", "B", "C"]


def test_all_tied_at_the_cut_may_go_on():
    ranking = ranked(one(A=5, B=4, C=4, D=3), cut=Cut(2, all_tied_go_on=True))
    assert lines(ranking) == [
        ("A", 1, True, "goes_on"),
        ("B", 2, True, "goes_on_tied"),
        ("C", 2, True, "goes_on_tied"),
        ("D", 4, False, "below_cut"),
    ]


def test_a_tie_for_a_city_s_last_place_is_open_while_others_go_on():
    cities = {"A": {"city": "x"}, "B": {"city": "x"}, "C": {"city": "y"}}
    ranking = ranked(one(A=4, B=4, C=4), cut=Cut(2, per_city=1), facts=cities)
    assert ranking.open == (("A", "B"),)
    decided = ranked(one(A=4, B=4, C=4), cut=Cut(2, per_city=1), facts=cities, decisions=[["B", "A"]])
    assert {p.entry: p.reason["code"] for p in decided.places} == {"B": "goes_on", "A": "city_full", "C": "goes_on"}


def test_thresholds_keep_out_whatever_the_rank():
    """Vector N3 of the EIC pilot (C4), equal weights: medians 4.25, 4.25, 4.75 → 13.25 passes;
    4.25, 3.75, 5 → 13 but fails.

    Source: https://www.sunrise.co.il/post/eic-accelerator-evaluation-procedure (≥ 4 on each, ≥ 13 overall, medians).
    """
    eic = rule(
        [1, 1, 1], thresholds=[4, 4, 4], combine="weighted_sum", across="median", aggregate_at="criterion",
        threshold=13000, min_scorecards=4,
    )  # fmt: skip
    rows = {
        "A": [[4, 4, 4.5], [4.5, 4.5, 5], [3.5, 4, 4.5], [5, 5, 5]],
        "B": [[4, 3.5, 5], [4.5, 4, 5], [3, 3, 5], [5, 4.5, 5]],
        "C": [[4, 4, 4], [4, 4, 4], [4, 4, 4.5], [5, 5, 5]],
        "D": [[5, 5, 5]] * 3,
    }
    ranking = ranked(rows, eic)
    assert [(p.entry, p.result, p.advances, p.reason) for p in ranking.places] == [
        ("A", exact("13.25"), True, {"code": "goes_on", "figures": {}}),
        ("B", exact("13"), False, {"code": "below_criterion",
                "figures": {"criteria": [{"code": "c2", "value": "3.75", "needed": "4"}]}}),
        ("C", exact("12.25"), False, {"code": "below_threshold", "figures": {"value": "12.25", "needed": "13"}}),
        ("D", None, False, {"code": "too_few_scorecards", "figures": {"have": "3", "needed": "4"}}),
    ]  # fmt: skip


class TestChain:
    def test_the_mock_s_tie_is_settled_by_the_second_rule(self):
        """C and D equal, equal on the first criterion too; D is the younger firm."""
        chain = [Link("criterion", "c1"), Link("younger_firm"), Link("human")]
        facts = {"C": {"founded_on": "2020-01-01"}, "D": {"founded_on": "2021-06-01"}}
        ranking = ranked({"C": [[4, 3]], "D": [[4, 3]]}, rule([60, 40]), chain, Cut(1), facts)
        trace = ranking.ties[0]
        assert trace.groups == (("D",), ("C",))
        assert [(s.kind, s.values, s.groups) for s in trace.steps] == [
            ("criterion", {"C": "4", "D": "4"}, (("C", "D"),)),
            ("younger_firm", {"C": "2020-01-01", "D": "2021-06-01"}, (("D",), ("C",))),
        ]
        assert lines(ranking) == [("D", 1, True, "won_tie"), ("C", 2, False, "lost_tie")]
        assert trace.told["C"] == {"others": "1", "equal": "0", "kind": "younger_firm", "code": ""}
        assert ranking.places[1].reason["figures"]["kind"] == "younger_firm"

    @pytest.mark.parametrize(("kind", "winner"), [("highest_mark", "B"), ("lowest_mark", "A"), ("median", "B")])
    def test_links_that_look_at_scorecards(self, kind, winner):
        """A: 2, 3, 4 (mean 3, lowest 2); B: 1, 3.5, 4.5 (mean 3, highest 4.5, median 3.5)."""
        rows = {"A": [[2], [3], [4]], "B": [[1], [3.5], [4.5]]}
        assert ranked(rows, chain=[Link(kind)]).places[0].entry == winner

    def test_earlier_submission_and_unknown_dates_come_last(self):
        facts = {
            "A": {"submitted_at": ""},
            "B": {"submitted_at": "2027-01-05T12:00:00Z"},
            "C": {"submitted_at": "2027-01-05T11:59:59Z"},
        }
        assert [p.entry for p in ranked(one(A=4, B=4, C=4), chain=[Link("earlier_submission")],
                facts=facts).places] == [
            "C", "B", "A",
        ]  # fmt: skip
        dates = {"A": {}, "B": {"founded_on": "2019-01-01"}}
        assert [p.entry for p in ranked(one(A=4, B=4), chain=[Link("younger_firm")], facts=dates).places] == ["B", "A"]

    def test_a_link_refines_only_what_is_still_tied(self):
        chain = [Link("criterion", "c1"), Link("criterion", "c2")]
        rows = {"A": [[5, 1]], "B": [[3, 3]], "C": [[3, 3]], "D": [[1, 5]]}
        trace = ranked(rows, rule([1, 1]), chain).ties[0]
        assert trace.groups == (("A",), ("B", "C"), ("D",))
        assert trace.steps[1].values == {"B": "3", "C": "3"}
        assert trace.told["A"] == {"others": "3", "equal": "0", "kind": "criterion", "code": "c1"}
        assert trace.told["B"] == {"others": "3", "equal": "1", "kind": "criterion", "code": "c1"}

    def test_what_the_chain_told_apart_has_ranks_of_its_own(self):
        """Equal results 60 of A to D: A and D apart by the first criterion, B and C equal to the end;
        E behind them all."""
        chain = [Link("criterion", "c1"), Link("criterion", "c2")]
        rows = {"A": [[5, 1]], "B": [[3, 3]], "C": [[3, 3]], "D": [[1, 5]], "E": [[1, 1]]}
        ranking = ranked(rows, rule([1, 1]), chain)
        assert [(p.entry, p.rank, p.place) for p in ranking.places] == [
            ("A", 1, 1), ("B", 2, 2), ("C", 2, 3), ("D", 4, 4), ("E", 5, 5),
        ]  # fmt: skip

    def test_each_of_a_tie_is_told_by_which_link_it_stands_alone(self):
        """The first criterion takes A out, the second B and C apart; without any link nothing is told."""
        chain = [Link("criterion", "c1"), Link("criterion", "c2"), Link("human")]
        shape = {"combine": "weighted_sum", "across": "mean"}
        rows = {"A": [[4, 1, 1]], "B": [[2, 3, 1]], "C": [[2, 1, 3]]}
        [trace] = ranked(rows, rule([1, 1, 1], **shape), chain).ties
        assert [trace.told[entry]["code"] for entry in "ABC"] == ["c1", "c2", "c2"]
        [trace] = ranked(rows, rule([1, 1, 1], **shape), HUMAN).ties
        assert trace.told["A"] == {"others": "2", "equal": "2", "kind": "", "code": ""}


class TestCarry:
    def test_forty_and_sixty(self):
        """0.4 × 79.75 + 0.6 × 86.4 = 31.9 + 51.84 = 83.74."""
        assert carried([exact("79.75"), exact("86.4")], [40, 60], 2) == exact("83.74")

    def test_rounding_only_where_declared(self):
        assert carried([exact("0.01"), exact("0.01")], [40, 60], 1) == 0
        assert carried([Fraction(1, 3), Fraction(2, 3)], [50, 50], None) == Fraction(1, 2)

    def test_a_round_of_weight_zero_carries_nothing(self):
        assert carried([Fraction(90), Fraction(50)], [0, 60], None) == 50
        assert carried([Fraction(90)], [0], None) == 90

    def test_share_of_the_best_possible(self):
        """13.25 of 15 = 88 1/3 %."""
        assert share(exact("13.25"), Fraction(15)) == Fraction(265, 3)
        assert share(Fraction(3), Fraction(0)) == 0

    @pytest.mark.parametrize(("shares", "weights"), [([], []), ([Fraction(1)], [1, 2])])
    def test_one_weight_for_each_round(self, shares, weights):
        with pytest.raises(ValueError):
            carried(shares, weights, None)


totals = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 6), min_size=1)
cuts = st.builds(Cut, st.one_of(st.none(), st.integers(0, 5)), st.one_of(st.none(), st.integers(1, 3)), st.booleans())


def with_cities(rows):
    return {entry: {"city": "xyz"[ord(entry) % 3]} for entry in rows}


@given(totals, cuts, st.randoms())
def test_the_order_of_entries_never_matters(rows, cut, random):
    table = {entry: [[mark / 2]] for entry, mark in rows.items()}
    shuffled = dict(random.sample(list(table.items()), len(table)))
    assert ranked(table, cut=cut, facts=with_cities(rows)) == ranked(shuffled, cut=cut, facts=with_cities(rows))


@given(totals, cuts)
def test_ranks_count_the_better_and_no_limit_is_exceeded(rows, cut):
    ranking = ranked({entry: [[mark / 2]] for entry, mark in rows.items()}, cut=cut, facts=with_cities(rows))
    for place in ranking.places:
        assert place.rank == 1 + sum(other > rows[place.entry] for other in rows.values())
    ins = [p.entry for p in ranking.places if p.advances]
    if cut.count is not None and not cut.all_tied_go_on:
        assert len(ins) <= cut.count
    if cut.per_city is not None:
        cities = with_cities(rows)
        for city in "xyz":
            assert sum(cities[entry]["city"] == city for entry in ins) <= cut.per_city
    assert {p.entry for p in ranking.places} == set(rows)
    assert all(p.reason for p in ranking.places)


@given(totals, cuts)
def test_deciding_every_open_tie_leaves_none(rows, cut):
    table = {entry: [[mark / 2]] for entry, mark in rows.items()}
    decisions: list[list[str]] = []
    for _ in range(20):
        ranking = ranked(table, cut=cut, facts=with_cities(rows), decisions=decisions)
        if not ranking.open:
            break
        decisions.append(list(ranking.open[0]))
    assert ranking.open == ()
    if cut.count is not None and cut.per_city is None:
        ins = sum(p.advances for p in ranking.places)
        assert ins >= min(cut.count, len(rows))
