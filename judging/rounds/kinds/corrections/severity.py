"""Each juror's severity is estimated over all their scorecards and taken out (judging.domain.statistics.severity)."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from judging.domain.marks.scoring import Score
from judging.domain.rule.values import Rule
from judging.domain.statistics.correction import SEVERITY, CannotCorrect, Estimate, severity_of
from judging.rounds.kinds.correcting import CORRECTIONS, CorrectionKind


@CORRECTIONS.register
class Severity(CorrectionKind):
    code, order, name = SEVERITY, 40, _("each juror's severity is estimated and taken out")
    has_errors = True
    libraries = ("numpy", "scipy")

    def estimates(self, rule: Rule, scores: Sequence[Score]) -> Sequence[Estimate]:
        fit = severity_of(rule, scores)
        if fit.refused:
            raise CannotCorrect(fit.refused)
        return [
            Estimate(row.entry, row.value, row.corrected, row.error)
            for row in fit.entries
            if row.value is not None and row.corrected is not None
        ]
