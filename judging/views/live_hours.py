"""A live session while it lasts: the timer that everybody follows, and the deliberation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from judging.domain.running_order import BREAK, PITCH, QUESTIONS
from judging.forms.live import NotesForm
from judging.live import called, leads, phases, timer_of
from judging.models import Juror, LiveSession, Scorecard
from judging.permissions import runs_round
from judging.reading import ties_of
from judging.services import open_deliberation, run_timer, save_notes
from judging.states import RoundState, ScorecardState, SessionState
from judging.views.board import board_of
from judging.views.frame import attempt, refused
from judging.views.live import lines_of, session_of
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from network.models import User


def for_jury(user: User, pk: int) -> LiveSession:
    """A session, for who leads it or sits in it; a team that pitches in it does not find the jury's pages."""
    session = session_of(user, pk)
    if not leads(user, session) and not LiveSession.objects.for_juror(user).filter(pk=pk).exists():
        raise Http404
    return session


def kind_words(kind: str) -> str:
    return {PITCH: _("Pitch"), QUESTIONS: _("Questions"), BREAK: _("Break")}[kind]


def state_of(user: User, session: LiveSession) -> dict:
    """What the timer's script needs: times in milliseconds of the server's clock,
    so that no device's own clock matters."""
    now = clock.now()
    timer = timer_of(session, now)
    if timer.phase is None:
        return {"of": 0}
    lines = lines_of(user, session)
    every = phases(session)
    following = every[timer.number + 1] if timer.number + 1 < timer.of else None
    card = lines[timer.phase.slot].card
    return {
        "number": timer.number,
        "of": timer.of,
        "kind": kind_words(timer.phase.kind),
        "label": lines[timer.phase.slot].label,
        "card": card.pk if card else None,
        "next": f"{kind_words(following.kind)}: {lines[following.slot].label}" if following else "",
        "seconds": timer.phase.seconds,
        "elapsed": session.timer_elapsed,
        "spent": timer.spent,
        "since": int(session.timer_since.timestamp() * 1000) if session.timer_since else None,
        "now": int(now.timestamp() * 1000),
    }


@login_required
@never_cache
def show_timer(request: AuthedRequest, pk: int) -> HttpResponse:
    """Big digits. Who leads starts and pauses by button or key; without scripts, the same buttons post."""
    session = for_jury(request.user, pk)
    if request.method == "POST":
        return press(request, session)
    state = state_of(request.user, session)
    left = state["seconds"] - state["spent"] if state["of"] else 0
    context = {
        "session": session,
        "round": session.round,
        "state": state,
        "left": f"{'−' if left < 0 else ''}{abs(left) // 60}:{abs(left) % 60:02}",
        "leads": leads(request.user, session),
        "takes": session.state == SessionState.PUBLISHED and session.round.state == RoundState.OPEN,
        "words": {
            "minute": _("One minute left"),
            "over": _("Time is up"),
            "offline": _("No link to the site: the clock goes on by itself."),
        },
    }
    return render(request, "judging/live_timer.html", context)


def press(request: AuthedRequest, session: LiveSession) -> HttpResponse:
    """A button or a key of the timer. A script gets the new state, a plain form the page."""
    phase = request.POST.get("phase", "")
    number = int(phase) if phase.isascii() and phase.isdigit() and len(phase) < 6 else -1
    by_script = request.headers.get("Accept") == "application/json"
    try:
        run_timer(by=request.user, session=session, do=request.POST.get("do", ""), phase=number)
    except Refusal as refusal:
        if by_script:
            return JsonResponse({"code": refusal.code, "detail": str(refusal.message)}, status=refusal.status)
        messages.error(request, str(refusal.message))
    if by_script:
        return JsonResponse(state_of(request.user, session_of(request.user, session.pk)))
    return redirect("session_timer", session.pk)


@login_required
@never_cache
@require_GET
def read_timer(request: AuthedRequest, pk: int) -> HttpResponse:
    return JsonResponse(state_of(request.user, for_jury(request.user, pk)))


@login_required
@never_cache
def deliberate(request: AuthedRequest, pk: int) -> HttpResponse:
    """The standings and the notes. Before the chair opens it there is nothing here, but for who may open it."""
    session = for_jury(request.user, pk)
    may_lead = leads(request.user, session)
    if session.opened_at is None and not may_lead:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "open":
        attempt(
            request,
            lambda: open_deliberation(by=request.user, session=session),
            _("The deliberation is open: the session's jurors see the standings now."),
        )
        return redirect("deliberation", pk)
    kept = {"version": session.notes_version, "notes": session.notes}
    form = NotesForm(request.POST if request.method == "POST" else None, initial=kept)
    if form.is_valid() and not refused(form, lambda: save_notes(by=request.user, session=session, **form.cleaned_data)):
        return redirect("deliberation", pk)
    is_bound = form.is_bound
    stale = is_bound and request.POST.get("version") != str(session.notes_version)
    if stale:  # the next save starts from what is kept now, which is shown beside what was typed
        form.data = {**request.POST.dict(), "version": session.notes_version}
    context = {
        "session": session,
        "round": session.round,
        "form": form,
        "kept": session.notes if stale else "",
        "leads": may_lead,
        **(standings_for(request.user, session) if session.opened_at else {"waiting": waiting_for(session)}),
    }
    return render(request, "judging/live_deliberation.html", context, status=409 if is_bound else 200)


def waiting_for(session: LiveSession) -> int:
    """Scorecards of the session's entries that are not submitted."""
    entries = [slot.entry_id for slot in session.slots.all() if slot.entry_id]
    cards = Scorecard.objects.filter(assignment__round=session.round_id, assignment__entry__in=entries)
    return cards.filter(state=ScorecardState.DRAFT).in_force().count()


def standings_for(user: User, session: LiveSession) -> dict:
    """The round's standings as the reader may see them: a juror sees no entry with which they have a tie."""
    round = session.round
    board = board_of(round, with_ties=False)
    runs = runs_round(user, round)
    hidden: set[int] = set()
    if not runs:
        seats = list(Juror.objects.of_jury(round.edition_id, round.city_id).active().filter(user=user))
        hidden = {tie.entry for tie in ties_of(round, seats)}
    rows = [
        {
            "rank": line.place.rank,
            "label": str(line.entry) if runs else called(line.entry, round),
            "code": line.entry.code,
            "total": line.total,
            "tie": line.tie,
            "cards": line.filed["scorecards"],
            "advances": line.place.advances,
        }
        for line in board.lines
        if line.entry.pk not in hidden
    ]
    return {"rows": rows, "hidden": len(board.lines) - len(rows), "waiting": waiting_for(session)}
