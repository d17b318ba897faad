"""A rule as a file states it (docs/formats/result.schema.json), as plain data: numbers are text, exact, empty where
there is none. What version 1 did not say may be missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from judging.domain.rule.values import NO_CORRECTION

Texts = Mapping[str, str]


class StatedLink(TypedDict):
    """A rule for ties. `code` is that of a criterion, a group or a fact; of a fact `first` is higher or lower, and
    `name` what it is called, by language."""

    kind: str
    code: NotRequired[str]
    first: NotRequired[str]
    name: NotRequired[Texts]


class StatedCut(TypedDict):
    """How many go on; empty: no such limit."""

    count: str
    per_city: str
    all_tied_go_on: bool
    per_category: NotRequired[str]
    wild_cards: NotRequired[str]


class StatedCorrection(TypedDict):
    """A correction between jurors: its kind, which standard deviation, how far its estimate is rounded, and the least
    scorecards of a juror who is corrected."""

    kind: str
    deviation: str
    decimals: str
    min_marks: str


class StatedGroup(TypedDict):
    """A group of criteria, in the group `parent`; `combine` empty: as the rule combines."""

    code: str
    name: Texts
    weight: str
    parent: str
    combine: str
    threshold: str
    ranking_weight: str


class StatedCriterion(TypedDict):
    """A criterion; `categories` are those whose entries are marked on it, none for all; a remark is asked for below
    `comment_below` and above `comment_above`."""

    code: str
    name: Texts
    weight: str
    scale_min: str
    scale_max: str
    scale_step: str
    threshold: str
    required: bool
    kind: NotRequired[str]
    group: NotRequired[str]
    categories: NotRequired[list[str]]
    ranking_weight: NotRequired[str]
    cap: NotRequired[str]
    comment_below: NotRequired[str]
    comment_above: NotRequired[str]


class StatedLists(TypedDict):
    """How ranked lists are counted: `points` of the first places, `least` and `most` that a list names."""

    counting: str
    points: list[str]
    least: str
    most: str


class StatedDuels(TypedDict):
    """How many pairs each juror compares."""

    each: NotRequired[str]


class StatedBallot(TypedDict, total=False):
    """What jurors give instead of marks; empty for marks."""

    ballot: str
    lists: StatedLists
    duels: StatedDuels


class StatedRule(StatedBallot):
    """The whole rule; weights and thresholds in points of the scale, decimals as whole numbers."""

    version: NotRequired[str]
    combine: str
    across: str
    aggregate_at: str
    trim: str
    decimals: str
    threshold: str
    min_scorecards: str
    ties: list[StatedLink]
    cut: StatedCut
    criteria: list[StatedCriterion]
    decimals_criterion: NotRequired[str]
    decimals_group: NotRequired[str]
    final_decimals: NotRequired[str]
    threshold_effect: NotRequired[str]
    blanks: NotRequired[str]
    min_peer_scorecards: NotRequired[str]
    correction: NotRequired[StatedCorrection]
    groups: NotRequired[list[StatedGroup]]


def correction_in(rule: StatedRule) -> str:
    """The kind of correction that the rule declares, that of none without one."""
    declared = rule.get("correction")
    return declared["kind"] if declared else NO_CORRECTION
