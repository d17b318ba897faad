"""What people recorded about a round besides marks, in words for the minutes:
breaches, decisions at the cut, changed rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.models import CutDecision, Penalty, Round, RuleVersion
from network.models import Event


@dataclass(frozen=True)
class RecordLine:
    """About what, what was recorded, why, by whom."""

    about: str
    what: str
    reason: str
    by: str
    at: datetime


def records_of(round: Round, names: Mapping[str, str]) -> list[RecordLine]:
    """What was done early, changes of the rule, then breaches, then decisions at the cut,
    each the earliest first. `names` are entries by code."""
    early = [
        RecordLine(about, _("before it was settled who competes"), reason, who, at)
        for about, reason, who, at in (
            # Who let it stay open when call or choice were open anew, else who opened it.
            (_("Opening"), round.opened_early, _who(round, "stay_open") or _who(round, "open"), round.opened_at),
            (_("Closing"), round.closed_early, _who(round, "close"), round.closed_at),
        )
        if reason and at
    ]
    changed = [
        RecordLine(_("Rule"), _("version %(version)s") % {"version": row.version + 1}, row.reason, str(row.by), row.at)
        for row in RuleVersion.objects.filter(round=round).select_related("by").order_by("version")
    ]
    breaches = [
        RecordLine(_called(row, names), _breaches(row), row.reason, str(row.by), row.at)
        for row in Penalty.objects.filter(criterion__round=round)
        .select_related("by", "entry", "criterion")
        .order_by("pk")
    ]
    decided = [
        RecordLine(_called(row, names), row.get_kind_display(), row.reason, str(row.by), row.at)
        for row in CutDecision.objects.filter(round=round).select_related("by", "entry").order_by("pk")
    ]
    return early + changed + breaches + decided


def _who(round: Round, verb: str) -> str:
    """Who opened the round, closed it, or let it stay open, last."""
    events = Event.objects.filter(object_type="judging.round", object_id=str(round.pk), verb=verb)
    event = events.select_related("actor").order_by("-pk").first()
    return str(event.actor) if event and event.actor else ""


def _called(row: Penalty | CutDecision, names: Mapping[str, str]) -> str:
    return names.get(row.entry.code, row.entry.code)


def _breaches(row: Penalty) -> str:
    return ngettext("%(criterion)s: %(number)s breach", "%(criterion)s: %(number)s breaches", row.breaches) % {
        "criterion": row.criterion,
        "number": row.breaches,
    }
