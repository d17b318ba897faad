"""How firm a standing is: scenarios worked by hand, chances in cases where they are known,
the same answers in any order."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.marks.scoring import Marks
from judging.domain.results.frozen import Terms
from judging.domain.results.ranking import Cut
from judging.domain.rule.values import Correction, Group
from judging.domain.statistics.correction import severity_of
from judging.domain.statistics.replay import Replay
from judging.domain.statistics.scenarios import other_weights, scenarios
from judging.domain.statistics.sensitivity import by_errors, by_jurors, chances, draws_for, stability
from judging.domain.ties.chain import Facts
from tests.judging.domain.examples import marks, rule

# Two criteria of equal weight. J3 alone keeps C out: without J3 it is A 80, C 70, B 60; with J3, B passes C.
ROWS = [
    ("A", "J1", [4, 4]), ("B", "J1", [3, 3]), ("C", "J1", [5, 2]),
    ("A", "J2", [4, 4]), ("B", "J2", [3, 3]), ("C", "J2", [5, 2]),
    ("A", "J3", [5, 3]), ("B", "J3", [4, 4]), ("C", "J3", [2, 1]),
]  # fmt: skip
RULE = rule([50, 50], decimals=2)


def round_of(rows=ROWS, a_rule=RULE, places=2, **fields) -> Replay:
    """A first round from which the first `places` go on; `fields` are those of Terms and of Replay."""
    entries = fields.pop("entries", tuple(sorted({row[0] for row in rows})))
    facts = {entry: Facts() for entry in entries}
    plain = {"chain": (), "facts": facts, "decisions": (), "verdicts": {}, "earlier": (), "weight": 100}
    terms = Terms(**{name: fields.pop(name, value) for name, value in ({"cut": Cut(places)} | plain).items()})
    return Replay(a_rule, terms, entries, marks(rows) if rows else Marks((), (), ((), ())), **fields)


def found(kind, a_rule=RULE, rows=ROWS, places=2):
    return {(s.code, s.change): s for s in scenarios(round_of(rows, a_rule, places)) if s.kind == kind}


def drawn(round: Replay, draws: int, seed: int = 1):
    return chances(round.standing, by_jurors(round, draws=draws, seed=seed))


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
            ("c1", -5, (45_000, 33_000, 22_000)),
            ("c1", 5, (55_000, 27_000, 18_000)),
            ("c2", -5, (Fraction(375_000, 7), 25_000, Fraction(150_000, 7))),
            ("c2", 5, (Fraction(325_000, 7), 35_000, Fraction(130_000, 7))),
        ]

    def test_other_weights_are_exact(self):
        """Five points off c2 make 50:30:20 into 15:7:6. A 4, 3, 1 and B 2, 3, 6 are 87 then, both:
        not a rounding apart."""
        rows = [("A", "J", [4, 3, 1]), ("B", "J", [2, 3, 6])]
        changed = found("weights", rule([50, 30, 20], [10, 10, 10]), rows, places=1)
        assert changed["c2", -5].winners == ("A", "B")

    def test_weights_of_a_sum_keep_their_sum(self):
        changed = next(changed for _, _, changed in other_weights(rule([3, 2], combine="weighted_sum")))
        assert changed.weights == (2750, 2250)

    def test_weights_that_only_rank_move_on_their_own(self):
        """Totals weigh 50, 30 and 20, the rank 20, 30 and 50: five points more for c1 leave 45 of 50 and 75 of 80
        to the others."""
        otherwise = replace(rule([50, 30, 20]), ranking_weights=(20_000, 30_000, 50_000))
        changes = {(code, change): changed for code, change, changed in other_weights(otherwise)}
        assert changes["c1", 5].weights == (55_000, 27_000, 18_000)
        assert changes["c1", 5].ranking_weights == (25_000, 28_125, 46_875)

    def test_weights_of_groups_move_among_groups(self):
        """Plan 60, pitch 40; plan of two criteria, pitch of one:
        c3 has no sibling, so three criteria give four changes."""
        grouped = replace(rule([1, 1, 1]), groups=(Group("plan", 60_000), Group("pitch", 40_000)), group_of=(0, 0, 1))
        changes = {(code, change): changed for code, change, changed in other_weights(grouped)}
        assert set(changes) == {(code, change) for code in ("c1", "c2", "plan", "pitch") for change in (-5, 5)}
        assert [group.weight for group in changes["plan", 5].groups] == [65_000, 35_000]

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


class TestTheLeastNumber:
    """Three jurors, three scorecards needed: without one of them everybody would be unranked for that alone."""

    NEEDS = replace(RULE, min_scorecards=3)

    def test_is_lowered_by_the_juror_who_left(self):
        dropped = found("juror", self.NEEDS)
        assert dropped["J3", 0].lowered == ("A", "B", "C")
        assert (dropped["J3", 0].enters, dropped["J3", 0].leaves) == (("C",), ("B",))
        assert dropped["J3", 0].moved == found("juror")["J3", 0].moved

    def test_but_not_where_the_juror_gave_nothing(self):
        """D has two of three and no rank; without J1 it has two of three still."""
        rows = [*ROWS, ("D", "J2", [5, 5]), ("D", "J3", [5, 5])]
        dropped = found("juror", self.NEEDS, rows)
        assert dropped["J1", 0].lowered == ("A", "B", "C")
        assert [entry for entry, _real, _here in dropped["J1", 0].moved] == []

    def test_nor_does_it_rank_who_had_too_few(self):
        """D has two of three; without J2 it has one, and two would be needed."""
        rows = [*ROWS, ("D", "J2", [5, 5]), ("D", "J3", [5, 5])]
        assert "D" not in {entry for entry, _real, _here in found("juror", self.NEEDS, rows)["J2", 0].moved}

    def test_of_fellow_applicants_too(self):
        needs = replace(RULE, min_scorecards=1, min_peer_scorecards=2)
        round = round_of(a_rule=needs, peers=frozenset({"J1", "J2"}))
        dropped = {s.code: s for s in scenarios(round) if s.kind == "juror"}
        assert dropped["J1"].lowered == ("A", "B", "C")
        assert dropped["J3"].missing == "no_result"  # the only one who is no peer: one scorecard is always needed

    def test_a_juror_drawn_away_leaves_entries_with_the_scorecards_they_have(self):
        got = drawn(round_of(a_rule=replace(self.NEEDS, min_scorecards=3)), 30)
        assert [(c.entry, c.rank) for c in got] == [("A", 1), ("B", 2), ("C", 3)]


def test_who_goes_on_is_the_shortlist():
    """A and B are of one city, of which one goes on: C has the place, in every draw. D is below the bar of 50."""
    rows = [(e, j, [m, m]) for e, m in (("A", 5), ("B", 4), ("C", 3), ("D", 2)) for j in ("J1", "J2")]
    homes = {e: Facts(city=c) for e, c in (("A", "lyon"), ("B", "lyon"), ("C", "nice"), ("D", "metz"))}
    a_rule = replace(RULE, threshold=50_000)
    round = round_of(rows, a_rule, cut=Cut(3, per_city=1), facts=homes)
    assert round.standing.shortlist == {"A", "C"}
    assert [(c.entry, c.first) for c in drawn(round, 20)] == [("A", 1.0), ("B", 0.0), ("C", 1.0), ("D", 0.0)]


def test_where_nobody_is_cut_it_is_the_first_three():
    rows = [(e, "J", [m, m]) for e, m in (("A", 5), ("B", 4), ("C", 3), ("D", 3), ("E", 1))]
    assert round_of(rows, cut=Cut()).standing.shortlist == {"A", "B", "C", "D"}
    assert not round_of(rows, cut=Cut(5)).by_cut
    assert round_of(rows, cut=Cut(4)).by_cut


class TestChances:
    def test_jurors_of_one_mind_leave_no_doubt(self):
        rows = [(e, f"J{j}", [v, v]) for e, v in (("A", 5), ("B", 4), ("C", 3)) for j in range(4)]
        got = drawn(round_of(rows, places=1), 50)
        assert [(c.entry, c.rank, c.first, c.low, c.high) for c in got] == [
            ("A", 1, 1.0, 1, 1), ("B", 2, 0.0, 2, 2), ("C", 3, 0.0, 3, 3)
        ]  # fmt: skip

    def test_two_jurors_against_each_other(self):
        """Juries JJ, JK, KJ, KK: A is first in JJ, both in JK and KJ, so each has three chances in four."""
        rows = [("A", "J", [5, 5]), ("B", "J", [1, 1]), ("A", "K", [1, 1]), ("B", "K", [5, 5])]
        got = drawn(round_of(rows, cut=Cut(1, all_tied_go_on=True)), 4000)
        assert [c.first for c in got] == pytest.approx([0.75, 0.75], abs=0.03)
        assert [(c.low, c.middle, c.high) for c in got] == [(1, 1, 2), (1, 1, 2)]

    def test_errors_of_two_results_give_the_normal_probability(self):
        """Two results d apart, each with its standard error: the better is first with Φ(d ÷ √(e² + f²))."""
        from statistics import NormalDist

        noise = np.random.RandomState(4)
        rows = [
            (e, f"J{j}", [3 + (e == "A") * 0.3 + j % 3 / 2 + noise.randint(0, 10) / 10])
            for e in "ABC"
            for j in range(6)
        ]
        declared = rule([1], combine="weighted_mean", correction=Correction("severity", decimals=6))
        round = round_of([row for row in rows if row[0] != "C"], declared, places=1)
        fit = {row.entry: row for row in severity_of(declared, round.scores).entries}
        apart = (fit["A"].value - fit["B"].value) / (fit["A"].error ** 2 + fit["B"].error ** 2) ** 0.5
        whole = stability(round, draws=4000, seed=3)
        assert whole.method == "errors"
        assert whole.chances == chances(round.standing, by_errors(round, draws=4000, seed=3))
        assert {c.entry: c.first for c in whole.chances}["A"] == pytest.approx(NormalDist().cdf(apart), abs=0.03)

    def test_draws_of_large_rounds_are_fewer(self):
        assert [draws_for(entries) for entries in (0, 40, 100, 250, 5000)] == [1000, 1000, 1000, 400, 200]

    def test_a_rule_that_takes_the_median(self):
        got = drawn(round_of(a_rule=replace(RULE, across="median"), places=1), 20)
        assert (got[0].entry, got[0].first) == ("A", 1.0)

    def test_nobody_scored(self):
        assert drawn(round_of([], entries=("A",), places=1), 10) == ()


def test_all_of_it():
    whole = stability(round_of(), draws=30, seed=4)
    assert (whole.method, whole.draws, whole.seed, whole.places, whole.by_cut) == ("jurors", 30, 4, 2, True)
    assert {(s.kind, s.code) for s in whole.other_shortlists} == {("juror", "J3"), ("criterion", "c2")}
    assert whole.other_winners == ()


@settings(max_examples=12, deadline=None)
@given(st.randoms())
def test_the_order_of_scorecards_makes_no_difference(random):
    shuffled = round_of(random.sample(ROWS, len(ROWS)))
    assert stability(shuffled, draws=20, seed=4) == stability(round_of(), draws=20, seed=4)
