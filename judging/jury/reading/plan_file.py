"""What a plan for a round is made from, frozen, and its file: the answer with those inputs, shown and applied."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from judging.domain.assignment.answer import Answer
from judging.domain.assignment.data import Pair
from judging.domain.assignment.document import RuleAsked
from toolkit.typed_data import Data, as_data, from_data

FORMAT, VERSION = "passerelle.plan", 2
NOT_STALE = frozenset({"begun", "seed"})


@dataclass(frozen=True)
class EntryRow:
    """An entry that takes part; without a language or a category, empty."""

    code: str
    language: str
    category: str


@dataclass(frozen=True)
class JurorRow:
    """A juror who takes part: languages read, categories known, the most entries taken, the city (its number, or
    nothing) and groups."""

    code: str
    languages: tuple[str, ...]
    knows: tuple[str, ...]
    load_max: int
    city: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class PlanInputs:
    """All that a plan follows from, by code. `by_category` {category: jurors per entry}; no `rules`, the usual ones;
    ties and what is set by hand are (entry, juror, kind); `begun` are those of `kept` that never move."""

    round: int
    way: str
    relieve: str
    jurors_per_entry: int
    by_category: Mapping[str, int]
    load_min: int
    load_max: int
    rules: tuple[RuleAsked, ...]
    join: bool
    entries: tuple[EntryRow, ...]
    jurors: tuple[JurorRow, ...]
    ties: tuple[tuple[str, str, str], ...]
    pair_rules: tuple[tuple[str, str, str], ...]
    kept: tuple[Pair, ...]
    begun: tuple[Pair, ...]
    seed: int = 0

    def as_data(self) -> dict[str, object]:
        """The plain data that are frozen."""
        found: dict[str, object] = as_data(self)
        return found

    @classmethod
    def from_data(cls, data: Data) -> PlanInputs:
        """The inputs that the data state. Raises Misshapen."""
        return from_data(cls, data)


def what_goes_stale(inputs: Data) -> dict[str, object]:
    """What makes a plan stale when it changes. That a juror has begun does not: whether their seat may move is asked
    when the plan is applied. Nor does the seed, by which equal plans are drawn."""
    return {name: value for name, value in inputs.items() if name not in NOT_STALE}


@dataclass(frozen=True)
class PlanFile(Answer):
    """An answer, the seed by which equal plans were drawn, and the inputs."""

    seed: int
    inputs: PlanInputs

    @classmethod
    def of(cls, answer: Answer, inputs: PlanInputs) -> PlanFile:
        """The file of an answer to these inputs."""
        return cls(**vars(answer) | {"format": FORMAT, "version": VERSION}, seed=inputs.seed, inputs=inputs)

    @classmethod
    def from_data(cls, data: Data) -> PlanFile:
        """The file that the data state. Raises Misshapen."""
        return from_data(cls, data)


def plan_file_in(text: str) -> PlanFile | None:
    """The file that a plan holds, None without one and for one of a former version, which can only be made anew."""
    data: dict[str, Any] | None = json.loads(text) if text else None
    return PlanFile.from_data(data) if data and data["version"] == VERSION else None
