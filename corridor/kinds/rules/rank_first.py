"""Nobody takes a place that somebody of a better rank needs: level by level, and in each rank by rank, best first."""

from django.utils.translation import gettext_lazy as _

from corridor.kinds.placement_rules import PLACEMENT_RULES, PlacementRule


@PLACEMENT_RULES.register
class RankFirst(PlacementRule):
    code, order = "rank_first", 10
    name = _("rank first: no lower award displaces a higher one")
    story = _(
        "Rank first: no lower award displaces a higher one. Level by level, and in each level rank by rank, best first."
    )
    story_of_persons = _(
        "Rank first: nobody takes a place that somebody with a better rank needs. Level by level, and in each "
        "level rank by rank, best first."
    )
    served = _("Awards are served in their order: no lower award takes a place that a higher one needs.")
    served_of_persons = _(
        "Ranks are served in their order: nobody takes a place that somebody with a better rank needs."
    )
    format = (
        "placed, wishes of both sides, of equal sums the candidate's own wish, balance, early start, least change, "
        "each rank by rank, so that no lower award displaces a higher one; a place for somebody else still comes "
        "before a better wish."
    )
