"""What each level of a placement reached, and how far that is proven. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[float, str, float, float], None]  # (seconds since the start, level, incumbent, bound)


@dataclass(frozen=True)
class Step:
    """One aim: `value` was reached, nothing beyond `bound` is possible; proven when they are equal."""

    rank: int
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether nothing better is possible: what was reached is the bound."""
        return self.value == self.bound


@dataclass(frozen=True)
class Level:
    """A level and its steps, one per rank or one for all (rank 0). `time_limit` is what a level may take, in seconds;
    `most`, where it is known, bounds all steps together."""

    name: str
    steps: tuple[Step, ...]
    seconds: float = 0.0
    time_limit: float = 0.0
    maximise: bool = True
    most: int | None = None

    @property
    def value(self) -> int:
        """What the level's steps reached together, in the level's own unit."""
        return sum(step.value for step in self._told)

    @property
    def bound(self) -> int:
        """What no plan can exceed, in the level's own unit; at most `most` where that is known."""
        bound = sum(step.bound for step in self._told)
        return bound if self.most is None else min(bound, self.most)

    @property
    def _told(self) -> tuple[Step, ...]:
        """A sum over everybody says it all; the ranks behind it only decide between equals."""
        return self.steps[:1] if self.steps and self.steps[0].rank == 0 else self.steps

    @property
    def proven(self) -> bool:
        """Whether each of its steps is."""
        return all(step.proven for step in self.steps)
