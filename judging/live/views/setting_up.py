"""The organiser sets live sessions up: when, where, in which order; publishes them; allows recordings."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from judging.live.forms import OrderForm, RecordingForm, SessionForm
from judging.live.services.sessions import (
    SlotDraft,
    allow_recordings,
    cancel_session,
    publish_session,
    save_running_order,
    save_session,
)
from judging.models import LiveSession, Round, Slot
from judging.reads.rounds import entries_of
from judging.rounds.views.frame import round_run_by, show
from judging.states import RoundState, SessionState
from network.requests import AuthedRequest
from toolkit.refusals_told import attempt, told_in


@login_required
def list_sessions(request: AuthedRequest, pk: int) -> HttpResponse:
    """A round's sessions, a form for another, and whether recordings count."""
    round = round_run_by(request.user, pk)
    do = request.POST.get("do", "")
    form = SessionForm(request.POST if do == "add" else None, round=round)
    recordings = RecordingForm(request.POST if do == "recordings" else None, round=round)
    if form.is_valid():
        with told_in(form):
            made = save_session(by=request.user, round=round, session=None, **form.cleaned_data)
            messages.success(request, _("The session is there. Put its running order together."))
            return redirect("session_setup", pk, made.pk)
    if recordings.is_valid():
        with told_in(recordings):
            allow_recordings(by=request.user, round=round, **recordings.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("round_sessions", pk)
    context = {
        "round": round,
        "form": form,
        "recordings": recordings,
        "sessions": LiveSession.objects.filter(round=round).with_slots(),
        "can_write": round.state in (RoundState.DRAFT, RoundState.OPEN),
    }
    return show(
        request, "judging/live/live_sessions.html", context, 422 if form.is_bound or recordings.is_bound else 200
    )


def free_entries(round: Round) -> list[Any]:
    """The round's entries that are in no session that takes place."""
    taken = Slot.objects.filter(session__round=round, entry__isnull=False).exclude(
        session__state=SessionState.CANCELLED
    )
    rows = entries_of(round).exclude(pk__in=taken.order_by().values("entry"))
    return list(rows.select_related("startup__organisation"))


@login_required
def set_up(request: AuthedRequest, pk: int, session_pk: int) -> HttpResponse:
    """One session: its form, its running order, publishing and calling off."""
    round = round_run_by(request.user, pk)
    session = get_object_or_404(LiveSession.objects.with_slots(), round=round, pk=session_pk)
    do = request.POST.get("do", "")
    if do in ("publish", "cancel"):
        act, said = {
            "publish": (publish_session, _("Published: jurors and teams are told by e-mail.")),
            "cancel": (cancel_session, _("Called off: everybody is told by e-mail.")),
        }[do]
        attempt(request, lambda: act(by=request.user, session=session), said)
        return redirect("session_setup", pk, session_pk)
    form = SessionForm(request.POST if do == "details" else None, round=round, session=session)
    order = OrderForm(
        request.POST if do == "order" else None, slots=list(session.slots.all()), free=free_entries(round)
    )
    if form.is_valid():
        with told_in(form):
            save_session(by=request.user, round=round, session=session, **form.cleaned_data)
            messages.success(request, saved_words(session))
            return redirect("session_setup", pk, session_pk)
    if order.is_valid():
        drafts = [SlotDraft(*line) for line in order.lines()]
        with told_in(order):
            save_running_order(by=request.user, session=session, slots=drafts)
            messages.success(request, saved_words(session))
            return redirect("session_setup", pk, session_pk)
    context = {
        "round": round,
        "session": session,
        "form": form,
        "order": order,
        "times": session.timed_slots(),
        "span": session.span(),
        "can_write": round.state in (RoundState.DRAFT, RoundState.OPEN),
    }
    return show(request, "judging/live/live_setup.html", context, 422 if form.is_bound or order.is_bound else 200)


def saved_words(session: LiveSession) -> str:
    if session.state == SessionState.PUBLISHED:
        return _("Saved. Whoever's time or place has changed is told by e-mail.")
    return _("Saved.")
