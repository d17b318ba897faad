"""The deliberation of a live session: the standings, once its chair has opened them to the jury."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from judging.jury.reading.facts import ties_of
from judging.live.forms import NotesForm
from judging.live.reading import leads
from judging.live.services.hours import open_deliberation, save_notes
from judging.live.views.hours import for_jury
from judging.models import Juror, LiveSession, Scorecard
from judging.permissions import runs_round
from judging.results.shown.board import board_of
from judging.rounds.words.entries import called
from judging.states import ScorecardState
from network import typed as door
from network.requests import AuthedRequest, PageRequest
from toolkit import clock
from toolkit.refusals import Refusal
from toolkit.refusals_told import attempt, told_in

if TYPE_CHECKING:
    from network.models import User


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
    if form.is_valid():
        with told_in(form):
            save_notes(by=request.user, session=session, **form.cleaned_data)
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
        "typing": _typing_in(request.user, session) if may_lead else None,
        **(standings_for(request.user, session) if session.opened_at else {"waiting": waiting_for(session)}),
    }
    return render(request, "judging/results/live_deliberation.html", context, status=409 if is_bound else 200)


def _typing_in(user: User, session: LiveSession) -> dict[str, object]:
    return door.typing_of(
        user,
        address=reverse("deliberation_save", args=[session.pk]),
        key=f"notes-{session.pk}",
        what="notes",
        is_new=session.notes_version == 0,
        words=door.script_words(
            wrong=_("Not saved: see what is shown in red"),
            conflict_explained=_(
                "These notes were changed in another window or by somebody who leads the session with you. "
                "Choose which version to keep."
            ),
            open_again=_("Open this page again"),
            gone=_("These notes are no longer yours to write."),
        ),
    )


@door.saves_typed
def keep_notes(request: PageRequest, typed: door.Typed, pk: int) -> HttpResponse:
    """What the script sends while the notes are typed: see network.typed. 409 `live.stale`: `kept` is newer."""
    session = for_jury(typed.by, pk)
    form = NotesForm({**typed.values, "version": typed.version})
    if not form.is_valid():
        errors = {name: str(found[0]) for name, found in form.errors.items()}
        return JsonResponse({"version": typed.version, "saved": "", "errors": errors})
    try:
        session = save_notes(by=typed.by, session=session, is_typed=True, **form.cleaned_data)
    except Refusal as refusal:
        session.refresh_from_db(fields=["notes", "notes_version"])
        kept = {"version": session.notes_version, "values": {"notes": session.notes}, "saved": _("Saved")}
        return door.refused(refusal, **({"kept": kept} if refusal.code == "live.stale" else {}))
    return JsonResponse({"version": session.notes_version, "saved": door.saved_words(clock.now()), "errors": {}})


def waiting_for(session: LiveSession) -> int:
    """Scorecards of the session's entries that are not submitted."""
    entries = [slot.entry_id for slot in session.slots.all() if slot.entry_id]
    cards = Scorecard.objects.filter(assignment__round=session.round_id, assignment__entry__in=entries)
    return cards.filter(state=ScorecardState.DRAFT).in_force().count()


def standings_for(user: User, session: LiveSession) -> dict[str, object]:
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
