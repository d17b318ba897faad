"""No correction: the jury's own totals rank."""

from django.utils.translation import gettext_lazy as _

from judging.domain.rule.stated import StatedRule
from judging.domain.rule.values import NO_CORRECTION
from judging.models import Round
from judging.rounds.kinds.correcting import CORRECTIONS, CorrectionKind


@CORRECTIONS.register
class NoCorrection(CorrectionKind):
    code, order, name = NO_CORRECTION, 10, _("none: marks count as given")
    corrects = False

    def refused(self, round: Round) -> tuple[str, str]:
        return "", ""

    def faults_in(self, rule: StatedRule) -> list[tuple[str, str]]:
        return []

    def words(self, round: Round) -> list[str]:
        return []
