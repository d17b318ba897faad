"""Each criterion across jurors first, then the total."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.domain.marks.scoring import Jury
from judging.rounds.kinds.levels import LEVELS, Level


@LEVELS.register
class AtCriterion(Level):
    code, order, name = "criterion", 20, _("each criterion across jurors first, then the total")
    of_criteria = True
    is_same_for_means = True

    def result(self, jury: Jury, *, ranking: bool) -> Fraction | None:
        return jury.of_criteria(ranking=ranking)

    def groups(self, jury: Jury) -> tuple[Fraction | None, ...]:
        return jury.groups_of_criteria()
