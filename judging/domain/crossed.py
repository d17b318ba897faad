"""Marks explained by the entry and by the juror: total = mean + entry + juror + rest, entries and jurors crossed.

Two fits of the same design, both as arrays (scorecard n: entry[n], juror[n], total[n]):

two_way   entries and jurors as fixed effects, by least squares (Searle 1987, Linear Models for Unbalanced Data, ch. 4): the
          estimates hold whatever the jurors' severities are, and adding a constant to a juror's totals moves nothing else.
reml      both as random effects: the variance components by restricted maximum likelihood (Patterson and Thompson 1971,
          Biometrika 58), found with average-information steps (Gilmour, Thompson and Cullis 1995, Biometrics 51) on the two
          ratios to the residual variance, which is profiled out; predictions (BLUPs) and their error variances from
          Henderson's mixed model equations (Henderson 1975, Biometrics 31; Searle, Casella and McCulloch 1992, ch. 7).

Entries are eliminated by hand in both, so that only a matrix of jurors by jurors is factorised: with W = I - Za D Za',
D = diag(fa / (1 + fa n)) for the ratio fa of the entries' variance to the rest's and n scorecards per entry, and fb likewise
for jurors, everything follows from G = I + fb Zb' W Zb.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

STEPS, HALVINGS = 60, 30
CLOSE = 1e-12  # what a further step would gain in log-likelihood
FEW_SIZES = 8  # so many sizes of entry keep a matrix each; beyond, the product is made anew
GATHERED = 2_000_000


@dataclass(frozen=True)
class Design:
    """Scorecards as arrays of equal length: indices from 0, totals as floats; how many entries and jurors there are."""

    entry: Any
    juror: Any
    total: Any
    entries: int
    jurors: int

    @cached_property
    def per_entry(self):
        import numpy as np

        return np.bincount(self.entry, minlength=self.entries)

    @cached_property
    def per_juror(self):
        import numpy as np

        return np.bincount(self.juror, minlength=self.jurors)

    @cached_property
    def incidence(self):
        """Entries × jurors: how many scorecards."""
        import numpy as np
        from scipy.sparse import csr_array

        ones = np.ones(len(self.entry))
        return csr_array((ones, (self.entry, self.juror)), shape=(self.entries, self.jurors))

    @cached_property
    def turned(self):
        return self.incidence.T.tocsr()

    @cached_property
    def _grams(self) -> list:
        """[(size, matrix)]: for the entries of each size, how often two jurors share one."""
        import numpy as np

        grams = []
        for size in np.unique(self.per_entry):
            rows = self.incidence[np.flatnonzero(self.per_entry == size)]
            grams.append((size, (rows.T.tocsr() @ rows).toarray()))
        return grams

    def gram(self, weight):
        """Σ weight(n) m m' over the entries' rows m of the incidence; `weight` is a function of an entry's size n."""
        import numpy as np

        if len(np.unique(self.per_entry)) > FEW_SIZES:
            from scipy.sparse import diags_array

            return (self.turned @ (diags_array(weight(self.per_entry)) @ self.incidence)).toarray()
        result = np.zeros((self.jurors, self.jurors))
        for size, matrix in self._grams:
            result += weight(size) * matrix
        return result

    def sum_by_entry(self, values):
        import numpy as np

        return np.bincount(self.entry, weights=values, minlength=self.entries)

    def sum_by_juror(self, values):
        import numpy as np

        return np.bincount(self.juror, weights=values, minlength=self.jurors)

    def quadratic(self, matrix):
        """m' matrix m for the row m of every entry."""
        import numpy as np

        order = np.argsort(self.entry, kind="stable")
        jurors, starts = self.juror[order], np.cumsum(self.per_entry) - self.per_entry
        result = np.zeros(self.entries)
        for size in np.unique(self.per_entry[self.per_entry > 0]):
            rows = np.flatnonzero(self.per_entry == size)
            step = max(1, GATHERED // int(size) ** 2)
            for first in range(0, len(rows), step):
                some = rows[first : first + step]
                who = jurors[starts[some][:, None] + np.arange(size)]
                result[some] = matrix[who[:, :, None], who[:, None, :]].sum(axis=(1, 2))
        return result


@dataclass(frozen=True)
class TwoWay:
    """Least squares: jurors' effects sum to nothing over the scorecards; entries' are means without them.

    `juror_cover` is the covariance of the jurors' effects and `entry_variance` the variance of the entries', both in units of
    the residual variance `residual`, which has `freedom` degrees of freedom.
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
    system = np.diag(k.astype(float)) - design.gram(lambda size: 1 / size) + np.outer(k, k / cards)
    inverse = _inverse(system)[0]
    jurors = inverse @ right
    jurors += inverse @ (
        right - system @ jurors
    )  # one refinement: the last digits stop depending on the order of jurors
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
    """REML: variances of entries, jurors and rest; the mean with its standard error; BLUPs with theirs; −2 log-likelihood."""

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
    """The random-effects fit, from first guesses of the two ratios (entries, jurors); None if the steps do not settle."""
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

    def __init__(self, design: Design, sums, ratios):
        import numpy as np

        self.design, self.ratios = design, ratios
        fa, fb = ratios
        entry_sums, juror_sums, squares = sums
        n = design.per_entry
        self.shrink = 1 / (1 + fa * n)
        self.seen = np.diag(design.per_juror.astype(float)) - design.gram(lambda size: fa / (1 + fa * size))
        self.inverse, log_determinant = _inverse(np.eye(design.jurors) + fb * self.seen)
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

    def project(self, entry_sums, juror_sums):
        """(Za'Pv, Zb'Pv, mean of v) for a vector v known by its sums per entry and per juror; P as if the rest had variance 1."""
        fa, fb = self.ratios
        design = self.design
        pulled = self.inverse @ (juror_sums - fa * (design.turned @ (self.shrink * entry_sums)))
        by_entry = self.shrink * (entry_sums - fb * (design.incidence @ pulled))
        mean = float(by_entry.sum()) / self.ones
        return by_entry - mean * self.ones_by_entry, pulled - mean * self.ones_by_juror, mean

    def step(self):
        """(change of both ratios, gain in log-likelihood that it promises); a ratio that would fall below 0 stays there."""
        import numpy as np

        fa, fb = self.ratios
        design, ta, tb = self.design, self.by_entry, self.by_juror
        trace_a = float(design.per_entry @ self.shrink) - float(self.ones_by_entry @ self.ones_by_entry) / self.ones
        trace_a -= fb * float(np.vdot(self.inverse, design.gram(lambda size: 1 / (1 + fa * size) ** 2)))
        trace_b = float(np.vdot(self.inverse, self.seen))
        trace_b -= float(self.ones_by_juror @ self.ones_by_juror) / self.ones
        squares = np.array([ta @ ta, tb @ tb])
        slope = (squares / self.residual - np.array([trace_a, trace_b])) / 2
        from_a = self.project(design.per_entry * ta, design.turned @ ta)
        from_b = self.project(design.incidence @ tb, design.per_juror * tb)
        crossed = np.array([[ta @ from_a[0], tb @ from_a[1]], [tb @ from_a[1], tb @ from_b[1]]])
        curve = crossed / self.residual - np.outer(squares, squares) / (self.residual**2 * self.freedom)
        curve = curve / 2
        free = (self.ratios > 0) | (slope > 0)
        move = np.zeros(2)
        if free.any():
            part = curve[np.ix_(free, free)]
            part = part + np.diag(np.diag(part) * 1e-12 + 1e-300)
            move[free] = np.linalg.solve(part, slope[free])
            if not move @ slope > 0:  # a curvature that is none: along the slope instead
                move[free] = slope[free] / np.maximum(np.abs(np.diag(part)), 1e-300)
            move = np.maximum(move, -self.ratios)
        return move, float(move @ slope)


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


def _inverse(matrix):
    """(inverse, log of the determinant) of a symmetric positive definite matrix, by Cholesky."""
    import numpy as np
    from scipy.linalg.lapack import dpotrf, dpotri

    factor, failed = dpotrf(matrix, lower=1)
    if failed:
        raise ValueError("not positive definite")
    inverse, _ = dpotri(factor, lower=1)
    inverse = np.tril(inverse)
    return inverse + np.tril(inverse, -1).T, 2 * float(np.log(np.diag(factor)).sum())
