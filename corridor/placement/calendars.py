"""The stays of an incubator, of a start-up or of a person as a calendar file (RFC 5545):
whole days, under identifiers that stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.models import Stay
from corridor.states import HOLDS_PLACES, StayState
from network.models import Event as Happening

if TYPE_CHECKING:
    from icalendar import Event


@dataclass(frozen=True)
class Revision:
    """How often a stay was changed, and when last."""

    number: int
    at: datetime


def revisions_of(stays: Iterable[Stay]) -> dict[int, Revision]:
    """{stay: Revision}, counted from what is written down about it, which only grows. One query."""
    keys = [str(stay.pk) for stay in stays]
    rows = Happening.objects.filter(object_type=Stay._meta.label_lower, object_id__in=keys).order_by()
    counted = rows.values_list("object_id").annotate(number=Count("pk"), at=Max("at"))
    return {int(pk): Revision(number, at) for pk, number, at in counted}


def calendar_of_stays(name: str, stays: Iterable[Stay], made_at: datetime) -> bytes:
    """`stays` come with_parties. An ended stay stays in the file as cancelled, so that calendar programs take it out.

    DTSTAMP is when this file was made, since it has a METHOD;
    LAST-MODIFIED and SEQUENCE tell of the stay itself. One query.
    """
    from icalendar import Calendar

    stays = list(stays)
    revisions = revisions_of(stays)

    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//stays//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for stay in stays:
        calendar.add_component(_event(stay, made_at, revisions.get(stay.pk, Revision(0, stay.created_at))))
    found: bytes = calendar.to_ical()
    return found


def _event(stay: Stay, made_at: datetime, revision: Revision) -> Event:
    from icalendar import Event

    page = settings.SITE_URL + reverse("stay", args=[stay.pk])
    event = Event()
    event.add("uid", f"stay-{stay.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", made_at)
    event.add("created", stay.created_at)
    event.add("last-modified", revision.at)
    event.add("sequence", revision.number)
    event.add("dtstart", stay.starts)
    event.add("dtend", stay.ends)  # a whole-day event ends on the day after, as an interval here does
    event.add("summary", _("%(team)s at %(host)s") % {"team": stay.candidate.name, "host": stay.incubator.name})
    event.add("description", f"{stay.get_state_display()}\n\n{page}")
    event.add("location", stay.incubator.address or str(stay.incubator.city or ""))
    event.add("url", page)
    event.add("transp", "TRANSPARENT")
    if stay.state not in HOLDS_PLACES:
        event.add("status", "CANCELLED")
    else:
        event.add("status", "TENTATIVE" if stay.state == StayState.PROPOSED else "CONFIRMED")
    return event
