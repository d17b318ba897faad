"""Who scored what, as arrays: sums by entry and by juror, and how often two jurors met on an entry.

Entries are grouped by how many scorecards they have: what a statistic needs of the entries' rows then costs one pass
over pairs of scorecards per size, however many entries there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


FEW_SIZES = 40  # so many sizes of entry keep a matrix each; beyond, the product is made anew


Weight = Callable[[Any], Any]  # of an entry, by how many scorecards it has: a number, or an array of them


@dataclass(frozen=True)
class Design:
    """Scorecards as arrays of equal length: indices from 0, totals as floats; how many entries and jurors there are."""

    entry: Any
    juror: Any
    total: Any
    entries: int
    jurors: int

    @cached_property
    def per_entry(self) -> np.ndarray:
        """How many marks each entry has, by its number."""
        import numpy as np

        return np.bincount(self.entry, minlength=self.entries)

    @cached_property
    def per_juror(self) -> np.ndarray:
        """How many marks each juror gave, by their number."""
        import numpy as np

        return np.bincount(self.juror, minlength=self.jurors)

    @cached_property
    def incidence(self) -> Any:
        """Entries × jurors: how many scorecards."""
        import numpy as np
        from scipy.sparse import csr_array

        ones = np.ones(len(self.entry))
        return csr_array((ones, (self.entry, self.juror)), shape=(self.entries, self.jurors))

    @cached_property
    def turned(self) -> Any:
        """Jurors × entries, sparse: the incidence the other way round."""
        return self.incidence.T.tocsr()

    @cached_property
    def _sizes(self) -> list[Any]:
        """[(size, entries of that size, their jurors as rows)], sizes in order, without 0."""
        import numpy as np

        ordered = bool((self.entry[1:] >= self.entry[:-1]).all())
        jurors = self.juror if ordered else self.juror[np.argsort(self.entry, kind="stable")]
        starts = np.cumsum(self.per_entry) - self.per_entry
        sizes = []
        for size in np.flatnonzero(np.bincount(self.per_entry)):
            if size:
                rows = np.flatnonzero(self.per_entry == size)
                sizes.append((int(size), rows, jurors[starts[rows][:, None] + np.arange(size)]))
        return sizes

    @cached_property
    def _grams(self) -> list[Any]:
        """[(size, matrix)]: for the entries of each size, how often one scorecard's juror
        meets another's (or their own)."""
        return [(size, _small(_meetings(who, self.jurors))) for size, _, who in self._sizes]

    def gram(self, weight: Weight) -> np.ndarray:
        """Σ weight(n) m m' over the entries' rows m of the incidence; `weight` is a function of an entry's size n."""
        import numpy as np

        if len(self._sizes) > FEW_SIZES:
            from scipy.sparse import diags_array

            found: np.ndarray = (self.turned @ (diags_array(weight(self.per_entry)) @ self.incidence)).toarray()
            return found
        result = np.zeros((self.jurors, self.jurors))
        for size, matrix in self._grams:
            result += np.multiply(matrix, weight(size), dtype=float)
        return result

    def less_gram(self, weight: Weight, factor: float = 1.0, add: float = 0.0) -> np.ndarray:
        """add · I + factor · (diagonal of scorecards per juror − gram)."""
        import numpy as np

        result = self.gram(weight)
        result *= -factor
        result[np.diag_indices(self.jurors)] += factor * self.per_juror + add
        return result

    def sum_by_entry(self, values: np.ndarray) -> np.ndarray:
        """`values` (one a mark) added up by entry."""
        import numpy as np

        return np.bincount(self.entry, weights=values, minlength=self.entries)

    def sum_by_juror(self, values: np.ndarray) -> np.ndarray:
        """`values` (one a mark) added up by juror."""
        import numpy as np

        return np.bincount(self.juror, weights=values, minlength=self.jurors)

    def quadratic(self, matrix: np.ndarray) -> np.ndarray:
        """m' matrix m for the row m of every entry, `matrix` being symmetric."""
        import numpy as np

        result, flat = np.zeros(self.entries), matrix.ravel()
        for size, rows, who in self._sizes:
            total = flat[who * (self.jurors + 1)].sum(axis=1)
            for place in range(size - 1):
                pairs = who[:, place, None] * self.jurors + who[:, place + 1 :]
                total += 2 * flat[pairs].sum(axis=1)
            result[rows] = total
        return result


def _meetings(who: np.ndarray, jurors: int) -> np.ndarray:
    """Σ m m' for entries whose jurors stand in the rows of `who`."""
    import numpy as np

    size = who.shape[1]
    counts = np.zeros(jurors * jurors, dtype=np.int64)
    for place in range(size):  # only pairs that stand in this order; the others follow by symmetry
        pairs = who[:, place, None] * jurors + who[:, place + 1 :]
        counts += np.bincount(pairs.ravel(), minlength=len(counts))
    square = counts.reshape(jurors, jurors)
    square = square + square.T
    square[np.diag_indices(jurors)] += np.bincount(who.ravel(), minlength=jurors)
    return square


def _small(counts: np.ndarray) -> np.ndarray:
    """The same in the least integers that hold it."""
    import numpy as np

    return counts.astype(np.min_scalar_type(int(counts.max(initial=0))))
