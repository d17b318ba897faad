"""What a result's file holds (docs/formats/result.schema.json) as dataclasses. Pure: numbers are text, as there.

What earlier versions did not say has the default under which it is left out, so that a file comes back as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from judging.domain.results.reasons import Reason
from judging.domain.ties.chain import TieTold
from toolkit.typed_data import left_out

Texts = Mapping[str, str]  # by code


@dataclass(frozen=True, kw_only=True)
class FiledStanding:
    """An entry's row. `rank` is empty where it is not ranked; `cards` are jurors' totals, `criteria` and `groups`
    results by code; `final` is what ranks, `exact` the total before it was rounded, `share` its per cent of the best.
    """

    entry: str
    rank: str
    place: str
    total: str
    exact: str
    share: str
    final: str
    scorecards: str
    cards: Texts
    criteria: Texts
    advances: bool
    reason: Reason
    # from version 2 on
    ranking: str | None = left_out(None)
    corrected: str | None = left_out(None)
    penalty: str | None = left_out(None)
    groups: Texts | None = left_out(None)
    # from version 3 on
    best: str | None = left_out(None)
    tie: TieTold | None = left_out(None)
