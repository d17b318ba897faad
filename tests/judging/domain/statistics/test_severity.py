"""Severity: known effects are found again, a published example, and what the correction promises."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.marks.scoring import score_entries
from judging.domain.rule.values import Correction
from judging.domain.statistics.correction import corrected_results
from judging.domain.statistics.crossed import reml, two_way
from judging.domain.statistics.decimals import near_edge, settle, settle_all
from judging.domain.statistics.design import Design
from judging.domain.statistics.severity import Cards, correct
from tests.judging.domain.examples import marks, rule

# Davies and Goldsmith (1972), Statistical Methods in Research and Production, 4th ed., section 6.6: diameters (mm)
# around six samples of penicillin (columns A–F) on 24 plates (rows a–x); data set Penicillin of the R package lme4.
PENICILLIN = """
27 23 26 23 23 21  27 23 26 23 23 21  25 21 25 24 24 20  26 23 25 23 23 20  25 22 26 22 23 20  24 22 25 23 22 19
24 20 23 21 22 19  26 22 26 24 24 21  24 21 24 22 22 20  24 21 24 23 22 19  26 23 26 24 24 21  25 22 26 24 24 20
26 24 26 24 25 22  26 23 26 23 23 20  26 23 25 24 24 22  25 22 25 23 23 20  25 21 24 23 23 20  25 22 24 23 23 19
24 21 23 21 21 19  26 23 26 24 24 21  25 21 24 22 22 18  25 22 25 22 22 20  24 21 24 22 24 19  24 21 24 22 21 18
"""


def cards(rows) -> Cards:
    """rows: (entry, juror, total)."""
    rows = list(rows)
    return Cards(tuple(r[0] for r in rows), tuple(r[1] for r in rows), tuple(Fraction(str(r[2])) for r in rows))


def order(severity) -> list[list[str]]:
    """Entries by corrected result, best first, equal ones together."""
    by_value: dict = {}
    for effect in severity.entries:
        by_value.setdefault(effect.corrected, []).append(effect.entry)
    return [sorted(by_value[value]) for value in sorted(by_value, reverse=True)]


class TestPublishedExample:
    """lme4 (Bates et al. 2015, Journal of Statistical Software 67(1)), lmer(diameter ~ 1 + (1|plate) + (1|sample)),
    REML: standard deviations plate 0.8467, sample 1.9316, rest 0.5499; mean 22.9722, its error 0.8086; criterion
    330.8606."""

    def fit(self):
        values = np.array([float(value) for value in PENICILLIN.split()])
        plate, sample = np.divmod(np.arange(144), 6)
        return Design(plate, sample, values, 24, 6)

    def test_reml(self):
        found = reml(self.fit(), (1.0, 1.0))
        deviations = [round(v**0.5, 4) for v in (found.entries, found.jurors, found.residual)]
        assert deviations == [0.8467, 1.9316, 0.5499]
        assert round(found.mean, 4) == 22.9722
        assert round(found.mean_error, 4) == 0.8086
        assert round(found.criterion, 4) == 330.8606

    def test_predictions_are_means_drawn_to_the_general_mean(self):
        """In a complete design the prediction is the mean's difference × n·ratio / (1 + n·ratio) (Searle,
        Casella, McCulloch)."""
        design = self.fit()
        found = reml(design, (1.0, 1.0))
        plate_means = design.total.reshape(24, 6).mean(axis=1)
        pull = 6 * found.entries / (found.residual + 6 * found.entries)
        assert found.entry_blups == pytest.approx((plate_means - plate_means.mean()) * pull)

    def test_errors_of_predictions_as_the_whole_mixed_model_equations_give_them(self):
        """Henderson's equations written out for mean, 24 plates and 6 samples, and inverted as one matrix."""
        design = self.fit()
        found = reml(design, (1.0, 1.0))
        z = np.hstack([np.ones((144, 1)), np.eye(24)[design.entry], np.eye(6)[design.juror]])
        penalty = np.r_[0, np.full(24, found.residual / found.entries), np.full(6, found.residual / found.jurors)]
        covers = np.linalg.inv(z.T @ z + np.diag(penalty)) * found.residual
        assert found.entry_errors == pytest.approx(np.sqrt(np.diag(covers)[1:25]))
        assert found.juror_errors == pytest.approx(np.sqrt(np.diag(covers)[25:]))


def test_beside_a_corrected_result_stands_the_plain_mean():
    """Of A 60, 70 and 71: 67. B has one scorecard, C two that are equal."""
    found = correct(
        cards([("A", "S", 60), ("A", "M", 70), ("A", "N", 71), ("B", "M", 50), ("C", "S", 40), ("C", "N", 40)]),
        decimals=2,
    )
    assert {row.entry: (row.scorecards, row.raw) for row in found.entries} == {
        "A": (3, Fraction(67)),
        "B": (1, Fraction(50)),
        "C": (2, Fraction(40)),
    }


class TestKnownEffects:
    def design(self, entries=300):
        """Entries with 6 scorecards each by 30 jurors; deviations 4 between entries, 3 between jurors,
        2 for the rest."""
        draw = np.random.default_rng(7)
        entry = np.repeat(np.arange(entries), 6)
        juror = np.concatenate([draw.choice(30, 6, replace=False) for _ in range(entries)])
        effects, severities = draw.normal(60, 4, entries), draw.normal(0, 3, 30)
        total = effects[entry] + severities[juror] + draw.normal(0, 2, 6 * entries)
        return Design(entry, juror, total, entries, 30), effects, severities

    def test_variances(self):
        """Within three standard errors of the truth, for the sizes at hand (σ²·√(2/df))."""
        found = reml(self.design()[0], (1.0, 1.0))
        assert found.entries == pytest.approx(16, abs=3 * 16 * (2 / 299) ** 0.5)
        assert found.jurors == pytest.approx(9, abs=3 * 9 * (2 / 29) ** 0.5)
        assert found.residual == pytest.approx(4, abs=3 * 4 * (2 / 1471) ** 0.5)

    def test_the_end_is_the_same_from_elsewhere(self):
        design = self.design(entries=60)[0]
        found = reml(design, (1.0, 1.0))
        again = reml(design, (found.entries / found.residual * 1.2, found.jurors / found.residual * 0.7))
        assert again.criterion == pytest.approx(found.criterion, abs=1e-8)
        assert (again.entries, again.jurors) == pytest.approx((found.entries, found.jurors), rel=1e-6)

    @pytest.mark.parametrize("seed", range(6))
    def test_one_end_from_any_beginning_also_where_a_variance_is_nothing(self, seed):
        """Small noisy designs, in some of which the best variance of entries or of jurors is 0."""
        draw = np.random.default_rng(seed)
        entry, juror = np.divmod(np.arange(30), 5)
        total = draw.normal(0, (0.0, 1.0)[seed % 2], 6)[entry] + draw.normal(0, 0.5, 5)[juror] + draw.normal(0, 3, 30)
        design = Design(entry, juror, total, 6, 5)
        ends = [reml(design, ratios) for ratios in ((1.0, 1.0), (0.01, 20.0), (20.0, 0.01), (0.0, 0.0))]
        for end in ends:
            assert end.criterion == pytest.approx(ends[0].criterion, abs=1e-6)
            assert (end.entries, end.jurors) == pytest.approx((ends[0].entries, ends[0].jurors), rel=1e-3, abs=1e-3)
        assert all(end.entries >= 0 and end.jurors >= 0 for end in ends)

    def test_effects_and_their_errors(self):
        design, effects, severities = self.design()
        fixed = two_way(design)
        misses = (fixed.entry_effects - effects) / np.sqrt(fixed.entry_variance * fixed.residual)
        misses -= misses.mean()
        assert np.std(misses) == pytest.approx(1, abs=0.12)
        found = fixed.juror_effects - fixed.juror_effects.mean()
        assert found == pytest.approx(severities - severities.mean(), abs=1)

    def test_least_squares_as_numpy_solves_them(self):
        design = self.design(entries=60)[0]
        columns = np.hstack([np.eye(60)[design.entry], np.eye(30)[design.juror]])
        fitted = columns @ np.linalg.lstsq(columns, design.total, rcond=None)[0]
        ours = two_way(design)
        assert ours.entry_effects[design.entry] + ours.juror_effects[design.juror] == pytest.approx(fitted)


def test_by_hand():
    """J1 marks 10 below J2 on what both saw; C was seen by the severe one alone, D by the mild one alone.

    Pairs: A 50/60, B 60/70, so J2 − J1 = 10. The juror in the middle of two is the lower one, J1: J2's totals lose 10.
    A 50, B 60, C 58, D 68 − 10 = 58: C and D are level, while the raw means put D (68) before B (65).
    """
    found = correct(
        cards([("A", "J1", 50), ("A", "J2", 60), ("B", "J1", 60), ("B", "J2", 70), ("C", "J1", 58), ("D", "J2", 68)]),
        decimals=2,
    )
    assert found.corrected == {"A": 50, "B": 60, "C": 58, "D": 58}
    assert order(found) == [["B"], ["C", "D"], ["A"]]
    assert found.variances_missing == "no_rest"


class TestGuards:
    def test_two_juries_that_share_no_entry(self):
        rows = [(e, j, 50) for e in "AB" for j in ("J1", "J2")] + [(e, j, 70) for e in "CD" for j in ("J3", "J4")]
        found = correct(cards(rows), decimals=2, minimum=2)
        assert found.refused == "disconnected"
        assert [(part.entries, part.jurors) for part in found.parts] == [
            (("A", "B"), ("J1", "J2")),
            (("C", "D"), ("J3", "J4")),
        ]
        assert set(found.corrected.values()) == {None}

    def test_a_juror_below_the_minimum_has_no_severity_and_counts_as_given(self):
        rows = [("A", "J1", 50), ("A", "J2", 61), ("B", "J1", 60), ("B", "J2", 70), ("C", "J1", 58), ("C", "J2", 67)]
        found = correct(cards([*rows, ("D", "J3", 99)]), decimals=1)
        assert [(j.juror, j.estimated, j.effect) for j in found.jurors if not j.estimated] == [("J3", False, 0)]
        assert found.corrected["D"] == 99
        assert {e: v for e, v in found.corrected.items() if e != "D"} == correct(cards(rows), decimals=1).corrected

    @pytest.mark.parametrize(
        "rows",
        [
            [],
            [("A", "J1", 5)],
            [("A", "J1", 5), ("A", "J2", 6), ("A", "J3", 7)],
            [("A", "J1", 5), ("B", "J1", 6), ("C", "J1", 7)],
            [("A", "J1", 5), ("A", "J2", 6), ("B", "J1", 7)],
        ],
    )
    def test_too_few(self, rows):
        found = correct(cards(rows), decimals=2, minimum=1)
        assert (found.refused, found.variances) == ("too_few", None)
        assert set(found.corrected.values()) <= {None}

    def test_jurors_who_do_not_differ(self):
        """The best ratio for jurors is 0: the variance is 0, predictions are 0, and the correction still stands."""
        rows = [(f"E{e}", f"J{j}", 10 * e + [1, -1][(e + j) % 2] * (1 + e % 3)) for e in range(8) for j in range(4)]
        found = correct(cards(rows), decimals=2)
        assert found.variances.jurors == 0
        assert {juror.prediction for juror in found.jurors} == {0}

    def test_everyone_gave_the_same(self):
        found = correct(cards((f"E{e}", f"J{j}", 7) for e in range(4) for j in range(4)), decimals=2)
        assert set(found.corrected.values()) == {7}
        assert found.variances_missing == "no_rest"

    def test_an_entry_with_few_scorecards_is_not_drawn_to_the_mean_but_less_sure(self):
        rows = [(f"E{e}", f"J{j}", 50 + (e * 7 + j * 3) % 11) for e in range(6) for j in range(5)]
        found = correct(cards([*rows, ("Z", "J0", 90)]), decimals=2)
        by_entry = {effect.entry: effect for effect in found.entries}
        severity = next(juror.effect for juror in found.jurors if juror.juror == "J0")
        assert by_entry["Z"].value == pytest.approx(90 - severity)
        assert by_entry["Z"].error > 2 * by_entry["E1"].error

    def test_an_entry_with_too_few_scorecards_for_the_rule_gets_no_corrected_result(self):
        a_rule = rule([1], top=10, min_scorecards=3, correction=Correction("severity", decimals=2))
        rows = [(e, f"J{j}", [5 + (ord(e) + j) % 3]) for e in "ABC" for j in range(4)] + [("D", "J1", [9])]
        scores = score_entries(a_rule, "ABCDE", marks(rows))
        results = corrected_results(a_rule, scores)
        assert {entry for entry, result in results.items() if result is None} == {"D", "E"}


def test_rounding_sees_through_the_last_digits():
    assert [settle(2.1249999999999996, 2), settle(2.125, 2), settle(-2.125, 2)] == [
        Fraction("2.13"),
        Fraction("2.13"),
        Fraction("-2.13"),
    ]
    assert [near_edge(value, 2) for value in (2.125, 2.126, 2.124999995)] == [False, False, True]
    values = np.array([2.125, -2.125, 7.0, 0.0049999])
    assert settle_all(values, 2).tolist() == [int(settle(float(v), 2) * 100) for v in values]


@st.composite
def juries(draw):
    """A connected design in which every juror has the minimum, in steps of a half:
    entries in a ring, jurors by turns."""
    entries, jurors = draw(st.integers(4, 7)), draw(st.integers(3, 5))
    total = st.integers(0, 60).map(lambda n: n / 2)
    return [
        (f"E{e}", f"J{j}", draw(total))
        for e in range(entries)
        for j in range(jurors)
        if (e + j) % jurors != 1 or draw(st.booleans())
    ]


@settings(max_examples=20, deadline=None)
@given(juries(), st.data())
def test_a_severe_juror_turning_more_severe_moves_no_corrected_result(rows, data):
    """Below the juror in the middle, anything may be taken off a juror's marks: every rounded result stays, ties too,
    and so do results that rest on a juror without a severity."""
    rows = [*rows, ("E0", "new", data.draw(st.integers(0, 30)))]
    before = correct(cards(rows), decimals=2, minimum=2)
    severe = [juror.juror for juror in before.jurors if juror.effect < -1e-6]
    if before.refused or not severe:
        return
    who = data.draw(st.sampled_from(severe))
    less = data.draw(st.integers(1, 400)) / 4
    after = correct(cards((e, j, t - less if j == who else t) for e, j, t in rows), decimals=2, minimum=2)
    assert after.corrected == before.corrected


@settings(max_examples=20, deadline=None)
@given(juries(), st.data())
def test_a_constant_on_any_jurors_marks_moves_all_corrected_values_alike(rows, data):
    """Whoever the juror and whatever the constant: the values' differences stay, so their order does."""
    before = correct(cards(rows), decimals=2, minimum=2)
    if before.refused:
        return
    who = data.draw(st.sampled_from(sorted({j for _, j, _ in rows})))
    more = data.draw(st.integers(-400, 400)) / 4
    after = correct(cards((e, j, t + more if j == who else t) for e, j, t in rows), decimals=2, minimum=2)
    moves = [a.value - b.value for a, b in zip(after.entries, before.entries, strict=True)]
    assert moves == pytest.approx([moves[0]] * len(moves), abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(juries(), st.randoms())
def test_neither_the_order_of_scorecards_nor_the_names_of_jurors_matter(rows, random):
    before = correct(cards(rows), decimals=3, minimum=2)
    names = sorted({j for _, j, _ in rows})
    other = dict(zip(names, random.sample([f"X{n}" for n in range(len(names))], len(names)), strict=True))
    after = correct(cards((e, other[j], t) for e, j, t in random.sample(rows, len(rows))), decimals=3, minimum=2)
    assert after.corrected == before.corrected
    effects = {juror.juror: juror.effect for juror in after.jurors}
    assert [effects[other[j.juror]] for j in before.jurors] == pytest.approx(
        [j.effect for j in before.jurors], abs=1e-9
    )
    if before.variances:
        assert after.variances.rest == pytest.approx(before.variances.rest, rel=1e-4)


def test_decimals_that_no_column_holds_are_refused_and_the_last_that_fit_are_not():
    """In units of 15 decimals 1000 is 10^18, below 2^61; 10,000 is 10^19, above."""
    assert settle_all(np.array([1000.0]), 9).tolist() == [1000 * 10**9]
    with pytest.raises(OverflowError, match="^9 decimals are too many for such totals$"):
        settle_all(np.array([0.0, -10_000.0]), 9)
    assert settle_all(np.array([]), 9).tolist() == []
