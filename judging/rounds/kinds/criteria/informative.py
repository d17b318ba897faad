"""It is shown and counts nowhere."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from judging.models import Criterion
from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS, CriterionKind


@CRITERION_KINDS.register
class Informative(CriterionKind):
    code, order, name = "informative", 20, _("informative only")
    has_weight = False
    share = _("informative")

    def words(self, criterion: Criterion) -> str:
        return gettext("%(criterion)s is informative: it counts nowhere.") % {"criterion": criterion}

    def note(self, criterion: Criterion) -> str:
        return gettext("For information: does not count")
