"""A live session as jurors, teams and who runs it see it: the running order, the way to each card, calendars."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from contest.reads.entries import team_ids_of
from judging.domain.running_order import Span
from judging.jury.reading.facts import ties_of
from judging.live.calendars import calendar_of
from judging.live.reading import chairs, jurors_of, leads, why_no_recording
from judging.live.services.hours import mark_absent, renew_feed
from judging.models import CalendarFeed, Juror, LiveSession, Scorecard, Slot
from judging.permissions import runs_round
from judging.rounds.words.entries import called
from judging.states import RoundState, ScorecardState, SessionState
from network.requests import AuthedRequest, PageRequest
from toolkit import clock
from toolkit.refusals_told import attempt

if TYPE_CHECKING:
    from network.models import User


ICS = "text/calendar; charset=utf-8"


@dataclass
class Line:
    """A slot as the reader may see it. `card` is the reader's own scorecard; `cards` what who leads sees:
    (juror, status)."""

    slot: Slot
    span: Span
    label: str
    is_own: bool = False
    card: Scorecard | None = None
    status: str = ""
    recording: str = ""
    cards: list[tuple[Juror, str, bool]] = field(default_factory=list)

    @property
    def missing(self) -> list[tuple[Juror, str, bool]]:
        return [row for row in self.cards if row[1] != "submitted"]


def session_of(user: User, pk: int) -> LiveSession:
    return get_object_or_404(LiveSession.objects.visible_to(user).with_slots(), pk=pk)


def status_of(card: Scorecard) -> str:
    """unopened, started or submitted."""
    if card.state == ScorecardState.SUBMITTED:
        return "submitted"
    return "started" if card.version else "unopened"


def lines_of(user: User, session: LiveSession) -> list[Line]:
    """A team: its own slot. A juror: all, with what they may call each. Who runs the round: all by name.
    Four queries."""
    own_cards = {
        card.assignment.entry_id: card
        for card in Scorecard.objects.of_juror(user)
        .filter(assignment__round=session.round_id)
        .select_related("assignment")
    }
    runs = runs_round(user, session.round)
    sits = leads(user, session) or bool(own_cards)
    teams = set(team_ids_of(user))
    readable = set(own_cards) | (untied(session) if chairs(user, session) and not runs else set())
    absent = session.absences.filter(juror__user=user).exists()
    cards = cards_by_entry(session) if runs else {}
    lines = []
    for slot, span in session.timed_slots():
        is_own = slot.entry is not None and slot.entry.startup.organisation_id in teams
        if not (sits or is_own):
            continue
        card = own_cards.get(slot.entry_id or 0)
        lines.append(
            Line(
                slot=slot,
                span=span,
                label=name_of(slot, session, runs or is_own, slot.entry_id in readable),
                is_own=is_own,
                card=card,
                status=status_of(card) if card else "",
                recording=slot.recording_url if runs or (card and absent and session.round.recording_allowed) else "",
                cards=cards.get(slot.entry_id or 0, []),
            )
        )
    return lines


def untied(session: LiveSession) -> set[int]:
    """The session's entries with which its chair has no tie: the chair calls them up. Six queries."""
    assert session.chair is not None
    tied = {tie.entry for tie in ties_of(session.round, [session.chair])}
    return {slot.entry_id for slot in session.slots.all() if slot.entry_id} - tied


def name_of(slot: Slot, session: LiveSession, with_names: bool, may_read: bool) -> str:
    if slot.entry is None:
        return _("Break")
    if with_names:
        return str(slot.entry)
    return called(slot.entry, session.round) if may_read else slot.entry.code


def cards_by_entry(session: LiveSession) -> dict[int, list[tuple[Juror, str, bool]]]:
    """{entry: [(juror, status, is noted as absent)]} of the session's entries. Two queries."""
    absent = set(session.absences.values_list("juror_id", flat=True))
    entries = [slot.entry_id for slot in session.slots.all() if slot.entry_id]
    cards = (
        Scorecard.objects.filter(assignment__round=session.round_id, assignment__entry__in=entries)
        .in_force()
        .select_related("assignment__juror")
        .order_by("assignment__juror__full_name", "pk")
    )
    found: dict[int, list[tuple[Juror, str, bool]]] = {}
    for card in cards:
        juror = card.assignment.juror
        found.setdefault(card.assignment.entry_id, []).append((juror, status_of(card), juror.pk in absent))
    return found


@login_required
@never_cache
def show_session(request: AuthedRequest, pk: int) -> HttpResponse:
    """The whole page; an htmx refresh gets the running order only."""
    session = session_of(request.user, pk)
    lines = lines_of(request.user, session)
    seat = (
        Juror.objects.of_jury(session.round.edition_id, session.round.city_id)
        .active()
        .filter(user=request.user)
        .first()
    )
    sits = seat is not None and any(line.card for line in lines)
    now = clock.now()
    absent = sits and session.absences.filter(juror=seat).exists()
    context = {
        "session": session,
        "round": session.round,
        "span": session.span(),
        "lines": lines,
        "runs": runs_round(request.user, session.round),
        "leads": leads(request.user, session),
        "sits": sits,
        "absent": absent,
        "why_not": why_no_recording(session.round, "-", now) if absent else "",
        "has_begun": now >= session.starts_at,
        "is_on": session.state == SessionState.PUBLISHED,
        "is_open": session.round.state == RoundState.OPEN,
        "jurors": jurors_of(session) if leads(request.user, session) else [],
    }
    return render(
        request, "judging/live/live_session.html#order" if request.htmx else "judging/live/live_session.html", context
    )


@login_required
@require_POST
def say_absent(request: AuthedRequest, pk: int) -> HttpResponse:
    """A juror can't be there, or can after all; who leads the session says it for one."""
    session = session_of(request.user, pk)
    jurors = {juror.pk: juror for juror in jurors_of(session)}
    asked = request.POST.get("juror", "")
    mine = next((juror for juror in jurors.values() if juror.user_id == request.user.pk), None)
    juror = jurors.get(int(asked)) if asked.isascii() and asked.isdigit() else mine
    if juror is None:
        raise Http404
    absent = request.POST.get("absent", "1") == "1"
    attempt(
        request,
        lambda: mark_absent(by=request.user, session=session, juror=juror, absent=absent),
        _("Noted."),
    )
    return redirect("live_session", pk)


@login_required
@require_GET
def download_calendar(request: AuthedRequest, pk: int) -> HttpResponse:
    """The session for the reader's own calendar; nothing for who only runs the round."""
    session = get_object_or_404(LiveSession.objects.told_to(request.user).with_slots(), pk=pk)
    response = HttpResponse(calendar_of(request.user, [session], clock.now()), content_type=ICS)
    response["Content-Disposition"] = f'attachment; filename="session-{session.pk}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@never_cache
def show_feed(request: AuthedRequest) -> HttpResponse:
    """The secret address of one's own calendar, made or renewed on demand."""
    if request.method == "POST":
        renew_feed(by=request.user)
        messages.success(request, _("Here is your new address. The one before leads nowhere now."))
        return redirect("calendar")
    feed = CalendarFeed.objects.filter(user=request.user).first()
    address = settings.SITE_URL + reverse("calendar_feed", args=[feed.token]) if feed else ""
    sessions = LiveSession.objects.told_to(request.user).with_slots()
    return render(request, "judging/live/calendar.html", {"feed": feed, "address": address, "sessions": sessions})


@require_GET
def read_feed(request: PageRequest, token: str) -> HttpResponse:
    """What a calendar program reads by the secret address, without a log-in."""
    feed = get_object_or_404(CalendarFeed.objects.select_related("user"), token=token, user__is_active=True)
    sessions = LiveSession.objects.told_to(feed.user).with_slots()
    response = HttpResponse(calendar_of(feed.user, sessions, clock.now()), content_type=ICS)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
