"""A trimmed mean never loses a mark that was given: as many are dropped as declared while one is left,
else none. Worked by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.domain.marks.scoring import across
from tests.judging.domain import plain as frozen
from tests.judging.domain.examples import exact, rule
from tests.judging.domain.results.test_any_rules import file

TRIMMED = {"across": "trimmed_mean", "trim": "1", "min_scorecards": "3"}
AT = pytest.mark.parametrize("at", ["total", "criterion"])


def cards(*sheets):
    return {f"J{n}": dict(zip("xyz", sheet, strict=False)) for n, sheet in enumerate(sheets)}


def computed(sheets, rule=None, criteria=None, **inputs):
    """Criteria x and y of 0 to 5, per cent, one dropped at each end, three scorecards needed."""
    return frozen.compute(file(criteria or {"x": {}, "y": {}}, sheets, rule=TRIMMED | (rule or {}), **inputs))


X_ONLY = cards(["5", "1"], ["5", "1"], ["5", "n/a"])  # y: 1 and 1, from which one at each end leaves nothing


class TestWhatIsLeftOfTwoMarks:
    criteria = {"x": {}, "y": {"threshold": "2.5", "required": False}}

    def test_it_counts(self):
        """y is 1: (100 + 20) ÷ 2 = 60 %, below the 2.5 that y needs; B with 4 and 3 (70 %) is first."""
        sheets = {"A": X_ONLY, "B": cards(["4", "3"], ["4", "3"], ["4", "3"])}
        found = computed(
            sheets,
            {"aggregate_at": "criterion", "cut": {"count": "1", "per_city": "", "all_tied_go_on": False}},
            self.criteria,
        )
        assert {entry: (score.criteria[1], score.total) for entry, score in found.scores.items()} == {
            "A": (1, 60),
            "B": (3, 70),
        }
        assert [(p.entry, p.advances, p.reason["code"]) for p in found.ranking.places] == [
            ("B", True, "goes_on"), ("A", False, "below_criterion"),
        ]  # fmt: skip

    @AT
    def test_its_threshold_is_asked(self, at):
        """Total first: 60, 60 and 100 less one at each end is 60, too; y is asked all the same."""
        found = computed({"A": X_ONLY}, {"aggregate_at": at}, self.criteria)
        assert found.scores["A"].total == 60
        assert found.ranking.places[0].reason == {
            "code": "below_criterion", "figures": {"criteria": [{"code": "y", "value": "1", "needed": "2.5"}]},
        }  # fmt: skip

    @AT
    @pytest.mark.parametrize("combine", ["weighted_mean", "weighted_sum"])
    def test_other_ways_to_combine(self, at, combine):
        """Sums: 5 + 1 = 6, the third card 5 of 5 filled up to 10: 6, 6, 10. Means: 3, 3, 5."""
        total = {"weighted_mean": 3, "weighted_sum": 6}[combine]
        assert computed({"A": X_ONLY}, {"aggregate_at": at, "combine": combine}).scores["A"].total == total

    def test_two_dropped_at_each_end(self):
        """Six scorecards, five marks on y: three are left of six on x and one, the middle one, of five on y;
        of four none is dropped."""
        six = [["5", mark] for mark in ("0", "1", "2", "5", "5", "n/a")]
        how = {"trim": "2", "min_scorecards": "5", "aggregate_at": "criterion"}
        assert computed({"A": cards(*six)}, how).scores["A"].criteria == (5, 2)
        assert computed({"A": cards(*six[:1], *six[2:])}, how).scores["A"].criteria == (5, 3)

    def test_nobody_marked_it(self):
        """Then it has no result, leaves with its weight, and nothing is needed of it."""
        found = computed({"A": cards(*[["4", "n/a"]] * 3)}, {"aggregate_at": "criterion"}, self.criteria)
        assert (found.scores["A"].criteria, found.scores["A"].total) == ((4, None), 80)
        assert found.ranking.places[0].advances


class TestGroups:
    criteria = {"x": {"group": "gx"}, "y": {"group": "gy"}}

    def groups(self, needed):
        usual = {"parent": "", "weight": "1", "ranking_weight": "", "threshold": "", "combine": ""}
        return [usual | {"code": "gx"}, usual | {"code": "gy", "threshold": needed}]

    @AT
    def test_a_group_s_result_and_its_threshold(self, at):
        """gy: 20 % and 20 % of two jurors: 20, below 30. The total 60."""
        found = computed({"A": X_ONLY}, {"aggregate_at": at, "groups": self.groups("30")}, self.criteria)
        assert (found.scores["A"].groups, found.scores["A"].total) == ((100, 20), 60)
        assert found.ranking.places[0].reason["code"] == "below_group"

    @AT
    @pytest.mark.parametrize(("kind", "code"), [("group", "gy"), ("criterion", "y")])
    def test_a_tie_is_settled_by_what_was_given(self, at, kind, code):
        """All three of B are 4 and 2: 60, as A's 100 and 20. On y B's 2 is more than A's 1: B is first."""
        sheets = {"A": X_ONLY, "B": cards(*[["4", "2"]] * 3)}
        how = {"aggregate_at": at, "groups": self.groups(""), "ties": [{"kind": kind, "code": code}]}
        found = computed(sheets, how, self.criteria)
        assert [(p.entry, p.rank, p.result) for p in found.ranking.places] == [("B", 1, 60), ("A", 2, 60)]
        [step] = found.ranking.ties[0].steps
        assert step.values == ({"A": "20", "B": "40"} if kind == "group" else {"A": "1", "B": "2"})


class TestTotals:
    def test_fewer_totals_than_would_be_dropped(self):
        """Two scorecards where two are enough: 80 and 50, none is dropped. They make a result, not “too few”."""
        found = computed({"A": cards(["4", "4"], ["2", "3"])}, {"min_scorecards": "2"})
        assert (found.scores["A"].total, found.ranking.places[0].rank) == (65, 1)

    def test_peers_are_jurors_like_the_others_here(self):
        """One juror and one peer, one needed of each: 80 and 50, again 65;
        with a second juror's 0 the middle one, 50."""
        how = {"min_scorecards": "1", "min_peer_scorecards": "1"}
        two = cards(["4", "4"], ["2", "3"])
        assert computed({"A": two}, how, peers=["J1"]).scores["A"].total == 65
        assert computed({"A": cards(["4", "4"], ["2", "3"], ["0", "0"])}, how, peers=["J1"]).scores["A"].total == 50

    def test_the_weights_of_the_rank_on_what_applies_to_them(self):
        """For the rank only y weighs (x has next to no weight): of marks 1, 1 and none 1 of 5 is left."""
        criteria = {"x": {"ranking_weight": "0.001"}, "y": {"ranking_weight": "1000"}}
        found = computed({"A": X_ONLY}, {"aggregate_at": "criterion", "decimals": "1"}, criteria)
        assert (found.scores["A"].total, found.scores["A"].ranking) == (60, 20)

    def test_a_median_loses_nothing_either(self):
        assert computed({"A": X_ONLY}, {"across": "median", "aggregate_at": "criterion"}).scores["A"].total == 60


# ---- properties

values = st.lists(st.fractions(min_value=0, max_value=100, max_denominator=8), min_size=1, max_size=9)


@given(values, st.integers(0, 4))
def test_a_value_given_always_counts(given_, trim):
    """In the range of what was given; dropping what is declared where that leaves one;
    the plain mean where it does not."""
    found = across(rule([1], across="trimmed_mean", trim=trim), given_)
    assert min(given_) <= found <= max(given_)
    ordered = sorted(given_)
    kept = ordered[trim : len(ordered) - trim] or ordered
    assert found == sum(kept, Fraction(0)) / len(kept)


@given(values, st.integers(0, 4), st.randoms(use_true_random=False))
def test_the_order_of_jurors_never_matters(given_, trim, random):
    a_rule, shuffled = rule([1], across="trimmed_mean", trim=trim), list(given_)
    random.shuffle(shuffled)
    assert across(a_rule, given_) == across(a_rule, shuffled)


def test_nothing_given_is_nothing():
    assert across(rule([1], across="trimmed_mean", trim=1), []) is None
    assert across(rule([1], across="trimmed_mean", trim=1), [exact(1), exact(3)]) == 2
