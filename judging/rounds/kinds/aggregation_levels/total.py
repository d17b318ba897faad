"""Each juror's total first, then across jurors."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.domain.marks.scoring import AT_TOTAL, Jury
from judging.rounds.kinds.levels import LEVELS, Level


@LEVELS.register
class AtTotal(Level):
    code, order, name = AT_TOTAL, 10, _("each juror's total first, then across jurors")
    of_totals = True
    is_same_for_means = True

    def result(self, jury: Jury, *, ranking: bool) -> Fraction | None:
        return jury.across_totals(ranking=ranking)

    def groups(self, jury: Jury) -> tuple[Fraction | None, ...]:
        return jury.groups_across()
