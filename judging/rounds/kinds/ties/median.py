"""The higher median of the scorecard totals."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.domain.marks.scoring import middle
from judging.domain.ties.chain import Known, Link
from judging.rounds.kinds.tie_rules import TIE_RULES, NumberRule


@TIE_RULES.register
class MedianRule(NumberRule):
    code, order = "median", 50
    offered, name = _("Higher median of the jurors"), _("higher median of the jurors")

    def number(self, entry: str, link: Link, known: Known) -> Fraction | None:
        score = known.scores[entry]
        return middle(score.card_totals) if score.cards else None
