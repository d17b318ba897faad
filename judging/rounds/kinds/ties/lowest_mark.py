"""The higher of the lowest scorecard totals."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.domain.ties.chain import Known, Link
from judging.rounds.kinds.tie_rules import TIE_RULES, NumberRule


@TIE_RULES.register
class LowestMarkRule(NumberRule):
    code, order = "lowest_mark", 40
    offered, name = _("Higher worst total of a juror"), _("higher worst total of a juror")

    def number(self, entry: str, link: Link, known: Known) -> Fraction | None:
        score = known.scores[entry]
        return min(score.card_totals) if score.cards else None
