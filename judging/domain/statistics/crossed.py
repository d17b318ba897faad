"""Marks explained by the entry and by the juror: total = mean + entry + juror + rest, entries and jurors crossed.

Two fits of the same design, both as arrays (scorecard n: entry[n], juror[n], total[n]):

two_way   entries and jurors as fixed effects, by least squares (Searle 1987, Linear Models for Unbalanced Data, ch. 4):
          the estimates hold whatever the jurors' severities are, and adding a constant to a juror's totals moves
          nothing else.
reml      both as random effects: the variance components by restricted maximum likelihood (Patterson and Thompson 1971,
          Biometrika 58), found with average-information steps (Gilmour, Thompson and Cullis 1995, Biometrics 51) on the
          two ratios to the residual variance, which is profiled out; predictions (BLUPs) and their error variances from
          Henderson's mixed model equations (Henderson 1975, Biometrics 31; Searle, Casella and McCulloch 1992, ch. 7).

Entries are eliminated by hand in both, so that only a matrix of jurors by jurors is factorised: with W = I - Za D Za',
D = diag(fa / (1 + fa n)) for the ratio fa of the entries' variance to the rest's and n scorecards per entry, and fb
likewise for jurors, everything follows from G = I + fb Zb' W Zb.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from judging.domain.statistics.design import Design

if TYPE_CHECKING:
    import numpy as np


STEPS, HALVINGS = 60, 30
CLOSE = 1e-12  # what a further step would gain in log-likelihood
BLOCK = 256


@dataclass(frozen=True)
class TwoWay:
    """Least squares: jurors' effects sum to nothing over the scorecards; entries' are means without them.

    `juror_cover` is the covariance of the jurors' effects and `entry_variance` the variance of the entries', both in
    units of the residual variance `residual`, which has `freedom` degrees of freedom.
    """

    entry_effects: Any
    juror_effects: Any
    juror_cover: Any
    entry_variance: Any
    residual: float
    freedom: int


def two_way(design: Design) -> TwoWay:
    """The fixed-effects fit of a connected design in which every entry and juror has a scorecard."""
    import numpy as np

    n, k = design.per_entry, design.per_juror
    cards, centre = len(design.entry), design.total.mean()
    y = design.total - centre
    sums = design.sum_by_entry(y)
    right = design.sum_by_juror(y) - design.turned @ (sums / n)
    system = design.less_gram(lambda size: 1 / size)
    system += np.outer(k, k / cards)
    inverse = _inverse(system)[0]
    jurors = inverse @ right
    # One refinement: the last digits hardly depend on the order of jurors then.
    jurors += inverse @ (right - k * jurors + design.turned @ (design.incidence @ jurors / n))
    entries = (sums - design.incidence @ jurors) / n
    rest = y - entries[design.entry] - jurors[design.juror]
    freedom = cards - design.entries - design.jurors + 1
    inverse -= 1 / cards
    return TwoWay(
        entry_effects=entries + centre,
        juror_effects=jurors,
        juror_cover=inverse,
        entry_variance=1 / n + design.quadratic(inverse) / n**2,
        residual=float(rest @ rest) / freedom if freedom > 0 else float("nan"),
        freedom=freedom,
    )


@dataclass(frozen=True)
class Mixed:
    """REML: variances of entries, jurors and rest; the mean with its standard error; BLUPs with theirs;
    −2 log-likelihood."""

    entries: float
    jurors: float
    residual: float
    mean: float
    mean_error: float
    entry_blups: Any
    entry_errors: Any
    juror_blups: Any
    juror_errors: Any
    criterion: float
    steps: int


def reml(design: Design, ratios: tuple[float, float]) -> Mixed | None:
    """The random-effects fit, from first guesses of the two ratios (entries, jurors);
    None if the steps do not settle."""
    import numpy as np

    centre = design.total.mean()
    y = design.total - centre
    sums = (design.sum_by_entry(y), design.sum_by_juror(y), float(y @ y))
    here = np.maximum(np.array(ratios, dtype=float), 0)
    point = _Point(design, sums, here)
    for steps in range(1, STEPS + 1):
        move, gain = point.step()
        if gain < CLOSE * max(1, len(y)) ** 0.5:
            return _predictions(design, point, centre, steps)
        for _ in range(HALVINGS):
            there = np.maximum(here + move, 0)
            then = _Point(design, sums, there)
            if then.criterion <= point.criterion + 1e-9:
                break
            move = move / 2
        else:
            return _predictions(design, point, centre, steps)
        here, point = there, then
    return None


class _Point:
    """The restricted likelihood at one pair of ratios, its slope and its curvature. Names follow the module's text."""

    def __init__(self, design: Design, sums: Any, ratios: Any) -> None:
        import numpy as np

        self.design, self.ratios = design, ratios
        fa, fb = ratios
        entry_sums, juror_sums, squares = sums
        n = design.per_entry
        self.shrink = 1 / (1 + fa * n)
        self.inverse, log_determinant = _inverse(design.less_gram(lambda size: fa / (1 + fa * size), fb, 1.0))
        self.ones_by_juror = self.inverse @ (design.turned @ self.shrink)
        self.ones_by_entry = self.shrink * (n - fb * (design.incidence @ self.ones_by_juror))
        self.ones = float(self.ones_by_entry.sum())
        self.by_entry, self.by_juror, self.mean = self.project(entry_sums, juror_sums)
        weighted = squares - fa * float(self.shrink @ entry_sums**2)
        pulled = juror_sums - fa * (design.turned @ (self.shrink * entry_sums))
        whole = weighted - fb * float(pulled @ self.inverse @ pulled) - self.mean**2 * self.ones
        self.freedom = len(design.entry) - 1
        self.residual = whole / self.freedom
        self.criterion = (
            self.freedom * (np.log(2 * np.pi * self.residual) + 1)
            + float(np.log1p(fa * n).sum())
            + log_determinant
            + np.log(self.ones)
        )

    def project(self, entry_sums: np.ndarray, juror_sums: np.ndarray) -> Any:
        """(Za'Pv, Zb'Pv, mean of v) for a vector v known by its sums per entry and per juror;
        P as if the rest had variance 1."""
        fa, fb = self.ratios
        design = self.design
        pulled = self.inverse @ (juror_sums - fa * (design.turned @ (self.shrink * entry_sums)))
        by_entry = self.shrink * (entry_sums - fb * (design.incidence @ pulled))
        mean = float(by_entry.sum()) / self.ones
        return by_entry - mean * self.ones_by_entry, pulled - mean * self.ones_by_juror, mean

    def step(self) -> Any:
        """(change of both ratios, gain in log-likelihood that it promises);
        a ratio that would fall below 0 stays there."""
        import numpy as np

        fa, fb = self.ratios
        design, ta, tb = self.design, self.by_entry, self.by_juror
        trace_a = float(design.per_entry @ self.shrink) - float(self.ones_by_entry @ self.ones_by_entry) / self.ones
        trace_a -= fb * float(np.vdot(self.inverse, design.gram(lambda size: 1 / (1 + fa * size) ** 2)))
        trace_b = self._trace_of_jurors()
        trace_b -= float(self.ones_by_juror @ self.ones_by_juror) / self.ones
        squares = np.array([ta @ ta, tb @ tb])
        slope = (squares / self.residual - np.array([trace_a, trace_b])) / 2
        from_a = self.project(design.per_entry * ta, design.turned @ ta)
        from_b = self.project(design.incidence @ tb, design.per_juror * tb)
        crossed = np.array([[ta @ from_a[0], tb @ from_a[1]], [tb @ from_a[1], tb @ from_b[1]]])
        curve = crossed / self.residual - np.outer(squares, squares) / (self.residual**2 * self.freedom)
        move = _uphill(slope, curve / 2, self.ratios)
        return move, float(move @ slope)

    def _trace_of_jurors(self) -> float:
        """tr(G⁻¹S) for G = I + fb S: from the diagonal of the inverse, or of S itself where fb is 0."""
        import numpy as np

        fa, fb = self.ratios
        if fb > 1e-3:
            found: float = (self.design.jurors - float(np.trace(self.inverse))) / fb
            return found
        return float(np.vdot(self.inverse, self.design.less_gram(lambda size: fa / (1 + fa * size))))


def _uphill(slope: np.ndarray, curve: np.ndarray, ratios: np.ndarray) -> np.ndarray:
    """The average-information step for both ratios, neither below 0.
    If that leads nowhere up, the better step of one alone."""
    import numpy as np

    steep = np.maximum(np.diag(curve), 1e-300)
    alone = np.maximum(slope / steep, -ratios)
    move = np.where(alone * slope >= (alone * slope).max(), alone, 0.0)
    free = (ratios > 0) | (slope > 0)
    determinant = curve[0, 0] * curve[1, 1] - curve[0, 1] ** 2
    if not free.all() or determinant <= 1e-12 * curve[0, 0] * curve[1, 1]:
        return move
    both = np.linalg.solve(curve, slope)
    for one, other in ((0, 1), (1, 0)):
        if both[one] < -ratios[one]:  # this one stops at 0, the other goes as far as is best then
            both[one] = -ratios[one]
            both[other] = max((slope[other] - curve[0, 1] * both[one]) / steep[other], -ratios[other])
    return both if both @ slope > move @ slope / 2 else move


def _predictions(design: Design, point: _Point, centre: float, steps: int) -> Mixed:
    import numpy as np

    fa, fb = (float(ratio) for ratio in point.ratios)
    rest = point.residual
    diagonal = design.per_entry * point.shrink - fb * point.shrink**2 * design.quadratic(point.inverse)
    known = fa - fa**2 * (diagonal - point.ones_by_entry**2 / point.ones)
    of_jurors = fb * np.diag(point.inverse) + fb**2 * point.ones_by_juror**2 / point.ones
    return Mixed(
        entries=fa * rest,
        jurors=fb * rest,
        residual=rest,
        mean=point.mean + centre,
        mean_error=(rest / point.ones) ** 0.5,
        entry_blups=fa * point.by_entry,
        entry_errors=np.sqrt(np.maximum(known, 0) * rest),
        juror_blups=fb * point.by_juror,
        juror_errors=np.sqrt(np.maximum(of_jurors, 0) * rest),
        criterion=float(point.criterion),
        steps=steps,
    )


def _inverse(matrix: np.ndarray) -> Any:
    """(inverse, log of the determinant) of a symmetric positive definite matrix in C order, which is overwritten."""
    import numpy as np
    from scipy.linalg.lapack import dpotrf, dpotri

    factor, failed = dpotrf(matrix.T, lower=1, overwrite_a=1)
    if failed:
        raise ValueError("not positive definite")
    determinant = 2 * float(np.log(np.diag(factor)).sum())
    inverse = dpotri(factor, lower=1, overwrite_c=1)[0].T  # its upper triangle, in C order
    for first in range(0, len(inverse), BLOCK):
        rows = slice(first, first + BLOCK)
        inverse[rows, :first] = inverse[:first, rows].T
        corner = np.triu(inverse[rows, rows])
        inverse[rows, rows] = corner + np.triu(corner, 1).T
    return inverse, determinant
