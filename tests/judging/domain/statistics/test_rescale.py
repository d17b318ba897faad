"""Mean and deviation per juror: the worked vector, the cases without a spread, and what holds for any marks."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.marks.scoring import score_entries
from judging.domain.rule.values import Correction
from judging.domain.statistics.correction import corrected_results
from judging.domain.statistics.rescale import rescale, stretched, to_all
from tests.judging.domain.examples import marks, rule
from tests.judging.domain.statistics.test_severity import cards

# N1: D would win by raw means, A wins by either rule; both put C last.
N1 = [("A", "J1", 60), ("B", "J1", 50), ("C", "J1", 40), ("A", "J2", 90), ("C", "J2", 80), ("D", "J2", 85),
      ("B", "J3", 70), ("C", "J3", 70), ("D", "J3", 100)]  # fmt: skip


def exactly(**values) -> dict[str, Fraction]:
    return {entry: Fraction(value) for entry, value in values.items()}


class TestWorkedVector:
    def test_raw_means(self):
        raw = {row.entry: row.raw for row in rescale(cards(N1), decimals=4).entries}
        assert raw == {"A": 75, "B": 60, "C": Fraction(190, 3), "D": Fraction("92.5")}

    def test_mean_scores_with_the_population_deviation(self):
        found = {row.entry: round(row.score, 4) for row in rescale(cards(N1), decimals=4).entries}
        assert found == {"A": 1.2247, "B": -0.3536, "C": -1.0522, "D": 0.7071}

    def test_to_the_mean_and_deviation_of_all(self):
        found = rescale(cards(N1), decimals=4)
        assert found.results == exactly(A="94.0273", B="65.2117", C="52.4562", D="84.5766")
        assert (round(float(found.mean), 4), round(found.deviation, 4)) == (71.6667, 18.2574)

    def test_stretched(self):
        found = rescale(cards(N1), values=stretched, decimals=4)
        assert found.results == exactly(A="92.5", B="69.9721", C="60", D="85.1115")

    def test_where_all_come_out_equal_there_is_nothing_to_stretch(self):
        """J1 prefers A by as much as J2 prefers B: both stay at their mean, 65."""
        rows = [("A", "J1", 60), ("B", "J1", 40), ("A", "J2", 70), ("B", "J2", 90)]
        assert rescale(cards(rows), values=stretched, decimals=2).results == exactly(A="65", B="65")

    def test_the_sample_deviation_by_hand(self):
        """J1: mean 50, squares 200, over 2: deviation 10, not 8.165; A from J1 scores +1."""
        one = rescale(cards(N1), convention="sample", decimals=4).jurors[0]
        assert (one.juror, one.mean, one.deviation) == ("J1", 50, 10)


class TestWithoutSpread:
    rows = (("A", "J1", 60), ("B", "J1", 40), ("A", "J2", 90), ("B", "J2", 70), ("C", "J2", 80))

    def test_a_single_scorecard_stays_as_it_is(self):
        found = rescale(cards([*self.rows, ("D", "J3", 55)]), decimals=2)
        assert found.results["D"] == 55
        assert [s.treatment for s in found.jurors] == ["rescaled", "rescaled", "few"]

    def test_fewer_scorecards_than_the_rule_asks_for(self):
        found = rescale(cards(self.rows), decimals=2, minimum=3)
        assert [s.treatment for s in found.jurors] == ["few", "rescaled"]

    def test_a_juror_who_gave_all_the_same_tells_nothing(self):
        found = rescale(cards([*self.rows, ("C", "J3", 10), ("D", "J3", 10)]), decimals=2)
        assert found.jurors[2].treatment == "all_equal"
        assert found.results["D"] == round(found.mean, 2)

    def test_nobody_has_a_spread(self):
        found = rescale(cards([("A", "J1", 60), ("B", "J1", 60), ("A", "J2", 80)]), decimals=2)
        assert found.unchanged
        assert found.results == {"A": 70, "B": 60}

    def test_no_scorecards(self):
        assert rescale(cards([]), decimals=2).results == {}


totals = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from(["J1", "J2", "J3"]), st.integers(0, 200).map(lambda n: n / 2)),
    min_size=2,
    max_size=12,
    unique_by=lambda row: row[:2],
)
ways = st.tuples(st.sampled_from([to_all, stretched]), st.sampled_from(["population", "sample"]))


@settings(max_examples=40, deadline=None)
@given(totals, ways, st.randoms())
def test_the_order_of_scorecards_never_matters(rows, way, random):
    values, convention = way
    before = rescale(cards(rows), values=values, convention=convention, decimals=3)
    after = rescale(cards(random.sample(rows, len(rows))), values=values, convention=convention, decimals=3)
    assert after == before


@settings(max_examples=40, deadline=None)
@given(totals, st.integers(-40, 40), st.integers(1, 4))
def test_how_a_juror_uses_the_scale_makes_no_difference(rows, more, times):
    """Another origin and unit for a juror with a spread leaves every entry's mean score alone."""
    found = rescale(cards(rows), decimals=3)
    if found.jurors[0].treatment != "rescaled" or any(s.treatment == "few" for s in found.jurors):
        return
    who = found.jurors[0].juror
    other = rescale(cards((e, j, t * times + more if j == who else t) for e, j, t in rows), decimals=3)
    assert [row.score for row in other.entries] == pytest.approx([row.score for row in found.entries], abs=1e-9)


def test_a_rule_that_declares_it_ranks_by_it():
    """N1 as marks out of 100: A before D under either correction, while the totals put D first."""
    scored = score_entries(
        rule([1], top=100, combine="weighted_mean"), "ABCD", marks((e, j, [total]) for e, j, total in N1)
    )
    for kind in ("rescale", "evalato"):
        declared = rule([1], top=100, combine="weighted_mean", correction=Correction(kind, decimals=1))
        results = corrected_results(declared, scored)
        assert sorted(results, key=results.get, reverse=True) == ["A", "D", "B", "C"]
