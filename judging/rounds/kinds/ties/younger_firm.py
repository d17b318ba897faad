"""The later date of founding; a firm without a known date comes last."""

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from judging.domain.ties.chain import Known, Link
from judging.rounds.kinds.tie_rules import TIE_RULES, TieRule
from toolkit.dates import date_format


@TIE_RULES.register
class YoungerFirmRule(TieRule):
    code, order = "younger_firm", 60
    offered, name = _("Younger firm"), _("younger firm")
    published = {"founded_latest": {}}

    def shown(self, entry: str, link: Link, known: Known) -> str:
        return known.facts[entry].founded_on

    def measured(self, text: str) -> str:
        return date_format(datetime.fromisoformat(text), "DATE_FORMAT") if text else gettext("not known")
