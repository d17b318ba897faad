"""What stands beside a standing follows the rule that made it:
with nothing changed it is the standing, for any rule."""

from fractions import Fraction

import pytest
from hypothesis import assume, given

from judging.domain.rule.reading import rule_of
from judging.domain.rule.stated import StatedRule
from judging.domain.rule.values import Correction
from judging.domain.statistics.correction import CannotCorrect, severity_of, with_points_off
from judging.domain.statistics.scenarios import other_weights
from tests.judging.domain import plain as frozen
from tests.judging.domain.plain import replay_of, severity_part
from tests.judging.domain.rules import files
from tests.judging.domain.statistics.files import SOME, card, of_corrected, read, report_of, standings


class TestNothingChanged:
    """Each way of settling a round again gives its standing when there is nothing to settle otherwise."""

    def expected(self, file):
        outcome = frozen.compute(file)
        assume(not outcome.uncorrected)
        round = replay_of(file)
        ranks = {place.entry: place.rank for place in outcome.ranking.places}
        on = {place.entry for place in outcome.ranking.places if place.advances}
        waiting = on.union(outcome.ranking.undecided, *outcome.ranking.open)
        assert round.standing.ranks == ranks
        assert not round.by_cut or round.standing.shortlist == waiting
        return round

    @SOME
    @given(files())
    def test_the_same_jury(self, file):
        round = self.expected(file)
        once = dict.fromkeys(round.given_by, 1)
        assert [s.ranking for s in round.drawn(once)] == [s.ranking for s in round.scores]
        assert round.settled(round.rule, round.drawn(once)) == round.standing
        scores, lowered = round.without_juror("somebody else")
        assert (scores, lowered) == (round.scores, ())

    @SOME
    @given(files())
    def test_the_same_weights(self, file):
        round = self.expected(file)
        for _code, _change, changed in other_weights(round.rule, points=0) if round.marks else ():
            assert round.settled(changed, round.scored(changed, round.entries)) == round.standing

    @SOME
    @given(files())
    def test_no_error(self, file):
        file["rule"] |= {"across": "mean", "aggregate_at": "total"}
        assume("ballot" not in file["rule"])
        file["rule"]["correction"] |= {"kind": "severity", "decimals": "1"}
        round = self.expected(file)
        fit = severity_of(round.rule, round.scores)
        values = with_points_off(round.rule, round.scores, {row.entry: row.corrected for row in fit.entries})
        assert round.settled(round.rule, round.scores, values) == round.standing

    @SOME
    @given(files())
    def test_the_table_of_totals_and_corrected_results(self, file):
        outcome = frozen.compute(file)
        assume(not outcome.uncorrected)
        part, rows = severity_part(outcome, file), standings(file)
        kind = outcome.rule.correction.kind
        for row in part.get("entries", []):
            real = rows[row["entry"]]
            if kind == "none":
                assert (row["raw"], row["rank_raw"]) == (real.ranking, real.rank)
            if kind == "severity":
                assert (row["corrected"], row["rank_corrected"]) == (real.corrected, real.rank)

    @SOME
    @given(files())
    def test_a_juror_less_never_leaves_an_entry_unranked_that_has_a_scorecard_left(self, file):
        round = self.expected(file)
        for juror in round.given_by:
            scores, _lowered = round.without_juror(juror)
            for before, after in zip(round.scores, scores, strict=True):
                rest = [code for code, _total in before.cards if code != juror]
                alone = not [code for code in rest if code not in round.peers]
                assert (after.total is None) == (before.total is None or alone)


class TestCarried:
    """Round 1 weighs 60, round 2 weighs 40: A 0.6 × 95 + 0.4 × 70 = 85, B 66, C 46.
    By this round alone B would be first."""

    MARKS = {"A": (68, 70, 72), "B": (73, 75, 77), "C": (38, 40, 42)}
    FILE = read(
        rule={"criteria": [{"code": "c", "scale_max": "100"}], "cut": {"count": "1"}},
        entries=[{"code": code} for code in MARKS],
        scorecards=[card(e, f"J{n}", mark) for e, marks in MARKS.items() for n, mark in enumerate(marks)],
        round={"order": "2", "weight": "40"},
        carried=[{"order": "1", "weight": "60", "shares": {"A": "95", "B": "60", "C": "50"}}],
    )

    def test_every_draw_and_every_scenario_counts_the_earlier_round(self):
        part = report_of(self.FILE)["stability"]
        assert [row["final"] for row in report_of(self.FILE)["standings"]] == ["85", "66", "46"]
        assert [(row["entry"], row["rank"], row["first"], row["low"], row["high"]) for row in part["entries"]] == [
            ("A", "1", "1", "1", "1"), ("B", "2", "0", "2", "2"), ("C", "3", "0", "3", "3"),
        ]  # fmt: skip
        told = [row for row in part["scenarios"] if "missing" not in row]
        assert {tuple(row["winners"]) for row in told} == {("A",)}
        assert {row["kind"] for row in told} == {"juror", "correction"}

    def test_so_does_the_corrected_table(self):
        rows = report_of(self.FILE)["severity"]["entries"]
        assert [(row["entry"], row["raw"], row["rank_raw"], row["rank_corrected"]) for row in rows] == [
            ("A", "70", "1", "1"), ("B", "75", "2", "2"), ("C", "40", "3", "3"),
        ]  # fmt: skip


# fmt: skip
CARDS = [
    ("E1", "A", 8),
    ("E1", "B", 6),
    ("E2", "A", 7),
    ("E2", "B", 5),
    ("E3", "A", 9),
    ("E3", "B", 7),
    ("E4", "A", 6),
    ("E4", "B", 4.5),
    ("E4", "C", 1),
    ("E3", "C", 4),
]


class TestCorrected:
    def test_the_declared_least_number_of_scorecards_holds_beside_the_standing_too(self):
        """Juror C has two scorecards, and two are enough: C's severity is taken out,
        in the standing and in the table."""
        file = of_corrected(CARDS, "6", "2")
        right = {"E3": "7.104167", "E1": "6.0625", "E2": "5.0625", "E4": "4.270833"}
        assert {code: row.corrected for code, row in standings(file).items()} == right
        assert report_of(file)["declared"] == "severity"
        part = report_of(file)["severity"]
        assert (part["minimum"], {row["entry"]: row["corrected"] for row in part["entries"]}) == ("2", right)

    def test_points_off_too(self):
        late = {"code": "late", "kind": "penalty", "weight": "2", "scale_max": "9"}
        breach = [{"entry": "E3", "code": "late", "breaches": "1"}]
        file = of_corrected([*CARDS, ("E1", "C", 5)], "4", "3", criteria=[late], penalties=breach)
        real = standings(file)["E3"]
        assert (real.corrected, real.rank) == ("4.8681", "3")
        [row] = [row for row in report_of(file)["severity"]["entries"] if row["entry"] == "E3"]
        assert (row["corrected"], row["rank_corrected"]) == ("4.8681", "3")

    def test_a_rule_that_corrects_is_drawn_with_points_off(self):
        """100 points off E3, which would be first: it is last in every draw."""
        late = {"code": "late", "kind": "penalty", "weight": "100", "scale_max": "9"}
        breach = [{"entry": "E3", "code": "late", "breaches": "1"}]
        file = of_corrected([*CARDS, ("E1", "C", 5)], "4", "3", criteria=[late], penalties=breach)
        part = report_of(file)["stability"]
        [row] = [row for row in part["entries"] if row["entry"] == "E3"]
        assert (part["method"], row["low"], row["high"]) == ("errors", "4", "4")


class TestOtherBallots:
    def lists(self, *orders):
        # fmt: skip
        rule = {
            "criteria": [],
            "ballot": "ranking",
            "lists": {"counting": "points", "points": ["3", "2", "1"], "least": "1", "most": "3"},
            "min_scorecards": "3",
            "cut": {"count": "1"},
        }
        asked = ["A", "B", "C"]
        rows = [{"juror": f"J{n}", "asked": asked, "order": list(order)} for n, order in enumerate(orders, 1)]
        return read(rule=rule, entries=[{"code": code} for code in asked], lists=rows)

    def test_lists(self):
        """A 3 + 3 + 1 = 7, B 2 + 2 + 3 = 7 and C 4: a tie. Without J3 A is first, without J1 B;
        the least of three lists is lowered."""
        part = report_of(self.lists("ABC", "ABC", "BCA"))["stability"]
        told = {row["code"]: row for row in part["scenarios"]}
        assert {code: row["winners"] for code, row in told.items()} == {"J1": ["B"], "J2": ["B"], "J3": ["A"]}
        assert told["J1"]["lowered"] == ["A", "B", "C"]
        assert {row["kind"] for row in part["scenarios"]} == {"juror"}

    def test_nobody_can_be_called_severe_by_a_list(self):
        assert report_of(self.lists("ABC", "ABC", "BCA"))["severity"] == {"missing": "other_ballot"}

    def test_duels(self):
        """J2 alone likes B: without J2 only A is liked."""
        duels = [
            {"juror": j, "first": "A", "second": "B", "winner": w} for j, w in (("J1", "A"), ("J2", "B"), ("J3", "A"))
        ]
        rule = {"criteria": [], "ballot": "duels", "duels": {"each": "1"}, "decimals": "1", "cut": {"count": "1"}}
        part = report_of(read(rule=rule, entries=[{"code": "A"}, {"code": "B"}], duels=duels))["stability"]
        assert {row["code"]: row["winners"] for row in part["scenarios"]} == {
            "J1": ["A", "B"],
            "J2": ["A"],
            "J3": ["A", "B"],
        }
        chance = {row["entry"]: Fraction(row["first"]) for row in part["entries"]}
        assert chance["A"] > chance["B"] > 0

    def test_each_juror_s_share_of_duels_won(self):
        """J1 prefers A to B and to C, and B to C; J2 tells A and B not apart: a half each, and sees no C."""
        seen = (("J1", "A", "B", "A"), ("J1", "A", "C", "A"), ("J1", "B", "C", "B"), ("J2", "A", "B", ""))
        duels = [dict(zip(("juror", "first", "second", "winner"), row, strict=True)) for row in seen]
        rule = {"criteria": [], "ballot": "duels", "duels": {"each": "1"}, "decimals": "1"}
        file = read(rule=rule, entries=[{"code": code} for code in "ABC"], duels=duels)
        assert {entry: row.cards for entry, row in standings(file).items()} == {
            "A": {"J1": "100", "J2": "50"},
            "B": {"J1": "50", "J2": "50"},
            "C": {"J1": "0"},
        }


def test_a_correction_is_read_with_all_that_it_declares():
    declared = {"kind": "rescale", "deviation": "sample", "decimals": "3", "min_marks": "4"}
    file = read(
        rule={"criteria": [{"code": "c", "scale_max": "5"}], "correction": declared},
        entries=[{"code": "A"}],
        scorecards=[],
    )
    assert rule_of(StatedRule.from_data(file["rule"])).correction == Correction("rescale", "sample", 3, 4)


def test_a_wild_card_and_a_decision_hold_in_every_draw():
    """A 90; B and C 80, and a person put C first; D 10 goes on by a wild card. Two go on, and D."""
    marks = {"A": 90, "B": 80, "C": 80, "D": 10}
    file = read(
        rule={"criteria": [{"code": "c", "scale_max": "100"}], "cut": {"count": "2"}},
        entries=[{"code": code} for code in marks],
        scorecards=[card(entry, f"J{n}", mark) for entry, mark in marks.items() for n in range(3)],
        decisions=[["C", "B"]],
        cut_decisions=[{"entry": "D", "kind": "wild_card"}],
    )
    part = report_of(file)["stability"]
    assert {row["entry"]: row["first"] for row in part["entries"]} == {"A": "1", "B": "0", "C": "1", "D": "1"}
    assert not any(row.get("enters") or row.get("leaves") for row in part["scenarios"])


def test_a_tie_that_only_a_person_can_settle_counts_for_all_of_it():
    marks = {"A": 90, "B": 80, "C": 80}
    file = read(
        rule={"criteria": [{"code": "c", "scale_max": "100"}], "cut": {"count": "2"}},
        entries=[{"code": code} for code in marks],
        scorecards=[card(entry, f"J{n}", mark) for entry, mark in marks.items() for n in range(3)],
    )
    part = report_of(file)["stability"]
    assert {row["entry"]: row["first"] for row in part["entries"]} == {"A": "1", "B": "1", "C": "1"}


def test_what_cannot_be_corrected_has_no_standing_to_compare_with():
    file = of_corrected([("E1", "A", 8), ("E2", "B", 6)], "2", "2")
    with pytest.raises(CannotCorrect, match="too_few"):
        _ = replay_of(file).standing
    assert report_of(file)["stability"] == {"missing": "too_few"}
