"""A named person's decision, recorded with a reason: always the last link,
declared or not (judging.domain.ties.decided)."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from judging.domain.ties.chain import HUMAN
from judging.rounds.kinds.tie_rules import TIE_RULES, TieRule


@TIE_RULES.register
class HumanRule(TieRule):
    code, order = HUMAN, 900
    offered, name = _("A person decides and says why"), _("a person's decision")
    decides = True
    published = {"human": {}}

    def measured(self, text: str) -> str:
        return text or gettext("not known")
