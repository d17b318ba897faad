"""How firm a standing is: scenarios worked by hand, chances in cases where they are known, the same answers in any order."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain import sensitivity
from judging.domain.rule import Correction, Group
from judging.domain.scenarios import Scoring, Standing, other_weights, scenarios, standing_of
from judging.domain.scoring import Marks, score_entries
from judging.domain.sensitivity import by_errors, by_jurors, stability
from judging.domain.severity import cards_of, correct
from tests.judging.domain.examples import exact, marks, rule

# Two criteria of equal weight. J3 alone keeps C out: without J3 it is A 80, C 70, B 60; with J3, B passes C.
ROWS = [
    ("A", "J1", [4, 4]), ("B", "J1", [3, 3]), ("C", "J1", [5, 2]),
    ("A", "J2", [4, 4]), ("B", "J2", [3, 3]), ("C", "J2", [5, 2]),
    ("A", "J3", [5, 3]), ("B", "J3", [4, 4]), ("C", "J3", [2, 1]),
]  # fmt: skip
RULE = rule([50, 50], decimals=2)


def found(kind, a_rule=RULE, rows=ROWS, places=2):
    scoring = Scoring(tuple(sorted({row[0] for row in rows})), places)
    return {(s.code, s.change): s for s in scenarios(a_rule, marks(rows), scoring) if s.kind == kind}


class TestScenarios:
    """Really: A 80, B (60 + 60 + 80) / 3 = 66.67, C (70 + 70 + 30) / 3 = 56.67; shortlist A, B."""

    def test_without_a_juror(self):
        dropped = found("juror")
        assert list(dropped) == [("J1", 0), ("J2", 0), ("J3", 0)]
        assert dropped["J1", 0].moved == ()
        third = dropped["J3", 0]
        assert (third.winners, third.winner_changes) == (("A",), False)
        assert (third.enters, third.leaves) == (("C",), ("B",))
        assert third.moved == (("B", 2, 3), ("C", 3, 2))

    def test_without_a_criterion(self):
        """By c1 alone: A 13/15, B 10/15, C 12/15. By c2 alone: A 11/15, B 10/15, C 5/15."""
        dropped = found("criterion")
        assert (dropped["c1", 0].enters, dropped["c1", 0].leaves) == ((), ())
        assert (dropped["c2", 0].enters, dropped["c2", 0].leaves) == (("C",), ("B",))

    def test_the_only_criterion(self):
        only = found("criterion", rule([1]), [("A", "J", [4]), ("B", "J", [3])])
        assert only["c1", 0].missing == "no_result"

    def test_weights_five_points_up_and_down(self):
        assert [(code, change, changed.weights) for code, change, changed in other_weights(rule([50, 30, 20]))][:4] == [
            ("c1", -5, (45_000_000, 33_000_000, 22_000_000)),
            ("c1", 5, (55_000_000, 27_000_000, 18_000_000)),
            ("c2", -5, (53_571_429, 25_000_000, 21_428_571)),
            ("c2", 5, (46_428_571, 35_000_000, 18_571_429)),
        ]

    def test_weights_of_a_sum_keep_their_sum(self):
        changed = next(changed for _, _, changed in other_weights(rule([3, 2], combine="weighted_sum")))
        assert changed.weights == (2750, 2250)

    def test_weights_of_groups_move_among_groups(self):
        """Plan 60, pitch 40; plan of two criteria, pitch of one: c3 has no sibling, so three criteria give four changes."""
        grouped = replace(rule([1, 1, 1]), groups=(Group("plan", 60_000), Group("pitch", 40_000)), group_of=(0, 0, 1))
        changes = {(code, change): changed for code, change, changed in other_weights(grouped)}
        assert set(changes) == {(code, change) for code in ("c1", "c2", "plan", "pitch") for change in (-5, 5)}
        assert [group.weight for group in changes["plan", 5].groups] == [65_000_000, 35_000_000]

    def test_a_weight_can_change_the_winner(self):
        """A 5 and 0, B 2 and 3.2: 50:50 puts B first (52 to 50), 55:45 puts A first (55 to 50.8)."""
        rows = [("A", "J", [5, 0]), ("B", "J", [2, 3.2])]
        changed = found("weights", rows=rows, places=1)
        assert {key: s.winners for key, s in changed.items() if s.winner_changes} == {
            ("c1", 5): ("A",),
            ("c2", -5): ("A",),
        }

    def test_raw_against_corrected(self):
        """D was marked by the severe juror alone, E by the mild one alone."""
        rows = [("A", "S", [1]), ("A", "M", [3]), ("B", "S", [2]), ("B", "M", [4]), ("C", "S", [1]), ("C", "M", [3.5])]
        rows += [("D", "S", [2.5]), ("E", "M", [4])]
        other = found("correction", rule([1]), rows, places=1)["severity", 0]
        assert (other.winners, other.enters, other.leaves) == (("D",), ("D",), ("E",))
        declared = rule([1], correction=Correction("severity", decimals=2))
        assert found("correction", declared, rows, places=1)["none", 0].winners == ("E",)

    def test_what_cannot_be_corrected_says_why(self):
        rows = [("A", "J", [4]), ("B", "J", [3])]
        assert found("correction", rule([1]), rows)["severity", 0].missing == "too_few"

    def test_any_scorer_will_do(self):
        """Whatever scores a round can be asked; here by the best single mark."""

        def best(a_rule, some):
            scores = score_entries(a_rule, ("A", "B", "C"), some)
            return standing_of({s.entry: max(s.card_totals, default=None) for s in scores}, 1)

        asked = [s for s in scenarios(RULE, marks(ROWS), best) if s.kind == "juror"]
        assert [s.winners for s in asked] == [("A", "B"), ("A", "B"), ("A",)]


def test_a_shortlist_with_ties_and_thresholds():
    results = {"A": exact(5), "B": exact(4), "C": exact(4), "D": exact(3), "E": None}
    assert standing_of(results, 2).shortlist == {"A", "B", "C"}
    assert standing_of(results, 2, out=["A"]) == Standing(
        {"A": 1, "B": 2, "C": 2, "D": 4, "E": None}, frozenset({"B", "C"})
    )
    assert standing_of(results, 2, out=["A"]).winners == ("B", "C")


class TestChances:
    def test_jurors_of_one_mind_leave_no_doubt(self):
        rows = [(e, f"J{j}", [v, v]) for e, v in (("A", 5), ("B", 4), ("C", 3)) for j in range(4)]
        got = by_jurors(RULE, marks(rows), Scoring(("A", "B", "C"), 1), draws=50, seed=1)
        assert [(c.entry, c.rank, c.first, c.low, c.high) for c in got] == [
            ("A", 1, 1.0, 1, 1), ("B", 2, 0.0, 2, 2), ("C", 3, 0.0, 3, 3)
        ]  # fmt: skip

    def test_two_jurors_against_each_other(self):
        """Juries JJ, JK, KJ, KK: A is first in JJ, both in JK and KJ, so each has three chances in four."""
        rows = [("A", "J", [5, 5]), ("B", "J", [1, 1]), ("A", "K", [1, 1]), ("B", "K", [5, 5])]
        got = by_jurors(RULE, marks(rows), Scoring(("A", "B"), 1), draws=4000, seed=1)
        assert [c.first for c in got] == pytest.approx([0.75, 0.75], abs=0.03)
        assert [(c.low, c.middle, c.high) for c in got] == [(1, 1, 2), (1, 1, 2)]

    def test_errors_of_two_results_give_the_normal_probability(self):
        """Two results two apart with errors 1 and 1: the better is first with Φ(2 / √2) = 0.9214."""
        rows = [(e, f"J{j}", [3 + (e == "A") + j % 2]) for e in "AB" for j in range(4)]
        fit = correct(cards_of(score_entries(rule([1]), "AB", marks(rows))), decimals=6)
        entries = [
            replace(row, value=v, corrected=exact(v), error=1.0) for row, v in zip(fit.entries, (9, 7), strict=True)
        ]
        got = by_errors(replace(fit, entries=tuple(entries)), places=1, draws=20_000, seed=3)
        assert got[0].first == pytest.approx(0.9214, abs=0.006)

    @pytest.mark.parametrize("fields", [{}, {"min_scorecards": 2}, {"decimals": None}])
    def test_the_quick_way_is_the_scorers_way(self, fields, monkeypatch):
        draw = np.random.default_rng(2)
        rows = [
            (e, f"J{j}", list(draw.integers(0, 11, 2) / 2)) for e in "ABCDE" for j in range(4) if draw.random() < 0.8
        ]
        a_rule, scoring = replace(RULE, **fields), Scoring(tuple("ABCDE"), 2)
        quick = by_jurors(a_rule, marks(rows), scoring, draws=40, seed=5)
        monkeypatch.setattr(sensitivity, "_is_mean_of_totals", lambda rule: False)
        assert by_jurors(a_rule, marks(rows), scoring, draws=40, seed=5) == quick

    def test_a_rule_that_takes_the_median(self):
        got = by_jurors(replace(RULE, across="median"), marks(ROWS), Scoring(("A", "B", "C"), 1), draws=20, seed=1)
        assert (got[0].entry, got[0].first) == ("A", 1.0)

    def test_nobody_scored(self):
        empty = Marks((), (), ((), ()))
        assert by_jurors(RULE, empty, Scoring(("A",), 1), draws=10, seed=1) == ()


def test_all_of_it():
    fit = correct(cards_of(score_entries(RULE, "ABC", marks(ROWS))), decimals=2)
    whole = stability(RULE, marks(ROWS), Scoring(("A", "B", "C"), 2), draws=30, seed=4)
    assert (whole.method, whole.draws, whole.seed, whole.places) == ("jurors", 30, 4, 2)
    assert {(s.kind, s.code) for s in whole.other_shortlists} == {("juror", "J3"), ("criterion", "c2")}
    assert whole.other_winners == ()
    assert stability(RULE, marks(ROWS), Scoring(("A", "B", "C"), 2), draws=30, seed=4, severity=fit).method == "errors"


@settings(max_examples=12, deadline=None)
@given(st.randoms())
def test_the_order_of_scorecards_makes_no_difference(random):
    scoring = Scoring(("A", "B", "C"), 2)
    shuffled = marks(random.sample(ROWS, len(ROWS)))
    assert stability(RULE, shuffled, scoring, draws=20, seed=4) == stability(
        RULE, marks(ROWS), scoring, draws=20, seed=4
    )
