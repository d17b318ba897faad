"""Figures that docs/statistics.md sets beside those of other programs:
ours by the formulas, and where the others' come from."""

from fractions import Fraction

import numpy as np
import pytest

from judging.domain.statistics.reliability import ORDINAL, alpha, iccs
from judging.domain.statistics.severity import Cards, correct
from tests.judging.domain.statistics.test_reliability import KRIPPENDORFF, SHROUT_FLEISS, by_entry, by_juror

# Four entries, two jurors whose means are 5.25 and 5: they differ less than chance alone would have it.
JURORS_ALIKE = "8 6\n1 3\n9 7\n3 4"


def test_the_intraclass_correlations_are_those_of_the_formulas_where_jurors_hardly_differ():
    """Mean squares by hand: entries 129/8, jurors 1/8, rest 17/8. So ICC(3,1) is 56/73 and ICC(2,1) 56/69, as Shrout
    and Fleiss write them. psych's default fits a mixed model, whose variance of jurors can't be negative, and prints
    ICC(1,1), 58/71, for all three."""
    found = {measure.name: measure.value for measure in iccs(by_entry(JURORS_ALIKE))}
    assert (found["icc1"], found["icc2"], found["icc3"]) == (Fraction(58, 71), Fraction(56, 69), Fraction(56, 73))
    assert (round(float(found["icc2k"]), 3), round(float(found["icc3k"]), 3)) == (0.896, 0.868)


def fitted():
    rows = by_entry(SHROUT_FLEISS)
    return correct(Cards(*(tuple(column) for column in zip(*rows, strict=True))), decimals=2)


def test_the_error_of_a_severity_counts_that_the_general_mean_is_not_known():
    """Henderson's mixed model equations for the mean, six entries and four jurors of Shrout and Fleiss's table: 1.198.
    Without the line of the mean, that is as if it were known, 0.685, which is what lme4's conditional variances say."""
    fit = fitted()
    ours = {round(row.prediction_error, 3) for row in fit.jurors}
    known, unknown = (errors_of_jurors(fit.variances, with_mean=told) for told in (False, True))
    assert ours == {1.198} == {round(error, 3) for error in unknown}
    assert {round(error, 3) for error in known} == {0.685}


def errors_of_jurors(variances, *, with_mean: bool) -> list[float]:
    """Square roots of the diagonal of the inverse of the equations, the jurors' part."""
    entries, jurors = 6, 4
    design = [
        [1.0] * with_mean + [float(e == i) for i in range(entries)] + [float(j == i) for i in range(jurors)]
        for e in range(entries)
        for j in range(jurors)
    ]
    matrix = np.array(design).T @ np.array(design) / variances.rest
    prior = [0.0] * with_mean + [1 / variances.entries] * entries + [1 / variances.jurors] * jurors
    cover = np.linalg.inv(matrix + np.diag(prior))
    return np.sqrt(np.diag(cover)[-jurors:]).tolist()


def test_ordinal_alpha_takes_the_marks_between_and_not_gwets_weights():
    """Krippendorff's published 0.815 for his table. Gwet's “ordinal” weights, 1 − M(k, l) ÷ M(1, K) with M the number
    of pairs of categories from k to l, give 0.834 under the same name, which is what irrCAC prints."""
    rows = by_juror(KRIPPENDORFF)
    assert round(float(alpha(rows, ORDINAL).value), 3) == 0.815
    assert alpha_by(rows, gwets_ordinal) == pytest.approx(0.833638, abs=5e-7)


def gwets_ordinal(k: int, low: int, high: int) -> Fraction:
    """The disagreement of two marks that are k categories apart:
    pairs of categories among k + 1, over those of the whole scale."""
    most = high - low + 1
    return Fraction((k + 1) * k, most * (most - 1))


def alpha_by(rows, disagreement) -> float:
    """Alpha with another disagreement between two marks: observed over expected,
    from the pairs as Krippendorff counts them."""
    by_unit: dict[str, list[int]] = {}
    for entry, _juror, mark in rows:
        by_unit.setdefault(entry, []).append(int(mark))
    units = [marks for marks in by_unit.values() if len(marks) > 1]
    everything = [mark for marks in units for mark in marks]
    low, high = min(everything), max(everything)

    def apart(marks):
        return sum(
            disagreement(abs(a - b), low, high) for n, a in enumerate(marks) for m, b in enumerate(marks) if n != m
        )

    observed = sum(apart(marks) / (len(marks) - 1) for marks in units) / len(everything)
    expected = apart(everything) / (len(everything) * (len(everything) - 1))
    return float(1 - observed / expected)
