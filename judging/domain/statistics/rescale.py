"""Totals rescaled so that every juror has the same mean and the same spread: a declared rule, never an afterthought.

Every scorecard's total is told as  (total − m) ÷ s  with m, s the mean and standard deviation of its juror's totals; an
entry's score is the mean of those. What a score is in units of the total, a function says:

to_all      M + S · score  with M, S the mean and standard deviation of all totals (the rule of XPRIZE and of the prizes
            run on Carrot, which do not say which standard deviation: we do).
stretched   scores are stretched evenly so that the lowest and the highest equal the lowest and the highest raw mean
            (the rule of Evalato).

The standard deviation divides by n (“population”) or by n − 1 (“sample”), as declared,
for jurors and for all totals alike.

What has no spread:
    few scorecards        with one, or fewer than `minimum`, a juror has no spread of their own: m and s are those of
                          all totals, so that their totals stay as they are
    all totals equal      a juror who tells no entry from another: every one of their scorecards has the score 0
    nobody has a spread   nothing to rescale by: results are the raw means
A recused or missing scorecard is not among the scorecards and enters no mean. Results become exact numbers with the
declared decimals before anything is ranked (decimals.py).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from judging.domain.statistics.decimals import near_edge, settle
from judging.domain.statistics.severity import Cards

POPULATION, SAMPLE = "population", "sample"
RESCALED, FEW, ALL_EQUAL = "rescaled", "few", "all_equal"


@dataclass(frozen=True)
class Means:
    """By entry the `raw` mean of its scorecards' totals and its mean `scores`; `mean` and `deviation` of all totals."""

    raw: Mapping[str, Fraction]
    scores: Mapping[str, float]
    mean: Fraction
    deviation: float


Values = Mapping[str, float]  # by entry, in units of the total


@dataclass(frozen=True)
class JurorScale:
    """`deviation` as declared, None with one scorecard. `treatment`: rescaled, few or all_equal."""

    juror: str
    scorecards: int
    mean: Fraction
    deviation: float | None
    treatment: str


@dataclass(frozen=True)
class RescaledEntry:
    """`score` is the mean of its scorecards' (total − m) ÷ s; `result` ranks."""

    entry: str
    raw: Fraction
    score: float
    value: float
    result: Fraction
    near_edge: bool


@dataclass(frozen=True)
class Rescaled:
    """`unchanged`: nobody has a spread, so results are the raw means. `deviation` is that of all totals (None:
    fewer than two)."""

    convention: str
    decimals: int
    mean: Fraction | None
    deviation: float | None
    unchanged: bool
    entries: tuple[RescaledEntry, ...]
    jurors: tuple[JurorScale, ...]

    @property
    def results(self) -> dict[str, Fraction]:
        """{entry: its rescaled result}, in units of the total."""
        return {row.entry: row.result for row in self.entries}


def to_all(means: Means) -> Values:
    """Every score as so many standard deviations of all totals from their mean."""
    return {entry: float(means.mean) + means.deviation * score for entry, score in means.scores.items()}


def stretched(means: Means) -> Values:
    """The lowest score as the lowest raw mean, the highest as the highest; all in the middle where scores are equal."""
    low, high = min(means.scores.values()), max(means.scores.values())
    least, most = float(min(means.raw.values())), float(max(means.raw.values()))
    if high - low < 1e-12:  # nothing to stretch
        return dict.fromkeys(means.scores, (least + most) / 2)
    return {entry: least + (most - least) * (score - low) / (high - low) for entry, score in means.scores.items()}


def rescale(
    cards: Cards,
    *,
    values: Callable[[Means], Values] = to_all,
    convention: str = POPULATION,
    decimals: int,
    minimum: int = 2,
) -> Rescaled:
    """Results by entry and scales by juror, in the order of their names. ValueError for another convention."""
    if convention not in (POPULATION, SAMPLE):
        raise ValueError(convention)
    mean, deviation = _mean_and_deviation(cards.totals, convention)
    scales = {scale.juror: scale for scale in _scales(cards, convention, minimum)}
    unchanged = not any(scale.treatment == RESCALED for scale in scales.values())
    raw: dict[str, list[Fraction]] = {}
    scores: dict[str, list[float]] = {}
    for entry, juror, total in sorted(zip(cards.entries, cards.jurors, cards.totals, strict=True)):
        raw.setdefault(entry, []).append(total)
        scores.setdefault(entry, []).append(_score(total, scales[juror], mean, deviation))
    means = {entry: sum(totals, Fraction(0)) / len(totals) for entry, totals in raw.items()}
    mean_scores = {entry: sum(told) / len(told) for entry, told in scores.items()}
    found: Mapping[str, float | Fraction] = means
    if mean is not None and deviation is not None and not unchanged:  # somebody has a spread
        found = values(Means(means, mean_scores, mean, deviation))
    return Rescaled(
        convention=convention,
        decimals=decimals,
        mean=mean,
        deviation=deviation,
        unchanged=unchanged,
        entries=tuple(
            RescaledEntry(
                entry=entry,
                raw=means[entry],
                score=mean_scores[entry],
                value=float(found[entry]),
                result=settle(float(found[entry]), decimals),
                near_edge=near_edge(float(found[entry]), decimals),
            )
            for entry in sorted(means)
        ),
        jurors=tuple(scales[juror] for juror in sorted(scales)),
    )


def _scales(cards: Cards, convention: str, minimum: int) -> list[JurorScale]:
    totals: dict[str, list[Fraction]] = {}
    for juror, total in zip(cards.jurors, cards.totals, strict=True):
        totals.setdefault(juror, []).append(total)
    scales = []
    for juror, given in totals.items():
        mean, deviation = _mean_and_deviation(given, convention)
        assert mean is not None  # of what they gave
        few = len(given) < max(minimum, 2)
        treatment = FEW if few else RESCALED if len(set(given)) > 1 else ALL_EQUAL
        scales.append(JurorScale(juror, len(given), mean, deviation, treatment))
    return scales


def _mean_and_deviation(totals: Sequence[Fraction], convention: str) -> tuple[Fraction | None, float | None]:
    """Exact but for the root; without a deviation for a single total, in either convention."""
    if not totals:
        return None, None
    mean = sum(totals, Fraction(0)) / len(totals)
    if len(totals) < 2:
        return mean, None
    squares = sum(((total - mean) ** 2 for total in totals), Fraction(0))
    return mean, sqrt(squares / (len(totals) - (convention == SAMPLE)))


def _score(total: Fraction, scale: JurorScale, mean: Fraction | None, deviation: float | None) -> float:
    if scale.treatment == ALL_EQUAL or not deviation:
        return 0.0
    if scale.treatment == FEW:
        assert mean is not None
        return float(total - mean) / deviation
    assert scale.deviation is not None  # it has a spread of its own
    return float(total - scale.mean) / scale.deviation
