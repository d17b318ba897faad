"""How far the jury is; opening and closing the round."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contest.models import Entry
from judging.jury.services.opening import open_round
from judging.models import Departure, Juror, Round, Scorecard, SetAside
from judging.results.forms.results import CloseForm, EarlyForm
from judging.results.services.closing import close_round
from judging.results.shown.board import board_of
from judging.rounds.services.phases import why_early
from judging.rounds.views.frame import round_run_by, show
from judging.rounds.words.rule import best_words
from judging.scoring.services.departures import see_departure
from judging.scoring.services.reminders import remind_jurors
from judging.states import RoundState, ScorecardState
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.refusals_told import attempt, told_in


@dataclass
class Line:
    """How far one juror, or one entry, is. `marked` and `criteria` count marks of scorecards that are begun."""

    thing: Juror | Entry
    total: int = 0
    submitted: int = 0
    started: int = 0
    recused: int = 0

    @property
    def left(self) -> int:
        return self.total - self.submitted


@login_required
def show_progress(request: AuthedRequest, pk: int) -> HttpResponse:
    """The whole page; an htmx refresh gets its moving part only."""
    round = round_run_by(request.user, pk)
    by_juror, by_entry = lines_of(round)
    context = {
        "round": round,
        "by_juror": by_juror,
        "by_entry": by_entry,
        "missing": [line for line in by_juror if line.left],
        "short": [line for line in by_entry if line.submitted < round.rule.min_scorecards],
        "set_aside": set_aside_in(round),
        "left": left_of(round),
        "now": clock.now(),
        "is_late": round.state == RoundState.OPEN and clock.now() >= round.closes_at,
        "can_remind": round.state == RoundState.OPEN and clock.now() < round.closes_at,
    }
    template = "judging/results/progress.html#moving" if request.htmx else "judging/results/progress.html"
    return show(request, template, context)


def set_aside_in(round: Round) -> list[SetAside]:
    """Versions that came too late, the latest first. What they say is their juror's alone:
    this page shows that they came."""
    rows = SetAside.objects.filter(scorecard__assignment__round=round).defer("marks", "texts")
    return list(rows.select_related("scorecard__assignment__juror", "scorecard__assignment__entry"))


def left_of(round: Round) -> list[Departure]:
    """What left the round and has not come back, the latest first."""
    rows = Departure.objects.standing().filter(round=round)
    return list(rows.select_related("entry__startup__organisation", "juror", "seen_by"))


def lines_of(round: Round) -> tuple[list[Line], list[Line]]:
    """By juror (most left to do first) and by entry (fewest submitted first), from one reading of the scorecards."""
    jurors: dict[int, Line] = {}
    entries: dict[int, Line] = {}
    hidden = set(Departure.objects.standing().filter(round=round).values_list("juror_id", "entry_id"))
    cards = Scorecard.objects.filter(assignment__round=round).taking_part()
    cards = cards.select_related(
        "assignment__juror__city", "assignment__entry__startup__organisation", "assignment__entry__city"
    )
    for card in cards.order_by("assignment__juror__full_name", "assignment__entry__code"):
        assignment = card.assignment
        both = (
            jurors.setdefault(assignment.juror_id, Line(assignment.juror)),
            entries.setdefault(assignment.entry_id, Line(assignment.entry)),
        )
        for line in both:
            count(line, card, is_hidden=(assignment.juror_id, assignment.entry_id) in hidden)
    by_juror = sorted(jurors.values(), key=lambda line: -line.left)
    by_entry = sorted(entries.values(), key=lambda line: line.submitted)
    return by_juror, by_entry


def count(line: Line, card: Scorecard, *, is_hidden: bool) -> None:
    """A tie that became known takes the entry from the juror as stepping back does."""
    if card.state == ScorecardState.RECUSED or is_hidden:
        line.recused += 1
        return
    line.total += 1
    line.submitted += card.state == ScorecardState.SUBMITTED
    line.started += card.state == ScorecardState.DRAFT and card.version > 0


@login_required
@require_POST
def see_what_left(request: AuthedRequest, pk: int) -> HttpResponse:
    """Takes what left from the list of what waits for who runs the round."""
    round = round_run_by(request.user, pk)
    departure = get_object_or_404(Departure, round=round, pk=number(request.POST.get("departure", "")))
    attempt(request, lambda: see_departure(by=request.user, departure=departure), _("Noted."))
    return redirect("round_progress", pk)


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@login_required
@require_POST
def remind(request: AuthedRequest, pk: int) -> HttpResponse:
    """Writes to every juror who has something left to do."""
    round = round_run_by(request.user, pk)
    attempt(
        request,
        lambda: remind_jurors(by=request.user, round=round),
        _("The jurors who have work left are told."),
    )
    return redirect("round_progress", pk)


@login_required
def confirm_open(request: AuthedRequest, pk: int) -> HttpResponse:
    """What opening does, and what is still in its way."""
    round = round_run_by(request.user, pk)
    form = EarlyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form):
            open_round(by=request.user, round=round, **form.cleaned_data)
            messages.success(request, _("The round is open. Its jurors are told by e-mail."))
            return redirect("round_progress", pk)
    by_juror, by_entry = lines_of(round)
    context = {
        "round": round,
        "form": form,
        "by_juror": by_juror,
        "by_entry": by_entry,
        "bests": best_words(round),
        "why_early": why_early(round),
    }
    return show(request, "judging/results/open.html", context, 422 if form.is_bound else 200)


@login_required
def confirm_close(request: AuthedRequest, pk: int) -> HttpResponse:
    """Closing: what is missing, the reason for closing without it, and ties that wait for a person."""
    round = round_run_by(request.user, pk)
    if round.state != RoundState.OPEN:
        return redirect("round_standings", pk)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        values = form.cleaned_data
        with told_in(form):
            close_round(by=request.user, round=round, **values)
            messages.success(request, _("The round is closed and its results are frozen."))
            return redirect("round_standings", pk)
    by_juror, by_entry = lines_of(round)
    board = board_of(round)
    context = {
        "round": round,
        "form": form,
        "missing": [line for line in by_juror if line.left],
        "short": [line for line in by_entry if line.submitted < round.rule.min_scorecards],
        "open_ties": [tie for tie in board.ties if tie.at_cut],
        "is_early": clock.now() < round.closes_at,
        "why_early": why_early(round),
    }
    return show(request, "judging/results/close.html", context, 422 if form.is_bound else 200)
