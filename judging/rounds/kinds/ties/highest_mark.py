"""The higher single scorecard total."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from judging.domain.ties.chain import Known, Link
from judging.rounds.kinds.tie_rules import TIE_RULES, NumberRule


@TIE_RULES.register
class HighestMarkRule(NumberRule):
    code, order = "highest_mark", 30
    offered, name = _("Higher best total of a juror"), _("higher best total of a juror")

    def number(self, entry: str, link: Link, known: Known) -> Fraction | None:
        score = known.scores[entry]
        return max(score.card_totals) if score.cards else None
