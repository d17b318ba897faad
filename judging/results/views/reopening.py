"""Earlier versions of a result, opening a closed round again, and erasing the names that a result keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from judging.models import Reopening, Result
from judging.reads.taking_part import FROZEN
from judging.results.forms.results import ReasonForm, ReopenForm
from judging.results.services.keys import erase_result_key
from judging.results.services.reopening import confirm_reopening, decline_reopening, propose_reopening
from judging.results.shown.board import board_of_version
from judging.rounds.views.frame import round_run_by, show
from judging.states import ReopeningState
from network.requests import AuthedRequest
from toolkit.refusals_told import attempt, told_in

if TYPE_CHECKING:
    from judging.models import Round


@login_required
def show_history(request: AuthedRequest, pk: int) -> HttpResponse:
    """Every version that was frozen, every proposal to open the round again, and the form for one."""
    round = round_run_by(request.user, pk)
    results = list(round.results.select_related("closed_by", "key_erased_by").defer("file").order_by("-version"))
    if not results:
        raise Http404
    rows = list(round.reopenings.select_related("proposed_by", "answered_by", "result").order_by("-pk"))
    waiting = next((row for row in rows if row.state == ReopeningState.PROPOSED), None)
    form = None
    status = 200
    if round.state in FROZEN and waiting is None:
        form = ReopenForm(request.POST if request.method == "POST" else None, zone=round.edition.time_zone)
        if form.is_valid():
            values = form.cleaned_data
            with told_in(form):
                propose_reopening(by=request.user, round=round, **values)
                messages.success(request, _("Proposed. A second person who runs the round has to confirm it."))
                return redirect("round_history", pk)
        status = 422 if form.is_bound else 200
    context = {
        "round": round,
        "results": results,
        "reopenings": rows,
        "waiting": waiting,
        "may_confirm": waiting is not None and waiting.proposed_by_id != request.user.pk,
        "form": form,
        "frozen": round.state in FROZEN,
    }
    return show(request, "judging/results/history.html", context, status)


@login_required
@require_POST
def answer(request: AuthedRequest, pk: int, reopening_pk: int) -> HttpResponse:
    """Confirms a proposal, or declines it."""
    round = round_run_by(request.user, pk)
    reopening = get_object_or_404(Reopening, pk=reopening_pk, round=round)
    if request.POST.get("answer") == "confirm":
        done = attempt(
            request,
            lambda: confirm_reopening(by=request.user, reopening=reopening),
            _("The round is open again. The earlier version of its result is kept."),
        )
        return redirect("round_progress" if done else "round_history", pk)
    attempt(
        request,
        lambda: decline_reopening(by=request.user, reopening=reopening),
        _("Declined. The frozen result holds."),
    )
    return redirect("round_history", pk)


@login_required
def show_version(request: AuthedRequest, pk: int, version: int) -> HttpResponse:
    """The standings of one version as they were frozen."""
    round = round_run_by(request.user, pk)
    result = get_object_or_404(round.results.select_related("closed_by", "round"), version=version)
    context = {"round": round, "result": result, "board": board_of_version(result), "holds": _holds(round, result)}
    return show(request, "judging/results/version.html", context)


def _holds(round: Round, result: Result) -> bool:
    return round.state in FROZEN and not round.results.filter(version__gt=result.version).exists()


@login_required
def erase_key(request: AuthedRequest, pk: int, version: int) -> HttpResponse:
    """The names of one version, erased for good with a reason."""
    round = round_run_by(request.user, pk)
    result = get_object_or_404(round.results.defer("file"), version=version)
    if result.key_erased_at is not None:
        messages.error(request, _("The names of this result are erased already."))
        return redirect("round_history", pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with told_in(form):
            erase_result_key(by=request.user, result=result, reason=reason)
            messages.success(request, _("The names are erased. The result still recomputes from its file."))
            return redirect("round_history", pk)
    context = {"round": round, "result": result, "form": form}
    return show(request, "judging/results/erase_key.html", context, 422 if form.is_bound else 200)
