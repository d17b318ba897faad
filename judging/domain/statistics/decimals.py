"""Where a rule is statistical: a floating-point result becomes an exact number before it ranks anything.

A float is first taken to GUARD more decimals than declared, then rounded as published, half away from zero. The first
step takes away the noise of the last digits, so that a value that is exactly half way in truth (2.125) is seen as half
way on every machine and in whatever order the jurors stand. Edges remain (2.124999995), where true results hardly ever
lie; `near_edge` tells when one does.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from judging.domain.marks.scoring import rounded

if TYPE_CHECKING:
    import numpy as np


GUARD = 6


def settle(value: float, decimals: int) -> Fraction:
    """`value` to so many decimals, exactly."""
    return rounded(Fraction(round(value * 10 ** (decimals + GUARD)), 10 ** (decimals + GUARD)), decimals)


def near_edge(value: float, decimals: int, tolerance: float = 1e-9) -> bool:
    """Whether a change of `tolerance` could round `value` otherwise."""
    return settle(value - tolerance, decimals) != settle(value + tolerance, decimals)


def settle_all(values: Any, decimals: int) -> np.ndarray:
    """The same for an array: integers in units of the last decimal. OverflowError where they would not fit."""
    import numpy as np

    factor = 10**GUARD
    if len(values) and float(np.abs(values).max()) * 10.0 ** (decimals + GUARD) > 2**61:
        raise OverflowError(f"{decimals} decimals are too many for such totals")
    fine = np.rint(values * 10.0 ** (decimals + GUARD)).astype(np.int64)
    found: np.ndarray = np.sign(fine) * ((2 * np.abs(fine) + factor) // (2 * factor))
    return found
