"""What the best placement is: one class for each rule, in corridor/kinds/rules.

A rule says what it is called, what people read of it before and after, and what it decides: the aims of each level, or
a sum of its own (corridor.domain.placement.rules). docs/decisions/placement-rules.md says why there are these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corridor.domain.placement.aims import Aim, by_rank, lots_by_turns
from toolkit.kinds import Registry, UnknownKind

if TYPE_CHECKING:
    from corridor.domain.placement.clock import Limits
    from corridor.domain.placement.problem import Option, Problem
    from corridor.domain.placement.solution import Solution


class PlacementRule:
    """A rule that goes level by level, and in each level rank by rank, unless it says otherwise.

    `story` is what a plan's page says of it, `served` what somebody reads who gives wishes; both differ where guests
    are persons, whose rank is not an award's. `format` is the sentence of the published format.
    """

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    story: ClassVar[str | Promise]
    story_of_persons: ClassVar[str | Promise]
    served: ClassVar[str | Promise]
    served_of_persons: ClassVar[str | Promise]
    format: ClassVar[str]
    sum_name: ClassVar[str | Promise] = ""  # what its one sum is called
    is_one_sum = False
    goes_by_rank = True
    uses_priority = False  # an organiser's number for each candidate
    wishes_follow = True  # of equal plans the wishes of both sides decide, then the balance between cities

    def told(self, are_persons: bool) -> str | Promise:
        """What the page of a plan says of the rule."""
        return self.story_of_persons if are_persons else self.story

    def told_before(self, are_persons: bool) -> str | Promise:
        """What somebody reads who gives wishes."""
        return self.served_of_persons if are_persons else self.served

    def placed(self, problem: Problem, options: Sequence[Option]) -> list[Aim]:
        """What the level “placed” wants: rank by rank, as many as possible."""
        return by_rank(problem, options, "placed", True, lambda option: 1)

    def summed(
        self, problem: Problem, options: Sequence[Option], name: str, maximise: bool, weigh: Callable[[Option], int]
    ) -> list[Aim]:
        """A level that adds up what `weigh` gives for each option."""
        return by_rank(problem, options, name, maximise, weigh)

    def lots(self, problem: Problem, options: Sequence[Option]) -> list[Aim]:
        """What is still equal is decided by the seed."""
        return lots_by_turns(problem, options)

    def solve(self, problem: Problem, limits: Limits) -> Solution:
        """The best plan: see corridor.domain.placement.solve."""
        from corridor.domain.placement.solve import solve_by_levels  # with the solver, which pages do without

        return solve_by_levels(problem, limits)


PLACEMENT_RULES: Registry[PlacementRule] = Registry(_("Rule of the placement"), "corridor.kinds.rules")


def told(code: str, *, are_persons: bool) -> str:
    """What the page of a plan says of the rule of that code; of one that nobody knows, that it is not known."""
    rule = PLACEMENT_RULES.get(code)
    return str(rule.told(are_persons) if rule else UnknownKind(PLACEMENT_RULES.family, code))


def told_before(code: str, *, are_persons: bool) -> str:
    """What somebody reads of it who gives wishes; likewise."""
    rule = PLACEMENT_RULES.get(code)
    return str(rule.told_before(are_persons) if rule else UnknownKind(PLACEMENT_RULES.family, code))
