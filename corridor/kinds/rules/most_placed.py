"""As many as possible, whatever their rank: the same levels, each one sum over everybody."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext_lazy as _

from corridor.domain.placement.aims import ALL_RANKS, Aim, lots_of_options, over_all
from corridor.domain.placement.problem import Option, Problem
from corridor.kinds.placement_rules import PLACEMENT_RULES, PlacementRule


@PLACEMENT_RULES.register
class MostPlaced(PlacementRule):
    code, order = "most_placed", 20
    name = _("most placed: as many as possible, whatever their rank")
    story = story_of_persons = _("Most placed: as many guests as possible have a place, whatever their rank.")
    served = _("As many teams as possible have a place, whatever their award.")
    served_of_persons = _("As many people as possible have a place, whatever their rank.")
    format = "the same levels, each one sum over everybody."
    goes_by_rank = False

    def placed(self, problem: Problem, options: Sequence[Option]) -> list[Aim]:
        """As many as possible and, of as many, those whose ranks add up to least."""
        order = {rank: place for place, rank in enumerate(sorted({one.rank for one in problem.candidates}), start=1)}
        ranks = {index: order[problem.candidate[one.candidate].rank] for index, one in enumerate(options)}
        return [*over_all(options, "placed", True, lambda option: 1), Aim("placed", ALL_RANKS, False, ranks)]

    def summed(
        self, problem: Problem, options: Sequence[Option], name: str, maximise: bool, weigh: Callable[[Option], int]
    ) -> list[Aim]:
        return over_all(options, name, maximise, weigh)

    def lots(self, problem: Problem, options: Sequence[Option]) -> list[Aim]:
        return lots_of_options(problem, options)
