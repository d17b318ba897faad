"""What solving a placement comes to: the plan, and how far it is proven. Pure."""

from dataclasses import dataclass

from corridor.domain.placement.problem import Option
from corridor.domain.placement.steps import Level


@dataclass(frozen=True)
class Solution:
    """A plan. `chosen` holds the pinned stays too.

    `status` is optimal (every level proven, but the lot, which only decides between equals) or time_limit. `objective`
    and `bound` stand for the rule weighted_sum only: thousandths reached, and thousandths that no plan can pass.
    """

    chosen: tuple[Option, ...]
    levels: tuple[Level, ...] = ()
    seconds: float = 0.0
    time_limit: float = 0.0
    objective: int | None = None
    bound: int | None = None

    @property
    def is_optimal(self) -> bool:
        """Whether every level but the lot is proven, and so is the objective."""
        return all(level.proven for level in self.levels if level.name != "lot") and self.objective == self.bound

    @property
    def status(self) -> str:
        """“optimal”, or “time_limit” where time ran out before the proof."""
        return "optimal" if self.is_optimal else "time_limit"
