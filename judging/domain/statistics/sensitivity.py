"""How firmly a standing stands: each entry's chance to be in the shortlist, its range of ranks,
and what would change them.

Chances come from settling the round again many times (judging.domain.statistics.replay),
by one of two declared methods,
with a declared seed:

    jurors   the jury is drawn anew, as many jurors with replacement (Efron's bootstrap); a juror drawn twice counts
             twice. An entry left with fewer scorecards than the rule asks for keeps its own scorecards in that draw.
    errors   every result is drawn from a normal distribution around its value with its standard error (for results
             of a correction that tells such errors), entries independent of each other; rounded and
             settled as the rule says.

The range of ranks holds the middle 90 % of draws. Draws decide nothing: the standing itself stays what the rule says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from judging.domain.statistics.correction import CannotCorrect, corrections_known, estimates_of, with_points_off
from judging.domain.statistics.decimals import settle as exactly
from judging.domain.statistics.redraw import redraw_of
from judging.domain.statistics.replay import Replay, Standing
from judging.domain.statistics.scenarios import Scenario, scenarios

JURORS, ERRORS = "jurors", "errors"
INSIDE = 0.9
DRAWS, FEWEST, WORK = 1000, 200, 100_000  # draws; of large rounds fewer, so that draws × entries stay below WORK


@dataclass(frozen=True)
class Chance:
    """`first`: share of draws in which the entry is in the shortlist; `low` to `high`: its range of ranks; `rank`: the
    real one, and `goes_on` whether it is really in the shortlist."""

    entry: str
    rank: int
    first: float
    low: int
    middle: int
    high: int
    goes_on: bool = False


@dataclass(frozen=True)
class Stability:
    """For one table (`chances` by rank, `scenarios`) and one picture (each chance's range of ranks). `places`: how many
    are in the real shortlist; `by_cut`: they are those who go on by the rule, else the first few."""

    places: int
    by_cut: bool
    method: str
    draws: int
    seed: int
    chances: tuple[Chance, ...]
    scenarios: tuple[Scenario, ...]

    @property
    def other_winners(self) -> tuple[Scenario, ...]:
        """The scenarios in which somebody else wins."""
        return tuple(scenario for scenario in self.scenarios if scenario.winner_changes)

    @property
    def other_shortlists(self) -> tuple[Scenario, ...]:
        """The scenarios in which somebody else is on the shortlist."""
        return tuple(scenario for scenario in self.scenarios if scenario.shortlist_changes)


def draws_for(entries: int) -> int:
    """How many juries are drawn for so many entries: the more entries the fewer, within the two limits."""
    return max(FEWEST, min(DRAWS, WORK // max(entries, 1)))


def stability(round: Replay, *, draws: int, seed: int) -> Stability:
    """Chances and scenarios of a round. Results whose correction tells errors are drawn by those. Raises CannotCorrect
    where the declared correction can't be worked out."""
    by_error = corrections_known()[round.rule.correction.kind].has_errors
    standings = by_errors(round, draws=draws, seed=seed) if by_error else by_jurors(round, draws=draws, seed=seed)
    return Stability(
        places=len(round.standing.shortlist),
        by_cut=round.by_cut,
        method=ERRORS if by_error else JURORS,
        draws=draws,
        seed=seed,
        chances=chances(round.standing, standings),
        scenarios=scenarios(round),
    )


def by_errors(round: Replay, *, draws: int, seed: int) -> Iterable[Standing]:
    """One standing for each draw, from the values of corrected results and their standard errors."""
    import numpy as np

    rule, scores = round.rule, round.scores
    rows = [(row.entry, row.value, row.error) for row in estimates_of(rule, scores) if row.error is not None]
    noise = np.random.default_rng(seed).standard_normal((draws, len(rows)))
    for shift in noise.tolist():
        values = {
            entry: exactly(value + away * error, rule.correction.decimals or 0)
            for (entry, value, error), away in zip(rows, shift, strict=True)
        }
        yield round.settled(rule, scores, with_points_off(rule, scores, values))


def by_jurors(round: Replay, *, draws: int, seed: int) -> Iterable[Standing]:
    """One standing for each jury drawn anew. The order of scorecards makes no difference. Where the declared correction
    can't be worked out of a draw, it repeats the real standing."""
    import numpy as np

    jurors = round.jurors
    drawn = np.random.default_rng(seed).integers(0, max(len(jurors), 1), (draws if jurors else 0, len(jurors)))
    quick = redraw_of(round)
    for row in drawn:
        often = np.bincount(row, minlength=len(jurors))
        if quick:
            yield quick.standing(often)
            continue
        try:
            yield round.settled(round.rule, round.drawn(dict(zip(jurors, often.tolist(), strict=True))))
        except CannotCorrect:
            yield round.standing


def chances(real: Standing, drawn: Iterable[Standing]) -> tuple[Chance, ...]:
    """Of every ranked entry, by rank."""
    import numpy as np

    entries = sorted(entry for entry, rank in real.ranks.items() if rank is not None)
    rows: list[list[int]] = []
    first = dict.fromkeys(entries, 0)
    for standing in drawn:
        rows.append([_rank(standing.ranks, real.ranks, entry) for entry in entries])
        for entry in standing.shortlist:
            first[entry] += 1
    if not rows or not entries:
        return ()
    tail = (1 - INSIDE) / 2
    low, middle, high = np.quantile(np.array(rows), [tail, 0.5, 1 - tail], axis=0, method="inverted_cdf").astype(int)
    found = [
        Chance(
            entry, rank, first[entry] / len(rows), int(low[n]), int(middle[n]), int(high[n]), entry in real.shortlist
        )
        for n, entry in enumerate(entries)
        if (rank := real.ranks[entry]) is not None
    ]
    return tuple(sorted(found, key=lambda chance: (chance.rank, chance.entry)))


def _rank(here: Mapping[str, int | None], real: Mapping[str, int | None], entry: str) -> int:
    """An entry that is ranked is ranked in every draw: where it would have no result, it keeps its own."""
    rank = here[entry]
    return (real[entry] or 0) if rank is None else rank


__all__ = ["Chance", "Scenario", "Stability", "by_errors", "by_jurors", "chances", "scenarios", "stability"]
