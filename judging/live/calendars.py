"""Calendar files (RFC 5545): each person's sessions in their own zone, under identifiers that stay,
so that a change moves them."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.domain.running_order import Span
from judging.models import Assignment, LiveSession
from judging.rounds.words.entries import called
from judging.states import SessionState
from network.models import User
from toolkit.calendar_zones import add_zones, as_told, is_repeated
from toolkit.zones import present_name

if TYPE_CHECKING:
    from icalendar import Event


def calendar_of(user: User, sessions: Iterable[LiveSession], made_at: datetime) -> bytes:
    """The sessions (told_to the user, with_slots) as an iCalendar file in the user's language and zone. Two queries.

    A juror finds the whole session with what they may call each entry; a team its own slot and nothing of the others.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//live sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    with translation.override(user.language or settings.LANGUAGE_CODE):
        calendar.add("x-wr-calname", settings.SITE_NAME)
        sessions = list(sessions)
        readable = _readable(user, sessions)
        teams = set(user.memberships.filter(role="founder").values_list("organisation_id", flat=True))
        for session in sessions:
            for event in _events(user, session, readable, teams, made_at):
                calendar.add_component(event)
    add_zones(calendar)
    found: bytes = calendar.to_ical()
    return found


def _readable(user: User, sessions: list[LiveSession]) -> set[tuple[int, int]]:
    """(round, entry) of what the user scores."""
    rounds = [session.round_id for session in sessions]
    return set(Assignment.objects.read_by(user).filter(round__in=rounds).order_by().values_list("round_id", "entry_id"))


def _events(user: User, session: LiveSession, readable: set[Any], teams: set[int], made_at: datetime) -> list[Any]:
    sits = session.chair is not None and session.chair.user_id == user.pk
    sits = sits or any((session.round_id, slot.entry_id) in readable for slot in session.slots.all())
    events = []
    if sits:
        order = "\n".join(_lines(user, session, readable))
        title = _("Jury: %(session)s, %(round)s") % {"session": session, "round": session.round}
        events.append(_event(user, session, f"jury-{session.uid}", title, session.span(), order, made_at))
    for slot, span in session.timed_slots():
        if slot.entry and slot.takes_part and slot.entry.startup.organisation_id in teams:
            title = _("You pitch: %(entry)s") % {"entry": slot.entry}
            says = ngettext(
                "%(pitch)s minute to pitch, %(questions)s for questions. %(session)s, %(round)s.",
                "%(pitch)s minutes to pitch, %(questions)s for questions. %(session)s, %(round)s.",
                slot.pitch_minutes,
            ) % {
                "pitch": slot.pitch_minutes,
                "questions": slot.questions_minutes,
                "session": session,
                "round": session.round,
            }
            uid = f"pitch-{session.uid}-{slot.entry.code}"
            events.append(_event(user, session, uid, title, span, says, made_at))
    return events


def zone_of(user: User, session: LiveSession) -> zoneinfo.ZoneInfo:
    """The person's zone, or the session's as long as theirs is not known;
    by the name in use, which every calendar program knows."""
    return zoneinfo.ZoneInfo(present_name(user.time_zone or session.time_zone))


def _lines(user: User, session: LiveSession, readable: set[Any]) -> list[str]:
    zone = zone_of(user, session)
    said = []
    for slot, span in session.timed_slots():
        if slot.entry is None:
            name = _("Break")
        else:
            may_read = (session.round_id, slot.entry_id) in readable
            name = called(slot.entry, session.round) if may_read else slot.entry.code
        local = span.starts.astimezone(zone)
        said.append(f"{local:%H:%M %Z} {name}" if is_repeated(local) else f"{local:%H:%M} {name}")
    return said


def _event(user: User, session: LiveSession, uid: str, title: str, span: Span, says: str, made_at: datetime) -> Event:
    from icalendar import Event

    zone = zone_of(user, session)
    page = settings.SITE_URL + reverse("live_session", args=[session.pk])
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", session.sequence)
    event.add("dtstamp", made_at)
    starts, ends = as_told([span.starts, span.ends], zone)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", title)
    event.add("description", f"{says}\n\n{page}".strip())
    event.add("url", page)
    if session.meeting_url:
        event.add("location", session.meeting_url)
    event.add("status", "CANCELLED" if session.state == SessionState.CANCELLED else "CONFIRMED")
    return event
