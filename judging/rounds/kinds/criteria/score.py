"""It counts in its group, or in the total."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from judging.domain.rule.criterion_kinds import SCORE
from judging.models import Criterion
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS, CriterionKind


@CRITERION_KINDS.register
class Score(CriterionKind):
    code, order, name = SCORE, 10, _("counts in the total")
    counts = True
    without_weight = _("A criterion that counts weighs more than zero. Make it informative if it should not count.")

    def note(self, criterion: Criterion) -> str:
        return "" if criterion.is_required else gettext("Optional")
