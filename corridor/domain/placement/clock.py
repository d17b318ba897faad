"""How long a placement, and each of its levels, may take. Pure."""

import time
from dataclasses import dataclass, field

from corridor.domain.placement.steps import Progress

LOT_SECONDS = 5.0  # for what decides between equals only


@dataclass
class Clock:
    """`total` seconds for everything, `level` for one level."""

    total: float
    level: float
    began: float = field(default_factory=time.perf_counter)
    level_began: float = 0.0
    level_most: float = 0.0

    @property
    def spent(self) -> float:
        """Seconds since the solver began."""
        return time.perf_counter() - self.began

    def start_level(self, name: str) -> None:
        """Gives the level that begins its share of the seconds; the lot gets fewer, for it decides between
        equals only."""
        self.level_began = self.spent
        self.level_most = min(self.level, LOT_SECONDS) if name == "lot" else self.level

    @property
    def level_limit(self) -> float:
        """Seconds that the level may take in all; 0 when nothing is left."""
        return max(0.0, min(self.level_most, self.total - self.level_began))

    @property
    def left(self) -> float:
        """What is left of the level."""
        return max(0.0, self.level_began + self.level_limit - self.spent)


@dataclass(frozen=True)
class Limits:
    """How long a solve may take, what it tells meanwhile and where it stops: see corridor.domain.placement.solve."""

    seconds: float
    total: float | None
    progress: Progress | None
    last_level: str
    clock: Clock | None
