"""Duels instead of marks: a juror is shown two entries and says which is better.
The Bradley–Terry model makes one result.

The chance that a beats b is s_a ÷ (s_a + s_b), s being the strength of each (R. A. Bradley and M. E. Terry, Biometrika
39, 1952). Strengths are those under which what the jurors said is most likely. With few duels, an entry that won all
would be infinitely strong: so each entry also fought `prior` duels, half of them won, with an entry of middling
strength (0: none, the plain model). Found by Newton's method on the logarithms b = ln s: 0 is middling strength and,
without a prior, the mean of all.

The next pair is the one whose answer is expected to tell most: the largest p(1 − p) × variance of b_a − b_b, which is
the growth of the information (its determinant, to first order) by that duel (D-optimal design; V. V. Fedorov, Theory of
Optimal Experiments, 1972).

A statistical result: `strengths_in_per_cent` rounds it to the decimals that the rule
declares before anything is ranked by it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

PRIOR = 1.0
MOST_STEPS = 200
CLOSE = 1e-12


@dataclass(frozen=True)
class Duel:
    """What one juror said of two entries; `winner` is one of them, or empty when the juror could not tell."""

    juror: str
    first: str
    second: str
    winner: str


@dataclass(frozen=True)
class Strengths:
    """By entry: `ability` is b (0: middling), `error` its standard error; `duels`, `wins` and `evens` are counts.

    `parts` are the groups of entries that duels connect: with more than one, only the prior compares them.
    """

    ability: dict[str, float]
    error: dict[str, float]
    duels: dict[str, int]
    wins: dict[str, int]
    evens: dict[str, int]
    parts: tuple[tuple[str, ...], ...]


def strengths_of(entries: Sequence[str], duels: Iterable[Duel], *, prior: float = PRIOR) -> Strengths:
    """Strengths of the entries from what was said of them; an undecided duel is half a win for each.

    Raises ValueError for a duel of an entry with itself or with one that is not among `entries`, for a winner that is
    neither, and with `prior` 0 when no finite strengths exist (somebody won, or lost, every duel against the rest).
    """
    codes = sorted(entries)
    won, counts = _tally(codes, list(duels))
    fit = _fit(won, prior)
    size = len(codes)
    return Strengths(
        ability={code: float(fit.ability[n]) for n, code in enumerate(codes)},
        error={code: float(fit.covariance[n, n] ** 0.5) for n, code in enumerate(codes)},
        duels=counts[0],
        wins=counts[1],
        evens=counts[2],
        parts=_parts(codes, won, size),
    )


def strengths_in_per_cent(strengths: Strengths, decimals: int) -> dict[str, Fraction]:
    """Each entry's chance, in per cent, against one of middling strength:
    100 ÷ (1 + e^−b), rounded half up to `decimals`."""
    unit = Decimal(1).scaleb(-decimals)
    return {
        code: Fraction(Decimal(repr(value)).quantize(unit, ROUND_HALF_UP))
        for code, value in chances_in_per_cent(strengths).items()
    }


def chances_in_per_cent(strengths: Strengths) -> dict[str, float]:
    """The same before rounding, as floats between 0 and 100."""
    from math import exp

    return {code: 100 / (1 + exp(-b)) for code, b in strengths.ability.items()}


def next_pair(
    entries: Sequence[str],
    duels: Sequence[Duel],
    *,
    juror: str,
    barred: frozenset[str] = frozenset(),
    prior: float = PRIOR,
) -> tuple[str, str] | None:
    """The pair that this juror should see next: the one expected to tell most among those that the juror has not judged
    yet, of entries with which the juror has no tie (`barred`). None when every pair is judged. Equal gains: fewer duels
    so far, then by code. `prior` as in strengths_of."""
    codes = sorted(entries)
    won, counts = _tally(codes, list(duels))
    fit = _fit(won, prior)
    seen = {frozenset((duel.first, duel.second)) for duel in duels if duel.juror == juror}
    best: tuple[Any, ...] | None = None
    for i, a in enumerate(codes):
        for j in range(i + 1, len(codes)):
            b = codes[j]
            if a in barred or b in barred or frozenset((a, b)) in seen:
                continue
            chance = _chance(float(fit.ability[i] - fit.ability[j]))
            spread = fit.covariance[i, i] + fit.covariance[j, j] - 2 * fit.covariance[i, j]
            gain = round(float(chance * (1 - chance) * spread), 9)
            key = (-gain, counts[0][a] + counts[0][b], a, b)
            if best is None or key < best:
                best = key
    return None if best is None else (best[2], best[3])


@dataclass(frozen=True)
class _Fit:
    ability: Any
    covariance: Any


def _tally(codes: Sequence[str], duels: list[Duel]) -> Any:
    """A square array of how often the row beat the column (an undecided duel is ½ each way),
    and the counts by entry."""
    import numpy as np

    at = {code: n for n, code in enumerate(codes)}
    won = np.zeros((len(codes), len(codes)))
    fought: Mapping[str, int] = dict.fromkeys(codes, 0)
    fought, wins, evens = dict.fromkeys(codes, 0), dict.fromkeys(codes, 0), dict.fromkeys(codes, 0)
    for duel in duels:
        a, b, winner = duel.first, duel.second, duel.winner
        if a == b or a not in at or b not in at or winner not in (a, b, ""):
            raise ValueError(f"no duel: {a}, {b}, won by {winner or 'nobody'}")
        for code in (a, b):
            fought[code] += 1
            evens[code] += winner == ""
        if winner:
            wins[winner] += 1
            won[at[winner], at[b if winner == a else a]] += 1
        else:
            won[at[a], at[b]] += 0.5
            won[at[b], at[a]] += 0.5
    return won, (fought, wins, evens)


def _chance(difference: Any) -> Any:
    import numpy as np

    return 1 / (1 + np.exp(-difference))


def _fit(won: Any, prior: float) -> _Fit:
    """Newton's method. Without a prior only differences count:
    a constant in every cell of the information holds the mean at 0."""
    import numpy as np

    size = len(won)
    met = won + won.T
    ability = np.zeros(size)
    flat = np.full((size, size), 0.0 if prior else 1 / max(size, 1))
    for _step in range(MOST_STEPS):
        chance = _chance(ability[:, None] - ability[None, :])
        own = _chance(ability)
        slope = (won - met * chance).sum(axis=1) + prior * (0.5 - own)
        weight = met * chance * (1 - chance)
        information = np.diag(weight.sum(axis=1) + prior * own * (1 - own)) - weight + flat
        try:
            move = np.linalg.solve(information, slope)
        except np.linalg.LinAlgError:
            raise ValueError("no finite strengths") from None
        largest = float(np.abs(move).max(initial=0.0))
        ability = ability + move * min(1.0, 2.0 / largest if largest else 1.0)
        if np.abs(ability).max(initial=0.0) > 50:
            raise ValueError("no finite strengths")
        if largest < CLOSE:
            # With the mean held, inv(I + flat) holds 1 ÷ size of the mean's own direction in every cell: taken out
            # again.
            return _Fit(ability, np.linalg.inv(information) - flat)
    raise ValueError("no finite strengths")


def _parts(codes: Sequence[str], won: Any, size: int) -> tuple[tuple[str, ...], ...]:
    """Groups of entries connected by duels, each sorted, in order of their first."""
    left, parts = set(range(size)), []
    for start in range(size):
        if start not in left:
            continue
        group, reach = [], [start]
        left.discard(start)
        while reach:
            at = reach.pop()
            group.append(codes[at])
            near = [n for n in left if won[at, n] or won[n, at]]
            left.difference_update(near)
            reach.extend(near)
        parts.append(tuple(sorted(group)))
    return tuple(parts)
