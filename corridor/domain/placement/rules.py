"""What the rule of a placement decides, as far as computing goes. Pure.

The kinds are corridor.kinds.placement_rules, one module each; what is computed here knows them by their code
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from toolkit.families import Family

if TYPE_CHECKING:
    from corridor.domain.placement.aims import Aim
    from corridor.domain.placement.clock import Limits
    from corridor.domain.placement.problem import Option, Problem
    from corridor.domain.placement.solution import Solution


class Rule(Protocol):
    """`goes_by_rank`: nobody behind has a say in who has a place. `is_one_sum`: there are no levels, but one sum that
    bears the rule's code. `format` is what the published format says of it."""

    @property
    def code(self) -> str: ...

    @property
    def goes_by_rank(self) -> bool: ...

    @property
    def is_one_sum(self) -> bool: ...

    @property
    def format(self) -> str: ...

    def placed(self, problem: Problem, options: Sequence[Option]) -> list[Aim]:
        """What the level “placed” wants, in the order in which it counts."""

    def summed(
        self, problem: Problem, options: Sequence[Option], name: str, maximise: bool, weigh: Callable[[Option], int]
    ) -> list[Aim]:
        """A level that adds up what `weigh` gives for each option."""

    def lots(self, problem: Problem, options: Sequence[Option]) -> list[Aim]:
        """The last level: what is still equal is decided by the seed."""

    def solve(self, problem: Problem, limits: Limits) -> Solution:
        """The best plan: see corridor.domain.placement.solve."""


_family: Family[Rule] = Family()
know_placement_rules, placement_rules_known = _family.know, _family.known


def rule_of(problem: Problem) -> Rule:
    """The rule of the problem. Raises what the mapping raises for one that nobody knows."""
    return placement_rules_known()[problem.rule]
