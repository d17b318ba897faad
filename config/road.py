"""The road of an edition, from the call to the stay, as the public sees it: six steps derived from its dates. Pure."""

from datetime import date, datetime, tzinfo

from django.utils.translation import gettext as _

from contest.models import Edition
from toolkit.dates import date_format
from toolkit.protocols import RoadStep
from toolkit.templatetags.house import moment_text


def edition_road(edition: Edition, now: datetime) -> list[RoadStep]:
    """Six steps, each done, now or ahead at `now`. A step whose date is unknown ends when
    the next one begins to be over."""
    zone = edition.zone
    ends = [
        _passed(edition.call_closes, now),
        _passed(edition.nominations_close, now),
        _begun(edition.final_from, zone, now),
        edition.final_until is not None and now.astimezone(zone).date() > edition.final_until,
        _passed(edition.results_published_at, now),
        False,
    ]
    # A later step that is over makes all before it over.
    done = [any(ends[number:]) for number in range(len(ends))]
    begun = _passed(edition.call_opens, now)
    current = done.index(False) if begun else -1
    states = ["done" if over else "now" if number == current else "ahead" for number, over in enumerate(done)]
    return [
        RoadStep(label, state, order, detail)
        for order, (label, state, detail) in enumerate(zip(_labels(), states, _details(edition), strict=True))
    ]


def _labels() -> list[str]:
    return [_("Call"), _("Cities choose"), _("Jury"), _("Final"), _("Awards"), _("Six months abroad")]


def _details(edition: Edition) -> list[str]:
    def until(value: datetime | None) -> str:
        return _("until %(moment)s") % {"moment": moment_text(value, edition.time_zone)} if value else ""

    return [
        until(edition.call_closes),
        until(edition.nominations_close),
        "",
        span(edition.final_from, edition.final_until),
        date_format(edition.results_published_at.astimezone(edition.zone).date())
        if edition.results_published_at
        else "",
        "",
    ]


def span(first: date | None, last: date | None) -> str:
    """A day, or the first and last day of several."""
    if first is None:
        return ""
    if last is None or last == first:
        return date_format(first)
    return _("%(first)s to %(last)s") % {"first": date_format(first), "last": date_format(last)}


def _passed(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def _begun(day: date | None, zone: tzinfo, now: datetime) -> bool:
    return day is not None and now.astimezone(zone).date() >= day
