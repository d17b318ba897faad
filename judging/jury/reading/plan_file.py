"""The file of a plan for a round: the answer with what it was made from, which is shown and applied."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from judging.domain.assignment.answer import Answer
from toolkit.typed_data import from_data

FORMAT, VERSION = "passerelle.plan", 2


@dataclass(frozen=True)
class PlanFile(Answer):
    """An answer, the seed by which equal plans were drawn, and the inputs (judging.jury.reading.assignment)."""

    seed: int
    inputs: Mapping[str, object]

    @classmethod
    def of(cls, answer: Answer, seed: int, inputs: Mapping[str, object]) -> PlanFile:
        """The file of an answer to these inputs."""
        return cls(**vars(answer) | {"format": FORMAT, "version": VERSION}, seed=seed, inputs=inputs)

    @classmethod
    def from_data(cls, data: object) -> PlanFile:
        """The file that the data state. Raises Misshapen."""
        return from_data(cls, data)


def plan_file_in(text: str) -> PlanFile | None:
    """The file that a plan holds, None without one and for one of a former version, which can only be made anew."""
    data: dict[str, Any] | None = json.loads(text) if text else None
    return PlanFile.from_data(data) if data and data["version"] == VERSION else None
