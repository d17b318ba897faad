"""A chain of documents in the reader's words: what each one changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.domain.calendar.spans import length_of
from corridor.domain.chain.chain import Facts, facts_of
from corridor.domain.terms.clauses import last_day
from corridor.states import DocumentKind, Party
from toolkit.dates import date_format


def length_words(starts: date, ends: date) -> str:
    """“6 months”, “6 months and 12 days”, by the calendar rule."""
    months, days = length_of(starts, ends)
    in_months = ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    in_days = ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if months and days:
        return _("%(months)s and %(days)s") % {"months": in_months, "days": in_days}
    return in_months if months else in_days


def changes_in_words(kind: str, said: Mapping[str, Any]) -> list[str]:
    """What a document of a kind changes; `said` is the `change` of its frozen content. Names nobody."""
    before, after = facts_of(said["before"]), facts_of(said["after"])
    lines = []
    if kind in (DocumentKind.WITHDRAWAL, DocumentKind.TERMINATION):
        lines.append(_how_it_ends(said, after))
    else:
        lines += _what_differs(before, after)
        if "people" in said["topics"]:
            lines.append(_("Who travels is named anew."))
    if said["text"]:
        lines.append(_("Other wording: %(text)s") % {"text": said["text"]})
    if said["reason"]:
        lines.append(_("Reason: %(reason)s") % {"reason": said["reason"]})
    return lines


def _what_differs(before: Facts, after: Facts) -> list[str]:
    lines = []
    if after.starts != before.starts:
        days = {"new": date_format(after.starts), "old": date_format(before.starts)}
        lines.append(_("First day: %(new)s instead of %(old)s.") % days)
    if after.ends != before.ends:
        days = {"new": date_format(last_day(after.ends)), "old": date_format(last_day(before.ends))}
        lines.append(_("Last day: %(new)s instead of %(old)s.") % days)
    if lines:
        lasts = {"length": length_words(after.starts, after.ends)}
        lines.append(_("The stay lasts %(length)s.") % lasts)
    if after.desks != before.desks:
        lines.append(_("Desks: %(new)s instead of %(old)s.") % {"new": after.desks, "old": before.desks})
    return lines


def _how_it_ends(said: Mapping[str, Any], after: Facts) -> str:
    alone = not said["is_joint"] and said["party"]
    values = {
        "party": Party(said["party"]).label if said["party"] else "",
        "day": "" if after.is_cancelled else date_format(last_day(after.ends)),
    }
    if after.is_cancelled:
        return (
            _("Notice of the %(party)s: the stay does not take place.") if alone else _("The stay does not take place.")
        ) % values
    return (
        _("Notice of the %(party)s: the stay ends on %(day)s.") if alone else _("The stay ends on %(day)s.")
    ) % values
