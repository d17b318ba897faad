"""The deliberation of a live session: the standings, once its chair has opened them to the jury."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from judging.jury.reading.facts import ties_of
from judging.live.forms import NotesForm
from judging.live.reading import leads
from judging.live.services.hours import open_deliberation, save_notes
from judging.models import Juror, LiveSession, Scorecard
from judging.permissions import runs_round
from judging.results.shown.board import board_of
from judging.rounds.views.frame import attempt, refused
from judging.rounds.words.entries import called
from judging.states import ScorecardState
from network.requests import AuthedRequest

if TYPE_CHECKING:
    from network.models import User
from judging.live.views.hours import for_jury


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
    return render(request, "judging/results/live_deliberation.html", context, status=409 if is_bound else 200)


def waiting_for(session: LiveSession) -> int:
    """Scorecards of the session's entries that are not submitted."""
    entries = [slot.entry_id for slot in session.slots.all() if slot.entry_id]
    cards = Scorecard.objects.filter(assignment__round=session.round_id, assignment__entry__in=entries)
    return cards.filter(state=ScorecardState.DRAFT).in_force().count()


def standings_for(user: User, session: LiveSession) -> dict[str, Any]:
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
            "cards": line.filed.scorecards,
            "advances": line.place.advances,
        }
        for line in board.lines
        if line.entry.pk not in hidden
    ]
    return {"rows": rows, "hidden": len(board.lines) - len(rows), "waiting": waiting_for(session)}
