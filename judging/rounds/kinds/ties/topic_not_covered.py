"""An entry of a category that no entry ahead of it has, be it by its result or by an earlier link."""

from django.utils.translation import gettext_lazy as _

from judging.domain.ties.chain import Known
from judging.rounds.kinds.tie_rules import TIE_RULES, CoverRule


@TIE_RULES.register
class TopicNotCoveredRule(CoverRule):
    code, order = "topic_not_covered", 90
    offered, name = _("Category that nobody ahead has"), _("category that nobody ahead has")
    published = {"topic_not_covered": {}}

    def of(self, entry: str, known: Known) -> str:
        return known.facts[entry].category
