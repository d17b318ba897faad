"""The answer to a placement as it travels (docs/formats/placement-answer.schema.json): who goes where and why, who has
no place and why, how far it is proven. Pure.

Numbers with decimals are texts, so that an answer has one canonical form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from toolkit.typed_data import Data, Misshapen, as_data, from_data, left_out

RESULT_FORMAT, RESULT_VERSION = "passerelle.placement-answer", 2
READ = (1, 2)  # 1 knew fewer codes; the rest reads alike


@dataclass(frozen=True)
class Why:
    """Why the wish of place `wish` for an incubator is not given, with the figures of its code (placement/reasons)."""

    incubator: str
    wish: int
    code: str
    reason: str | None = left_out(None)
    desks: int | None = left_out(None)
    eligible_until: date | None = left_out(None)
    feasible_from: date | None = left_out(None)
    starts: date | None = left_out(None)
    ends: date | None = left_out(None)  # not included
    most: int | None = left_out(None)
    month: date | None = left_out(None)
    short_by: int | None = left_out(None)
    start: date | None = left_out(None)
    holders: tuple[str, ...] | None = left_out(None)
    rule: str | None = left_out(None)


@dataclass(frozen=True)
class Placed:
    """Who goes where over [starts, ends). `wish` 0: never wished, a pin; `host_place` None: the host gave no order;
    `change` (new, same, moved) against the published plan; `better` says why better wishes are not given."""

    candidate: str
    rank: int
    incubator: str
    starts: date
    ends: date
    desks: int
    wish: int
    wishes: int
    host_place: int | None
    pinned: bool
    change: str
    better: tuple[Why, ...]

    @property
    def is_fresh(self) -> bool:
        """Whether applying the plan makes a stay of it."""
        return not self.pinned and self.change != "same"


@dataclass(frozen=True)
class Unplaced:
    """Who has no place, and why: a code of its own, and one for each wish."""

    candidate: str
    rank: int
    code: str
    wishes: tuple[Why, ...]


@dataclass(frozen=True)
class StepTold:
    """One aim of a level: `rank` 0 stands for everybody."""

    rank: int
    value: int
    bound: int


@dataclass(frozen=True, kw_only=True)
class LevelTold:
    """A level: what was reached, and what no plan can pass, given the levels before; `highest`: more is better."""

    seconds: str | None = left_out(None)
    name: str
    value: int
    bound: int
    proven: bool
    highest: bool
    time_limit: str
    steps: tuple[StepTold, ...]


@dataclass(frozen=True)
class Pair:
    """A candidate and a host that would both rather have had each other. `leaving` are the candidates that would
    have to leave; empty when desks are free. `level` and `rank` are the reason."""

    candidate: str
    incubator: str
    wish: int
    start: date
    leaving: tuple[str, ...]
    level: str
    rank: int


@dataclass(frozen=True)
class Waiting:
    """Who is asked when a place comes free, in order, and where they could go."""

    place: int
    candidate: str
    rank: int
    incubators: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """What helps nobody in a placement file; `place` is a path in it."""

    place: str
    code: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The whole answer. `inputs_sha256` is the hash of the file that was placed; `seconds` stands in timed answers
    only; `objective` and `bound` belong to the rule weighted_sum."""

    inputs_sha256: str
    seconds: str | None = left_out(None)
    format: str = RESULT_FORMAT
    version: int = RESULT_VERSION
    rule: str
    change_first: bool
    seed: int
    status: str
    is_optimal: bool
    time_limit: str
    objective: str | None
    bound: str | None
    levels: tuple[LevelTold, ...]
    placements: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    blocking_pairs: tuple[Pair, ...]
    waiting: tuple[Waiting, ...]
    notices: tuple[Notice, ...]

    @cached_property
    def placed(self) -> dict[str, Placed]:
        """{candidate: where it goes}."""
        return {one.candidate: one for one in self.placements}

    @property
    def not_given(self) -> list[tuple[str, Why]]:
        """(candidate, why) of every wish that the plan tells to be not given."""
        told = [(one.candidate, why) for one in self.placements for why in one.better]
        return told + [(one.candidate, why) for one in self.unplaced for why in one.wishes]

    def as_data(self) -> dict[str, Any]:
        """The answer as the file holds it."""
        data: dict[str, Any] = as_data(self)
        return data

    @classmethod
    def from_data(cls, data: Data) -> Answer:
        """The answer that a file holds. Raises Misshapen for what is no answer, or one of another version."""
        if data.get("format") != RESULT_FORMAT or data.get("version") not in READ:
            raise Misshapen("", f"it is no {RESULT_FORMAT} of version {' or '.join(map(str, READ))}.")
        return from_data(cls, data)
