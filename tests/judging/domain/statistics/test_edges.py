"""Roundings that hang on next to nothing, by hand."""

from hypothesis import given

from tests.judging.domain.plain import edges_of
from tests.judging.domain.rules import files
from tests.judging.domain.statistics.files import SOME, card, of_corrected, read


class TestEdges:
    def test_of_what_is_left_after_points_off(self):
        """Jurors of one mind: corrected 8, 6 and 7. Half a hundredth off 6 is 5.995, on the edge of two decimals."""
        cards = [("E1", "A", 8), ("E1", "B", 8), ("E2", "A", 6), ("E2", "B", 6), ("E3", "A", 7), ("E3", "B", 7)]
        late = {"code": "late", "kind": "penalty", "weight": "0.005", "scale_max": "9"}
        breach = [{"entry": "E2", "code": "late", "breaches": "1"}]
        file = of_corrected(cards, "2", "2", criteria=[late], penalties=breach)
        assert ("E2", "5.995") in edges_of(file)

    def test_of_a_carried_result(self):
        """0.5 × 85 + 0.5 × 60 = 72.5, to whole numbers."""
        file = read(
            rule={"criteria": [{"code": "c", "scale_max": "100"}], "decimals": "2", "final_decimals": "0"},
            entries=[{"code": "A"}],
            scorecards=[card("A", "J", 60)],
            round={"order": "2", "weight": "50"},
            carried=[{"order": "1", "weight": "50", "shares": {"A": "85"}}],
        )
        assert edges_of(file) == [("A", "72.5")]

    def test_of_a_criterion_and_of_the_total_that_ranks(self):
        """c is 2.5 across jurors, to whole numbers: 3. With the weights of the rank 1 and
        3 the total is (3 + 3 × 4) ÷ 4 = 3.75."""
        # fmt: skip
        criteria = [
            {"code": "c", "scale_max": "5", "ranking_weight": "1"},
            {"code": "d", "scale_max": "5", "ranking_weight": "3"},
        ]
        cards = [{"entry": "A", "juror": j, "marks": {"c": c, "d": "4"}} for j, c in (("J", "2"), ("K", "3"))]
        # fmt: skip
        rule = {
            "criteria": criteria,
            "combine": "weighted_mean",
            "aggregate_at": "criterion",
            "decimals_criterion": "0",
            "decimals": "1",
        }
        assert edges_of(read(rule=rule, entries=[{"code": "A"}], scorecards=cards)) == [("A", "2.5"), ("A", "3.75")]

    def test_of_strengths_from_duels(self):
        """Nobody told them apart: 50 per cent each, an estimate far from an edge;
        with points at 1 decimal none is near."""
        duel = {"juror": "J", "first": "A", "second": "B", "winner": ""}
        rule = {"criteria": [], "ballot": "duels", "duels": {"each": "1"}, "decimals": "1"}
        file = read(rule=rule, entries=[{"code": "A"}, {"code": "B"}], duels=[duel])
        assert edges_of(file) == []

    @SOME
    @given(files())
    def test_every_edge_lies_on_a_half(self, file):
        for _entry, value in edges_of(file):
            assert "." in value or "/" in value
