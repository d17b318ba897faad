"""The earlier time of submission; an entry without one comes last."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from judging.domain.ties.chain import Known, Link
from judging.rounds.kinds.tie_rules import LAST, TIE_RULES, TieRule
from toolkit.dates import date_format

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@TIE_RULES.register
class EarlierSubmissionRule(TieRule):
    code, order = "earlier_submission", 70
    offered, name = _("Entered earlier"), _("entered earlier")

    def key(self, entry: str, link: Link, known: Known) -> Fraction:
        moment = known.facts[entry].submitted_at
        if not moment:
            return LAST
        return Fraction(-((datetime.fromisoformat(moment) - EPOCH) // timedelta(microseconds=1)))

    def shown(self, entry: str, link: Link, known: Known) -> str:
        return known.facts[entry].submitted_at

    def measured(self, text: str) -> str:
        if not text:
            return gettext("not known")
        return date_format(timezone.localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT")
