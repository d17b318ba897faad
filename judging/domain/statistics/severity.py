"""Standings corrected for how severe each juror is.

The corrected result of an entry is the mean of its scorecards' totals after each juror's severity is taken off.
Severities are least-squares effects of the two-way fit, that is: how much lower or higher a juror marks than others did
on the same entries. They are measured from the juror in the middle (the median of the effects, of an even number the
lower of the two), so that a corrected result reads “as the median juror would have marked”. It follows that

  - an entry with few scorecards is not drawn to the mean: its standard error is larger, its result is not smaller;
  - a constant added to one juror's marks leaves the order of corrected values alone, whatever the constant and whoever
    the juror, if every juror has a severity of their own: all values move by the same amount. As long as the juror in
    the middle stays the same (a severe juror who turns more severe), no value moves at all, and so neither do rounded
    ones.

Beside it stands the random-effects fit (REML): how much of the marks' variance lies in entries, jurors and the rest,
and the predictions of entries' and jurors' effects with their standard errors. Predictions shrink towards the mean;
they rank nothing.

Guards. A juror with fewer scorecards than `minimum` gets no severity of their own: effect 0, named by `estimated`
False; their scorecards count as given. Where the other jurors and entries fall into parts that share no scorecard,
nobody can say whether one part's jurors are severe or its entries weak: the correction is refused (“disconnected”) and
the parts are listed. It is refused (“too_few”) with fewer than two entries, two such jurors, or no scorecard more than
effects. Where the fit leaves no rest, the correction holds and the variances can't be told (“no_rest”); “not_settled”
if REML finds no end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from judging.domain.marks.scoring import Score
from judging.domain.statistics.corrected import MINIMUM, Fit, fit_design
from judging.domain.statistics.crossed import Mixed
from judging.domain.statistics.decimals import near_edge, settle
from judging.domain.statistics.design import Design


@dataclass(frozen=True)
class Cards:
    """Scorecards' totals as columns of equal length."""

    entries: tuple[str, ...]
    jurors: tuple[str, ...]
    totals: tuple[Fraction, ...]


@dataclass(frozen=True)
class Part:
    """Entries and jurors that share scorecards with each other and with no one else."""

    entries: tuple[str, ...]
    jurors: tuple[str, ...]


@dataclass(frozen=True)
class EntryEffect:
    """`corrected` ranks; `value` is the same before rounding and `error` its standard error, for comparing with an
    entry whose own error is added. `prediction` (BLUP, difference from the mean) comes with its own. `near_edge`: the
    last digit of `corrected` hangs on less than a billionth.
    """

    entry: str
    scorecards: int
    raw: Fraction
    corrected: Fraction | None
    value: float | None
    error: float | None
    near_edge: bool
    prediction: float | None
    prediction_error: float | None


@dataclass(frozen=True)
class JurorEffect:
    """`effect`: points above (mild) or below (severe) the juror in the middle; 0 where not `estimated`."""

    juror: str
    scorecards: int
    estimated: bool
    effect: float
    error: float | None
    prediction: float | None
    prediction_error: float | None


@dataclass(frozen=True)
class Variances:
    """How the variance of totals divides; the general mean with its standard error; −2 × restricted log-likelihood."""

    entries: float
    jurors: float
    rest: float
    mean: float
    mean_error: float
    criterion: float


@dataclass(frozen=True)
class Severity:
    """`refused` says why there is no correction, `variances_missing` why there are no variances;
    else they are empty."""

    decimals: int
    minimum: int
    refused: str
    variances_missing: str
    parts: tuple[Part, ...]
    variances: Variances | None
    entries: tuple[EntryEffect, ...]
    jurors: tuple[JurorEffect, ...]

    @property
    def corrected(self) -> dict[str, Fraction | None]:
        """{entry: its result corrected for severity, in units of the total; None where it can't be estimated}."""
        return {effect.entry: effect.corrected for effect in self.entries}


def cards_of(scores: Sequence[Score]) -> Cards:
    """The totals of all scorecards that count towards scores."""
    rows = [(score.entry, juror, total) for score in scores for juror, total in score.cards]
    return Cards(tuple(r[0] for r in rows), tuple(r[1] for r in rows), tuple(r[2] for r in rows))


def correct(cards: Cards, *, decimals: int, minimum: int = MINIMUM) -> Severity:
    """Corrected results by entry, severities by juror, in the order of their names."""
    import numpy as np

    entries, jurors = sorted(set(cards.entries)), sorted(set(cards.jurors))
    index_e, index_j = ({name: n for n, name in enumerate(names)} for names in (entries, jurors))
    design = Design(
        entry=np.array([index_e[name] for name in cards.entries], dtype=np.int64),
        juror=np.array([index_j[name] for name in cards.jurors], dtype=np.int64),
        total=np.array([float(total) for total in cards.totals]),
        entries=len(entries),
        jurors=len(jurors),
    )
    fit = fit_design(design, minimum)
    raw: Mapping[str, list[Fraction]] = {name: [] for name in entries}
    for name, total in zip(cards.entries, cards.totals, strict=True):
        raw[name].append(total)
    return Severity(
        decimals=decimals,
        minimum=minimum,
        refused=fit.refused,
        variances_missing=fit.variances_missing,
        parts=_parts(fit, entries, jurors),
        variances=_variances(fit.mixed),
        entries=tuple(_entry_effect(fit, n, name, raw[name], decimals) for n, name in enumerate(entries)),
        jurors=tuple(_juror_effect(fit, n, name, int(design.per_juror[n])) for n, name in enumerate(jurors)),
    )


def _parts(fit: Fit, entries: list[str], jurors: list[str]) -> tuple[Part, ...]:
    members: dict[int, tuple[list[str], list[str]]] = {}
    for place, names in enumerate((entries, jurors)):
        for name, label in zip(names, fit.parts[place].tolist(), strict=True):
            if label >= 0:
                members.setdefault(label, ([], []))[place].append(name)
    return tuple(sorted((Part(tuple(e), tuple(j)) for e, j in members.values()), key=lambda part: part.entries))


def _variances(mixed: Mixed | None) -> Variances | None:
    if mixed is None:
        return None
    m = mixed
    return Variances(m.entries, m.jurors, m.residual, m.mean, m.mean_error, m.criterion)


def _entry_effect(fit: Fit, n: int, name: str, totals: list[Fraction], decimals: int) -> EntryEffect:
    value = None if fit.values is None else float(fit.values[n])
    return EntryEffect(
        entry=name,
        scorecards=len(totals),
        raw=sum(totals, Fraction(0)) / len(totals),
        corrected=None if value is None else settle(value, decimals),
        value=value,
        error=None if fit.errors is None else float(fit.errors[n]),
        near_edge=value is not None and near_edge(value, decimals),
        prediction=float(fit.mixed.entry_blups[n]) if fit.mixed else None,
        prediction_error=float(fit.mixed.entry_errors[n]) if fit.mixed else None,
    )


def _juror_effect(fit: Fit, n: int, name: str, scorecards: int) -> JurorEffect:
    estimated = bool(fit.estimated[n]) and not fit.refused
    shown = fit.mixed if estimated else None
    return JurorEffect(
        juror=name,
        scorecards=scorecards,
        estimated=estimated,
        effect=float(fit.effects[n]),
        error=float(fit.effect_errors[n]) if estimated else None,
        prediction=float(shown.juror_blups[n]) if shown else None,
        prediction_error=float(shown.juror_errors[n]) if shown else None,
    )
