"""The severity correction on scorecards by index: which ones help to compare, both fits, the guards.

What is computed and why stands in severity.py; this is the part that also ranks a hundred thousand entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from judging.domain.statistics.crossed import Mixed, TwoWay, reml, two_way
from judging.domain.statistics.design import Design

if TYPE_CHECKING:
    import numpy as np


MINIMUM = 3
TOO_FEW, DISCONNECTED, NO_REST, NOT_SETTLED = "too_few", "disconnected", "no_rest", "not_settled"


@dataclass(frozen=True)
class Fit:
    """The same as arrays, for entries and jurors by index. `parts` holds two arrays: the part of every entry and juror,
    −1 for those without a scorecard that helps to compare. Values and effects are None where refused.
    """

    refused: str
    parts: tuple[Any, Any]
    estimated: Any
    effects: Any
    effect_errors: Any
    values: Any
    errors: Any
    variances_missing: str
    mixed: Mixed | None


def fit_design(design: Design, minimum: int = MINIMUM) -> Fit:
    """Both fits of scorecards given by index, with the guards. Every entry and juror has a scorecard."""
    import numpy as np

    estimated = design.per_juror >= minimum
    helps = estimated[design.juror]
    used, entry_of, juror_of = _compact(design, helps)
    parts = _connected(design, used, entry_of, juror_of)
    refused = ""
    if used.entries < 2 or used.jurors < 2 or len(used.entry) - used.entries - used.jurors + 1 < 1:
        refused = TOO_FEW
    if len(set(parts[1][parts[1] >= 0].tolist())) > 1:
        refused = DISCONNECTED
    if refused:
        return Fit(refused, parts, estimated, np.zeros(design.jurors), None, None, None, refused, None)
    fixed = two_way(used)
    effects, cover = _from_the_middle(fixed, juror_of, design.jurors)
    counted = design.total - effects[design.juror]
    missing, mixed = _random(design, fixed)
    between = mixed.jurors if mixed else 0.0
    values = design.sum_by_entry(counted) / design.per_entry
    errors = _errors(design, used, entry_of, fixed, between)
    return Fit("", parts, estimated, effects, cover, values, errors, missing, mixed)


def _compact(design: Design, helps: np.ndarray) -> Any:
    """(the design of the scorecards that help to compare, its entries and its jurors as indices into the whole)."""
    import numpy as np

    if helps.all():
        return design, np.arange(design.entries), np.arange(design.jurors)
    entry, juror = design.entry[helps], design.juror[helps]
    seen_e, seen_j = (np.bincount(x, minlength=n) > 0 for x, n in ((entry, design.entries), (juror, design.jurors)))
    place_e, place_j = np.cumsum(seen_e) - 1, np.cumsum(seen_j) - 1
    part = Design(place_e[entry], place_j[juror], design.total[helps], int(seen_e.sum()), int(seen_j.sum()))
    return part, np.flatnonzero(seen_e), np.flatnonzero(seen_j)


def _connected(
    design: Design, used: Design, entry_of: np.ndarray, juror_of: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = used.entries + used.jurors
    links = coo_array((np.ones(len(used.entry)), (used.entry, used.entries + used.juror)), shape=(size, size))
    label = connected_components(links, directed=False)[1] if size else np.zeros(0, dtype=int)
    parts = np.full(design.entries, -1), np.full(design.jurors, -1)
    parts[0][entry_of], parts[1][juror_of] = label[: used.entries], label[used.entries :]
    return parts


def _from_the_middle(fixed: TwoWay, juror_of: np.ndarray, jurors: int) -> Any:
    """Effects counted from the juror in the middle, and their standard errors (as
    differences from the average juror)."""
    import numpy as np

    middle = np.sort(fixed.juror_effects)[(len(juror_of) - 1) // 2]
    effects, errors = np.zeros(jurors), np.full(jurors, np.nan)
    effects[juror_of] = fixed.juror_effects - middle
    errors[juror_of] = np.sqrt(np.maximum(np.diag(fixed.juror_cover), 0) * fixed.residual)
    return effects, errors


def _random(design: Design, fixed: TwoWay) -> tuple[str, Mixed | None]:
    """The random-effects fit of all scorecards, begun at what the fixed effects' variances suggest."""
    import numpy as np

    spread = float(np.ptp(design.total))
    if fixed.residual <= (1e-9 * spread) ** 2:
        return NO_REST, None
    guess = [
        max(0.01, float(np.var(effects, ddof=1)) / fixed.residual - float(np.mean(noise)))
        for effects, noise in (
            (fixed.entry_effects, fixed.entry_variance),
            (fixed.juror_effects, np.diag(fixed.juror_cover)),
        )
    ]
    mixed = reml(design, (guess[0], guess[1]))
    return ("", mixed) if mixed else (NOT_SETTLED, None)


def _errors(design: Design, used: Design, entry_of: np.ndarray, fixed: TwoWay, between: float) -> np.ndarray:
    """Standard errors of corrected values: the rest of each scorecard, the severities' own uncertainty, and for
    scorecards of jurors without a severity of their own the variance between jurors."""
    import numpy as np

    n = design.per_entry.astype(float)
    variance = fixed.residual / n
    with_severity = np.zeros(design.entries)
    with_severity[entry_of] = used.per_entry
    of_severities = np.zeros(design.entries)
    of_severities[entry_of] = np.maximum(fixed.entry_variance * used.per_entry**2 - used.per_entry, 0) * fixed.residual
    found: np.ndarray = np.sqrt(variance + (of_severities + (n - with_severity) * between) / n**2)
    return found
