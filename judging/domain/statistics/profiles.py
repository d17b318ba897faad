"""Each juror against the others: how severe, how spread, how much of one mind with them, and what is worth a talk.

A flag is an occasion to talk, never a reason to leave a juror out, and nothing in the product does so.

    severe, mild     marks the same entries lower (higher) than the others did, by more than CLEAR standard errors and
                     by more than SHARE of the deviation of all totals
    narrow, wide     the deviation of the juror's totals is less than half (more than twice) the middle one of all
                     jurors
    all_equal        gave the same total every time, three times or more
    against          the order of the juror's totals runs against the others' means (rank correlation below 0, ENOUGH
                     entries)
    few              fewer than FEW scorecards: too little to say any of this

Agreement is Spearman's rank correlation with the mean of the others' totals on the same entries. What can't be computed
holds a reason: too_few, no_variation.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt
from statistics import median

from judging.domain.statistics.reliability import NO_VARIATION, TOO_FEW, Row, mean_places

FEW, ENOUGH, CLEAR, SHARE = 3, 5, 2, 0.5


@dataclass(frozen=True)
class Profile:
    """`difference`: mean of own total less the others' mean, over `shared` entries, with its standard error;
    `deviation`: of own totals (n − 1). Numbers that can't be had are None; `agreement_missing` says why there is no
    agreement.
    """

    juror: str
    scorecards: int
    mean: Fraction
    deviation: float | None
    shared: int
    difference: float | None
    difference_error: float | None
    agreement: float | None
    agreement_missing: str
    flags: tuple[str, ...]


def profiles(rows: Iterable[Row]) -> tuple[Profile, ...]:
    """rows: (entry, juror, total); jurors in the order of their names."""
    rows = sorted(rows)
    by_juror: dict[str, list[tuple[str, Fraction]]] = {}
    by_entry: dict[str, list[Fraction]] = {}
    for entry, juror, total in rows:
        by_juror.setdefault(juror, []).append((entry, Fraction(total)))
        by_entry.setdefault(entry, []).append(Fraction(total))
    sums = {entry: (sum(totals, Fraction(0)), len(totals)) for entry, totals in by_entry.items()}
    everyone = _deviation([Fraction(total) for _, _, total in rows])
    deviations = {juror: _deviation([total for _, total in own]) for juror, own in by_juror.items()}
    known = [value for value in deviations.values() if value is not None]
    middle = median(known) if known else None
    return tuple(
        _profile(juror, by_juror[juror], sums, everyone, middle, deviations[juror]) for juror in sorted(by_juror)
    )


def _profile(
    juror: str,
    own: Sequence[tuple[str, Fraction]],
    sums: Mapping[str, tuple[Fraction, int]],
    everyone: float | None,
    middle: float | None,
    deviation: float | None,
) -> Profile:
    pairs = [(total, (sums[entry][0] - total) / (sums[entry][1] - 1)) for entry, total in own if sums[entry][1] > 1]
    gaps = [mine - theirs for mine, theirs in pairs]
    difference = float(sum(gaps, Fraction(0)) / len(gaps)) if gaps else None
    spread = _deviation(gaps)
    error = None if spread is None else spread / sqrt(len(gaps))
    agreement, missing = _rank_correlation(pairs)
    profile = Profile(
        juror=juror,
        scorecards=len(own),
        mean=sum((total for _, total in own), Fraction(0)) / len(own),
        deviation=deviation,
        shared=len(pairs),
        difference=difference,
        difference_error=error,
        agreement=agreement,
        agreement_missing=missing,
        flags=(),
    )
    return replace(profile, flags=tuple(_flags(profile, everyone, middle)))


def _flags(profile: Profile, everyone: float | None, middle: float | None) -> Iterable[str]:
    if profile.scorecards < FEW:
        yield "few"
        return
    if profile.difference is not None and profile.difference_error is not None and everyone:
        clear = abs(profile.difference) > max(CLEAR * profile.difference_error, SHARE * everyone)
        if clear and profile.shared >= FEW:
            yield "severe" if profile.difference < 0 else "mild"
    if not profile.deviation:
        yield "all_equal"
    elif middle and profile.deviation < middle / 2:
        yield "narrow"
    elif middle and profile.deviation > middle * 2:
        yield "wide"
    if profile.agreement is not None and profile.agreement < 0 and profile.shared >= ENOUGH:
        yield "against"


def _rank_correlation(pairs: Sequence[tuple[Fraction, Fraction]]) -> tuple[float | None, str]:
    if len(pairs) < FEW:
        return None, TOO_FEW
    middle = Fraction(len(pairs), 2)
    one, other = (_places(column) for column in zip(*pairs, strict=True))
    squares = [sum(((rank - middle) ** 2 for rank in ranks), Fraction(0)) for ranks in (one, other)]
    if not all(squares):
        return None, NO_VARIATION
    together = sum(((a - middle) * (b - middle) for a, b in zip(one, other, strict=True)), Fraction(0))
    return float(together) / sqrt(squares[0] * squares[1]), ""


def _places(column: Sequence[Fraction]) -> list[Fraction]:
    """Mean ranks, all a half lower."""
    places = mean_places(Counter(column))
    return [places[value] for value in column]


def _deviation(totals: Sequence[Fraction]) -> float | None:
    """The sample deviation; None for fewer than two."""
    if len(totals) < 2:
        return None
    mean = sum(totals, Fraction(0)) / len(totals)
    return sqrt(sum(((total - mean) ** 2 for total in totals), Fraction(0)) / (len(totals) - 1))
