"""An entry of a city that no entry ahead of it has, be it by its result or by an earlier link."""

from django.utils.translation import gettext_lazy as _

from judging.domain.ties.chain import Known
from judging.rounds.kinds.tie_rules import TIE_RULES, CoverRule


@TIE_RULES.register
class CityNotCoveredRule(CoverRule):
    code, order = "city_not_covered", 100
    offered, name = _("City that nobody ahead comes from"), _("city that nobody ahead comes from")
    published = {"geographic_spread": {}}

    def of(self, entry: str, known: Known) -> str:
        return known.facts[entry].city
