"""A live session while it lasts: the timer that everybody follows, and the deliberation."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from judging.domain.running_order import BREAK, PITCH, QUESTIONS
from judging.live.reading import leads, phases, timer_of
from judging.live.services.hours import run_timer
from judging.live.views.sessions import lines_of, session_of
from judging.models import LiveSession
from judging.states import RoundState, SessionState
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


class TimerState(TypedDict, total=False):
    """The phase that runs, times in milliseconds since 1970 but for seconds; only `of`, 0, where there is none."""

    number: int
    of: int
    kind: str
    label: str
    card: int | None
    next: str
    seconds: int
    elapsed: int
    spent: int
    since: int | None
    now: int


def state_of(user: User, session: LiveSession) -> TimerState:
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
    return render(request, "judging/live/live_timer.html", context)


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
