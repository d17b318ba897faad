"""A juror scores in a spreadsheet: takes the workbook, brings it back, sees every difference, and says yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from judging.models import BallotImport, Round, Scorecard
from judging.rounds.kinds.balloting import ballot_of
from judging.scoring.forms.workbooks import ImportForm, UploadForm
from judging.scoring.reading.pitch import label_of
from judging.scoring.services.workbooks import apply_import, discard_import, issue_ballot, propose_import, seat_of
from judging.scoring.views.entries import phase_of
from judging.scoring.workbooks.fields import cards_of, criteria_on, fields_of
from judging.scoring.workbooks.words import field_name, lines, refused_lines, why_refused
from judging.scoring.workbooks.writing import ballot_name
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.plans import PlanState
from toolkit.refusals_told import told_in

if TYPE_CHECKING:
    from network.models import User


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def round_of_juror(user: User, pk: int) -> Round:
    """A round in which the user has something to score; for anybody else it is not there."""
    mine = Scorecard.objects.of_juror(user).filter(assignment__round=pk)
    round = Round.objects.filter(pk=pk).select_related("edition", "city").first()
    if round is None or not ballot_of(round).gives_marks or not mine.exists():
        raise Http404
    return round


@login_required
@never_cache
def show_ballot(request: AuthedRequest, pk: int) -> HttpResponse:
    """The workbook of a round: take it, bring it back."""
    round = round_of_juror(request.user, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            made = propose_import(by=request.user, round=round, upload=form.cleaned_data["file"])
            return redirect("ballot_import", made.pk)
    waiting = BallotImport.objects.visible_to(request.user).filter(round=round, state=PlanState.PROPOSED).first()
    context = {
        "round": round,
        "form": form,
        "waiting": waiting,
        "is_open": phase_of(round, clock.now()) == "open",
        "number": Scorecard.objects.of_juror(request.user).filter(assignment__round=round).count(),
    }
    return render(request, "judging/scoring/ballot.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_GET
def download_ballot(request: AuthedRequest, pk: int) -> HttpResponse:
    round = round_of_juror(request.user, pk)
    response = HttpResponse(issue_ballot(by=request.user, round=round), content_type=XLSX)
    name = ballot_name(round, seat_of(request.user, round))
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@never_cache
def show_import(request: AuthedRequest, pk: int) -> HttpResponse:
    """Every difference, before anything is saved; a choice where both places changed; then apply, or put aside."""
    ballot = get_object_or_404(BallotImport.objects.visible_to(request.user).select_related("round__edition"), pk=pk)
    form = ImportForm(request.POST or None, conflicts=ballot.file["conflicts"])
    if request.method == "POST" and request.POST.get("do") == "discard":
        with told_in(form):
            discard_import(by=request.user, ballot=ballot)
            messages.success(request, _("Put aside: nothing of this workbook was saved."))
            return redirect("ballot", ballot.round_id)
    elif request.method == "POST" and form.is_valid():
        with told_in(form):
            cells = apply_import(by=request.user, ballot=ballot, choices=form.choices())
            messages.success(request, applied(cells))
            return redirect("judging")
    return render(
        request, "judging/scoring/ballot_import.html", context_of(request.user, ballot, form), status=_status(form)
    )


def applied(cells: int) -> str:
    said = ngettext("%(number)s cell is saved.", "%(number)s cells are saved.", cells) % {"number": cells}
    return said + " " + _("Your scorecards are not submitted yet: do that on the site.")


def _status(form: ImportForm) -> int:
    return 409 if form.is_bound else 200


def context_of(user: User, ballot: BallotImport, form: ImportForm) -> dict[str, object]:
    round, file = ballot.round, ballot.file
    labels = {card.assignment.entry.code: label_of(card.assignment.entry, round) for card in cards_of(user, round)}
    criteria = fields_of(criteria_on(round))
    conflicts = lines(file["conflicts"], labels, criteria)
    return {
        "round": round,
        "ballot": ballot,
        "form": form,
        "waits": ballot.state == PlanState.PROPOSED,
        "changes": lines(file["changes"], labels, criteria),
        "conflicts": [(line, form[line.key]) for line in conflicts],
        "refused": refused_lines(file["refused"], labels, criteria),
        "refused_count": file.get("refused_count", len(file["refused"])),
        # The database keeps no order of keys.
        "refused_why": [
            (why_refused(why, None), count)
            for why, count in sorted(file.get("refused_why", {}).items(), key=lambda row: (-row[1], row[0]))
        ],
        "missing": [labels.get(code, code) for code in file["missing"]],
        "missing_fields": [field_name(name, criteria) for name in file["missing_fields"]],
        "newer": file["newer"],
        "differs": bool(file["changes"] or file["conflicts"]),
    }
