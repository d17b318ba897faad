"""One sum for experts instead of levels: priority × points of the wish that is given."""

from django.utils.translation import gettext_lazy as _

from corridor.domain.placement.clock import Limits
from corridor.domain.placement.problem import Problem
from corridor.domain.placement.solution import Solution
from corridor.kinds.placement_rules import PLACEMENT_RULES, PlacementRule


@PLACEMENT_RULES.register
class WeightedSum(PlacementRule):
    code, order = "weighted_sum", 30
    name = _("one weighted sum, for experts: priority × points of the wish")
    story = story_of_persons = _(
        "One weighted sum: over all guests with a place, priority × points. The first wish is worth 10, the "
        "second 9, at least 1."
    )
    served = _("The organisers weigh each team’s priority with the place of its wish, in one sum.")
    served_of_persons = _("The organisers weigh each person’s priority with the place of their wish, in one sum.")
    format = "the sum over the placed of priority × points, where the first wish is worth 10, the second 9, at least 1."
    sum_name = _("the weighted sum")
    is_one_sum, goes_by_rank, uses_priority, wishes_follow = True, False, True, False

    def solve(self, problem: Problem, limits: Limits) -> Solution:
        from corridor.domain.placement.weighted_sum import solve_sum  # with the solver, which pages do without

        seconds = limits.seconds if limits.total is None else min(limits.seconds, limits.total)
        return solve_sum(problem, seconds=seconds, progress=limits.progress)
