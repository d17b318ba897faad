"""A rule as a file states it (docs/formats/result.schema.json): numbers are text, exact, empty where there is none.

What earlier versions did not say has the default None, under which it is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from judging.domain.rule.values import NO_CORRECTION
from toolkit.typed_data import Data, as_data, from_data, left_out

Texts = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class StatedLink:
    """A rule for ties. `code` is that of a criterion, a group or a fact; of a fact `first` is higher or lower, and
    `name` what it is called, by language."""

    kind: str
    code: str | None = left_out(None)
    first: str | None = left_out(None)
    name: Texts | None = left_out(None)


@dataclass(frozen=True, kw_only=True)
class StatedCut:
    """How many go on; empty: no such limit."""

    count: str
    per_city: str
    per_category: str | None = left_out(None)
    wild_cards: str | None = left_out(None)
    all_tied_go_on: bool


@dataclass(frozen=True, kw_only=True)
class StatedCorrection:
    """A correction between jurors: its kind, which standard deviation, how far its estimate is rounded, and the least
    scorecards of a juror who is corrected."""

    kind: str
    deviation: str
    decimals: str
    min_marks: str


@dataclass(frozen=True, kw_only=True)
class StatedGroup:
    """A group of criteria, in the group `parent`; `combine` empty: as the rule combines."""

    code: str
    name: Texts
    parent: str
    weight: str
    ranking_weight: str
    threshold: str
    combine: str


@dataclass(frozen=True, kw_only=True)
class StatedCriterion:
    """A criterion, with a `scale_max` where it is marked; `categories` are those whose entries are marked on it, none
    for all; a remark is asked for below `comment_below` and above `comment_above`."""

    code: str
    name: Texts
    kind: str | None = left_out(None)
    group: str | None = left_out(None)
    categories: tuple[str, ...] | None = left_out(None)
    weight: str
    ranking_weight: str | None = left_out(None)
    cap: str | None = left_out(None)
    scale_min: str
    scale_max: str | None = left_out(None)
    scale_step: str
    threshold: str
    comment_below: str | None = left_out(None)
    comment_above: str | None = left_out(None)
    required: bool


@dataclass(frozen=True, kw_only=True)
class StatedLists:
    """How ranked lists are counted: `points` of the first places, `least` and `most` that a list names."""

    counting: str
    points: tuple[str, ...]
    least: str
    most: str


@dataclass(frozen=True, kw_only=True)
class StatedDuels:
    """How many pairs each juror compares."""

    each: str | None = left_out(None)


@dataclass(frozen=True, kw_only=True)
class StatedRule:
    """The whole rule; weights and thresholds in points of the scale, decimals as whole numbers. `ballot` is what jurors
    give instead of marks, with how that is counted under its part."""

    version: str | None = left_out(None)
    combine: str
    across: str
    aggregate_at: str
    trim: str
    decimals: str
    decimals_criterion: str | None = left_out(None)
    decimals_group: str | None = left_out(None)
    final_decimals: str | None = left_out(None)
    threshold: str
    threshold_effect: str | None = left_out(None)
    blanks: str | None = left_out(None)
    min_scorecards: str
    min_peer_scorecards: str | None = left_out(None)
    correction: StatedCorrection | None = left_out(None)
    ties: tuple[StatedLink, ...]
    cut: StatedCut
    groups: tuple[StatedGroup, ...] | None = left_out(None)
    criteria: tuple[StatedCriterion, ...]
    ballot: str | None = left_out(None)
    lists: StatedLists | None = left_out(None)
    duels: StatedDuels | None = left_out(None)

    @property
    def ranked(self) -> StatedLists:
        """How ranked lists are counted. Raises ValueError for a rule that does not say it."""
        if self.lists is None:
            raise ValueError("the rule lacks “lists”: how ranked lists are counted")
        return self.lists

    def as_data(self) -> dict[str, Any]:
        """The rule as a file holds it."""
        data: dict[str, Any] = as_data(self)
        return data

    @classmethod
    def from_data(cls, data: Data) -> StatedRule:
        """The rule of a file whose shape is right. Raises Misshapen for any other."""
        return from_data(cls, data)


def correction_in(rule: StatedRule) -> str:
    """The kind of correction that the rule declares, that of none without one."""
    return rule.correction.kind if rule.correction else NO_CORRECTION
