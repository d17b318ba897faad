"""How firmly a standing stands: each entry's chance of a place among the first, its range of ranks, and what would change it.

Chances come from drawing the round again many times, by one of two declared methods, with a declared seed:

    jurors   the jury is drawn anew, as many jurors with replacement (Efron's bootstrap); a juror drawn twice counts twice. An entry
             left with fewer scorecards than the rule asks for keeps its own scorecards in that draw.
    errors   every result is drawn from a normal distribution around its value with its standard error (for corrected results,
             whose errors severity.py gives), entries independent of each other.

An entry is among the first k in a draw when fewer than k entries are better. The range of ranks holds the middle 90 % of draws.
Draws decide nothing: they may use floats, and the standing itself stays what the rule says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from judging.domain.correction import CannotCorrect, is_corrected
from judging.domain.decimals import GUARD
from judging.domain.rule import AT_TOTAL, MEAN, Rule
from judging.domain.scenarios import Scenario, Scorer, Scoring, scenarios, take
from judging.domain.scoring import Marks
from judging.domain.severity import Severity

JURORS, ERRORS = "jurors", "errors"
INSIDE = 0.9


@dataclass(frozen=True)
class Chance:
    """`first`: share of draws in which the entry is among the first; `low` to `high`: its range of ranks; `rank`: the real one."""

    entry: str
    rank: int
    first: float
    low: int
    middle: int
    high: int


@dataclass(frozen=True)
class Stability:
    """For one table (`chances` by rank, `scenarios`) and one picture (each chance's range of ranks, beside `places`)."""

    places: int
    method: str
    draws: int
    seed: int
    chances: tuple[Chance, ...]
    scenarios: tuple[Scenario, ...]

    @property
    def other_winners(self) -> tuple[Scenario, ...]:
        return tuple(scenario for scenario in self.scenarios if scenario.winner_changes)

    @property
    def other_shortlists(self) -> tuple[Scenario, ...]:
        return tuple(scenario for scenario in self.scenarios if scenario.shortlist_changes)


def stability(
    rule: Rule, marks: Marks, scoring: Scoring, *, draws: int, seed: int, severity: Severity | None = None
) -> Stability:
    """Chances and scenarios of a round. With `severity` (the fit of a rule that corrects by it) draws are by its errors."""
    if severity and not severity.refused:
        chances = by_errors(severity, places=scoring.places, draws=draws, seed=seed)
    else:
        chances = by_jurors(rule, marks, scoring, draws=draws, seed=seed)
    method = ERRORS if severity and not severity.refused else JURORS
    return Stability(scoring.places, method, draws, seed, chances, scenarios(rule, marks, scoring))


def by_errors(severity: Severity, *, places: int, draws: int, seed: int) -> tuple[Chance, ...]:
    """Of corrected results, from their values and standard errors."""
    import numpy as np

    rows = [row for row in severity.entries if row.value is not None and row.error is not None]
    noise = np.random.default_rng(seed).standard_normal((draws, len(rows)))
    values = np.array([row.value for row in rows]) + noise * np.array([row.error for row in rows])
    real = {row.entry: row.corrected for row in rows}
    return _chances([row.entry for row in rows], real, _rounded(values, severity.decimals), places)


def by_jurors(rule: Rule, marks: Marks, scoring: Scoring, *, draws: int, seed: int) -> tuple[Chance, ...]:
    """Of any rule's results, from juries drawn anew. The order of scorecards makes no difference."""
    import numpy as np

    jurors = sorted(set(marks.jurors))
    if not jurors:
        return ()
    drawn = np.random.default_rng(seed).integers(0, len(jurors), (draws, len(jurors)))
    times = np.stack([np.bincount(row, minlength=len(jurors)) for row in drawn])
    scores = scoring.scores(rule, marks, scoring.entries)
    real = scoring.results(rule, scores)
    entries = sorted(entry for entry, result in real.items() if result is not None)
    if _is_mean_of_totals(rule):
        values = _means(rule, [score for score in scores if real[score.entry] is not None], jurors, times)
    else:
        values = _scored(rule, marks, scoring, jurors, times, entries)
    return _chances(entries, real, values, scoring.places)


def _is_mean_of_totals(rule: Rule) -> bool:
    """Whether a result is the mean of scorecards' totals less points off, so that draws need no scoring anew."""
    plain = rule.across == MEAN and rule.aggregate_at == AT_TOTAL and not rule.ranks_otherwise
    return plain and not is_corrected(rule)


def _means(rule: Rule, scores, jurors: list[str], times) -> Any:
    """draws × entries: results, entries by name."""
    import numpy as np

    scores = sorted(scores, key=lambda score: score.entry)
    place = {juror: n for n, juror in enumerate(jurors)}
    cards = [(n, place[juror], float(total)) for n, score in enumerate(scores) for juror, total in score.cards]
    entry, juror, total = (np.array(column) for column in zip(*cards, strict=True))
    sums, counts = np.zeros((2, len(jurors), len(scores)))
    np.add.at(sums, (juror, entry), total)
    np.add.at(counts, (juror, entry), 1)
    seen = times @ counts
    few = seen < max(rule.min_scorecards, 1)
    off = np.array([float(score.penalty) for score in scores])
    means = (times @ sums) / np.where(few, 1, seen)
    return _rounded(np.where(few, sums.sum(axis=0) / counts.sum(axis=0), means) - off, rule.decimals)


def _scored(rule: Rule, marks: Marks, scoring: Scoring, jurors: list[str], times, entries: list[str]) -> Any:
    """The same by scoring every draw; a draw in which nothing can be corrected repeats the real results."""
    import numpy as np

    place = {juror: n for n, juror in enumerate(jurors)}
    rows = sorted(range(len(marks.entries)), key=lambda n: (marks.entries[n], marks.jurors[n]))
    own: dict[str, list[int]] = {}
    for n in rows:
        own.setdefault(marks.entries[n], []).append(n)
    least = max(rule.min_scorecards, 1)
    real = scoring.results(rule, scoring.scores(rule, marks, scoring.entries))
    values = np.zeros((len(times), len(entries)))
    for draw, often in enumerate(times.tolist()):
        chosen: list[int] = []
        for mine in own.values():
            again = [n for n in mine for _ in range(often[place[marks.jurors[n]]])]
            chosen += again if len(again) >= least else mine
        try:
            found = scoring.results(rule, scoring.scores(rule, take(marks, chosen), scoring.entries))
        except CannotCorrect:
            found = real
        values[draw] = [float(real[e] if found[e] is None else found[e]) for e in entries]
    return values


def _rounded(values, decimals: int | None):
    """As the rule rounds, near enough for a draw."""
    import numpy as np

    if decimals is None:
        return np.round(values, GUARD)
    factor = 10.0**decimals
    return np.floor(np.round(values * factor, GUARD) + 0.5) / factor


def _chances(entries: list[str], real: Mapping[str, Fraction | None], values, places: int) -> tuple[Chance, ...]:
    """values: draws × entries."""
    import numpy as np

    if not entries:
        return ()
    ranks = np.empty(values.shape, dtype=np.int64)
    for draw, row in enumerate(values):
        ranks[draw] = len(row) - np.searchsorted(np.sort(row), row, side="right") + 1
    tail = (1 - INSIDE) / 2
    low, middle, high = np.quantile(ranks, [tail, 0.5, 1 - tail], axis=0, method="inverted_cdf").astype(int)
    first = (ranks <= places).mean(axis=0)
    known = sorted((value for value in real.values() if value is not None), reverse=True)
    rank = {value: n for n, value in reversed(list(enumerate(known, start=1)))}
    chances = [
        Chance(entry, rank[real[entry]], float(first[n]), int(low[n]), int(middle[n]), int(high[n]))
        for n, entry in enumerate(entries)
    ]
    return tuple(sorted(chances, key=lambda chance: (chance.rank, chance.entry)))


__all__ = ["Chance", "Scenario", "Scorer", "Scoring", "Stability", "by_errors", "by_jurors", "scenarios", "stability"]
