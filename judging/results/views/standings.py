"""Standings: who stands where, why, ties, publishing, and the frozen file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contest.models import Entry
from judging.models import Reopening, Result, Round, TieDecision
from judging.reads.taking_part import FROZEN
from judging.results.files.workbook import results_workbook
from judging.results.forms.results import TieForm
from judging.results.services.closing import decide_tie, publish_results
from judging.results.shown.board import Board, board_of
from judging.results.shown.called import called_in
from judging.results.shown.outcomes import file_of
from judging.results.shown.table import parts_in
from judging.results.views.arithmetic import arithmetic_of
from judging.results.words.ties import left_words
from judging.rounds.kinds.correcting import corrects
from judging.rounds.views.frame import round_run_by, show
from judging.rounds.words.rule import rule_words
from judging.states import ReopeningState, RoundState
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.canonical import canonical_bytes
from toolkit.refusals_told import attempt, told_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def show_standings(request: AuthedRequest, pk: int) -> HttpResponse:
    after = Round.objects.counted().filter(edition=OuterRef("edition"), order__gt=OuterRef("order"))
    later, of_city = (
        after.filter(city__isnull=True),
        after.exclude(state=RoundState.DRAFT).filter(city=OuterRef("city")),
    )
    waiting = Reopening.objects.filter(round=OuterRef("pk"), state=ReopeningState.PROPOSED)
    closed = Result.objects.filter(round=OuterRef("pk"))
    facts = {
        "has_later": Exists(later),
        "has_later_of_city": Exists(of_city),
        "has_waiting": Exists(waiting),
        "was_closed": Exists(closed),
    }
    round = round_run_by(request.user, pk, progress=False, **facts)
    board = None if round.state == RoundState.DRAFT else board_of(round, page=request.GET.get("page", 1))
    context = {
        "round": round,
        "frozen": round.state in FROZEN,
        "is_last": round.city_id is None and not round.has_later,
        "is_last_of_city": round.city_id is not None and not round.has_later_of_city,
        "result": board.result if board else None,
        "reopening": round.has_waiting,
        "board": board,
        "is_corrected": bool(board and board.has_corrected) and corrects(round),
        "decisions": decisions_of(round, board) if board else [],
    }
    return show(request, "judging/results/standings.html", context)


def decisions_of(round: Round, board: Board) -> list[tuple[TieDecision, list[str], str]]:
    """Each decision with the names in the order decided, and in words who of them is no longer in the round."""
    rows = list(TieDecision.objects.filter(round=round).select_related("by").order_by("pk"))
    here = {row.entry for row in board.table.standings}
    called = called_in_decisions(round, board, {code for row in rows for code in row.entries})
    return [
        (row, [called.get(code, code) for code in row.entries], left_words(row.entries, here, called)) for row in rows
    ]


def called_in_decisions(round: Round, board: Board, codes: set[str]) -> dict[str, str]:
    """Entries by code, also those on another page of the standings; of a closed round those that its key names."""
    others = codes.difference(board.names.entries)
    if not others or board.names.erased:
        return board.names.entries
    if board.result and round.state in FROZEN:
        kept = board.result.key["entries"]
        found = {code: kept[code].get("title") or kept[code]["name"] for code in others & kept.keys()}
    else:
        rows = Entry.objects.filter(edition=round.edition_id, code__in=others).select_related("startup")
        found = {entry.code: str(entry) for entry in rows}
    return found | board.names.entries


@login_required
def explain(request: AuthedRequest, pk: int, entry_pk: int) -> HttpResponse:
    """The arithmetic of one entry, with the jurors' names for who runs the round."""
    round = round_run_by(request.user, pk, progress=False)
    if round.state == RoundState.DRAFT:
        raise Http404
    board = board_of(round, only=entry_pk)
    if not board.lines:
        raise Http404
    [line] = board.lines
    context = {"round": round, "line": line, "board": board, "sums": arithmetic_of(round, line, names=True)}
    context["ties"] = [tie for tie in board.ties if line.entry.code in tie.codes]
    return show(request, "judging/results/why.html", context)


@login_required
def settle_tie(request: AuthedRequest, pk: int) -> HttpResponse:
    """A named person puts tied entries in order and says why."""
    round = round_run_by(request.user, pk)
    if round.state == RoundState.DRAFT:
        raise Http404
    board = board_of(round)
    asked = request.POST.getlist("entry") or request.GET.getlist("entry")
    groups = (some for tie in board.ties for some in tie.open)
    found = next((some for some in groups if {str(entry.pk) for entry in some.entries} == set(asked)), None)
    if found is None:
        messages.error(request, _("These entries are not a tie that is open."))
        return redirect("round_standings", pk)
    form = TieForm(request.POST or None, entries=found.entries)
    if form.is_valid():
        values = {"entries": form.in_order(), "reason": form.cleaned_data["reason"]}
        with told_in(form):
            decide_tie(by=request.user, round=round, **values)
            messages.success(request, _("The tie is decided."))
            return redirect("round_standings", pk)
    context = {"round": round, "form": form, "group": found.entries, "again": found.again}
    return show(request, "judging/results/tie.html", context, 422 if form.is_bound else 200)


@login_required
@require_POST
def publish(request: AuthedRequest, pk: int) -> HttpResponse:
    round = round_run_by(request.user, pk)
    attempt(
        request,
        lambda: publish_results(by=request.user, round=round),
        _("The results are published, and the founders are told."),
    )
    return redirect("round_standings", pk)


@login_required
def download_file(request: AuthedRequest, pk: int) -> HttpResponse:
    """The frozen file, byte for byte what its hash says; of an open round what closing it now would freeze."""
    round = round_run_by(request.user, pk)
    version = request.GET.get("version", "")
    name = round.file_name
    if version.isdecimal() or round.state in FROZEN:
        results = Result.objects.filter(round=round)
        result = get_object_or_404(results.filter(version=version) if version.isdecimal() else results.current())
        return json_file(result.file.encode("utf-8"), name)
    if round.state == RoundState.DRAFT:
        raise Http404
    return json_file(canonical_bytes(file_of(round).as_data()), f"{name}-provisional")


@login_required
def download_workbook(request: AuthedRequest, pk: int) -> HttpResponse:
    """The standings with formulas over the marks, the jurors and the rule, for who works in a spreadsheet."""
    round = round_run_by(request.user, pk)
    if round.state == RoundState.DRAFT:
        raise Http404
    file = file_of(round)
    title = f"{round.selection}, {round}"
    content = results_workbook(
        file, called_in(round, parts_in(file.rule)), rule_words(round), title=title, made_at=clock.now()
    )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{round.file_name}-results.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


def json_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
