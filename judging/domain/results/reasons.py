"""Why an entry goes on or stops, as a file holds it: a code, and figures that are all text.

goes_on {}                               goes_on_tied {value}: tied at the cut, all such go on
won_tie {kind, code, value, over}        lost_tie {kind, code, value, to, their_value}
below_cut {value, last_in}               city_full, category_full {city or category, most, ahead}
below_threshold {value, needed}          below_criterion {criteria: [{code, value, needed}]}
below_group {groups: [{code, value, needed}]}
below_warned {failed}: waits for a person; kept_below {failed}, dropped_below {failed}: a person decided;
                                         `failed` is the reason of the threshold
wild_card {otherwise}: `otherwise` is the code of why it would have stopped
too_few_scorecards, too_few_peers {have, needed}
open_tie {with}: waits for a person
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypedDict

from judging.domain.numbers import text_of


class Low(TypedDict):
    """A criterion's or a group's result that is below what it needs."""

    code: str
    value: str
    needed: str


Figures = TypedDict(
    "Figures",
    {
        "kind": str, "code": str, "value": str, "over": str, "to": str, "their_value": str, "last_in": str,
        "city": str, "category": str, "most": str, "ahead": "list[str]", "needed": str, "have": str,
        "with": "list[str]", "criteria": "list[Low]", "groups": "list[Low]", "failed": "Reason", "otherwise": str,
    },
    total=False,
)  # fmt: skip


class Reason(TypedDict):
    """A code of this module's list with its figures."""

    code: str
    figures: Figures


def reason(name: str, **figures: object) -> Reason:
    """The reason `name`: fractions and counts as text."""
    told: Any = {key: text_of(value) if isinstance(value, (Fraction, int)) else value for key, value in figures.items()}
    return {"code": name, "figures": told}
