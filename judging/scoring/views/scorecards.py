"""The entry and its scorecard, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from judging.models import Criterion, SampleEntry, Scorecard, SetAside
from judging.rounds.kinds.balloting import ballot_of
from judging.scoring.forms.scorecards import RecusalForm, ScorecardForm, initial_of
from judging.scoring.reading.pitch import read_entry
from judging.scoring.services.scorecards import recuse, reopen_scorecard, save_scorecard, submit_scorecard
from judging.scoring.services.set_aside import set_aside
from judging.scoring.views.entries import neighbours_of, phase_of
from judging.scoring.views.spreads import others_of, others_words, sees_others
from judging.scoring.words.scripts import words_of_card
from judging.scoring.words.so_far import so_far_of
from judging.states import ScorecardState
from network.devices import offline_boxes
from network.requests import AuthedRequest, PageRequest
from toolkit import clock
from toolkit.refusals import Refusal
from toolkit.refusals_told import show_refusal, told_in
from toolkit.uploads import blind_copy

if TYPE_CHECKING:
    from judging.reads.scorecards import ScorecardQuerySet
    from network.models import User


def mine(user: User) -> ScorecardQuerySet:
    """A juror's own scorecards; another's, or one of a conflicted entry, is not there."""
    return Scorecard.objects.of_juror(user).select_related(
        "assignment__round__rule",
        "assignment__round__edition",
        "assignment__round__city",
        "assignment__juror",
        "assignment__entry__startup__organisation__city",
        "assignment__entry__category",
        "assignment__entry__city",
    )


def for_page(user: User, pk: int) -> Scorecard:
    rows = (
        mine(user)
        .with_marks()
        .prefetch_related(
            "assignment__round__criteria__group",
            "assignment__entry__answers__question",
            "assignment__entry__attachments",
            "assignment__entry__startup__organisation__memberships__user",
        )
    )
    return get_object_or_404(rows, pk=pk)


@never_cache
def show_scorecard(request: PageRequest, pk: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return ask_to_log_in(request)
    return show_to_juror(cast(AuthedRequest, request), pk)


def show_to_juror(request: AuthedRequest, pk: int) -> HttpResponse:
    if request.method == "POST" and (late := keep_aside(request, pk)):
        return late
    scorecard = for_page(request.user, pk)
    criteria = criteria_of(scorecard)
    if request.method != "POST":
        return page(request, scorecard, ScorecardForm(scorecard=scorecard, criteria=criteria))
    form = ScorecardForm(request.POST, scorecard=scorecard, criteria=criteria)
    return take(request, scorecard, form)


def keep_aside(request: AuthedRequest, pk: int) -> HttpResponse | None:
    """A form that comes when the entry is no longer the juror's to read:
    what it holds is kept for them, beside the code."""
    seat = Scorecard.objects.filter(pk=pk, assignment__juror__user=request.user).first()
    if seat is None or mine(request.user).filter(pk=pk).exists():
        return None
    is_recused = seat.state == ScorecardState.RECUSED
    has_left = not Scorecard.objects.filter(pk=pk).taking_part().exists()
    code = "scorecard.recused" if is_recused else "scorecard.left" if has_left else "scorecard.conflict"
    version = set_aside(by=request.user, pk=pk, version=0, values=request.POST.dict(), code=code)
    return redirect("set_aside", version.pk) if version else None


def criteria_of(scorecard: Scorecard) -> list[Criterion]:
    """What is marked on this entry: see Round.criteria_for."""
    return scorecard.assignment.round.criteria_for(scorecard.assignment.entry)


def ask_to_log_in(request: PageRequest) -> HttpResponse:
    """A log-in first; what a form without scripts had typed is shown, so that it can be copied."""
    typed = [text for text in (request.POST.get("comment"), request.POST.get("private_note")) if text]
    if request.method == "POST" and typed:
        return render(request, "judging/scoring/log_in_again.html", {"typed": typed}, status=401)
    return redirect_to_login(request.get_full_path())


def take(request: AuthedRequest, scorecard: Scorecard, form: ScorecardForm) -> HttpResponse:
    """Save, submit, or submit and go on. Whatever is refused, the page comes back with all that was typed."""
    if not form.is_valid():
        return page(request, scorecard, form, status=422)
    do = request.POST.get("do", "save")
    try:
        saved = keep(request.user, scorecard, form)
        if do == "save":
            messages.success(request, _("Saved."))
            return redirect("scorecard", scorecard.pk)
        submit_scorecard(by=request.user, scorecard=saved, version=saved.version)
    except Refusal as refusal:
        return refused(request, scorecard.pk, form, refusal)
    messages.success(request, _("Submitted. You can change it until the round closes."))
    around = neighbours_of(request.user, scorecard.assignment.round, scorecard) if do == "submit_next" else None
    following = around and around.to_do
    if following:
        return redirect("scorecard", following)
    return redirect("judging") if do == "submit_next" else redirect("scorecard", scorecard.pk)


def keep(user: User, scorecard: Scorecard, form: ScorecardForm) -> Scorecard:
    return save_scorecard(
        by=user,
        scorecard=scorecard,
        version=form.cleaned_data["version"],
        marks=form.marks(),
        comment=form.cleaned_data.get("comment", scorecard.comment),
        private_note=form.cleaned_data.get("private_note", scorecard.private_note),
        remarks=form.remarks(),
    )


def refused(request: AuthedRequest, pk: int, form: ScorecardForm, refusal: Refusal) -> HttpResponse:
    """The page again: beside what is kept when it is stale, with the missing marks when it is not complete."""
    aside = set_aside(
        by=request.user,
        pk=pk,
        version=form.cleaned_data.get("version", 0),
        values=request.POST.dict(),
        code=refusal.code,
    )
    if aside:
        messages.warning(request, str(refusal.message))
        return redirect("set_aside", aside.pk)
    scorecard = for_page(request.user, pk)
    typed = request.POST.copy()
    typed["version"] = str(scorecard.version)  # the next save starts from what is kept now
    again = ScorecardForm(typed, scorecard=scorecard, criteria=form.criteria)
    again.is_valid()
    kept = differences(again, scorecard) if refusal.code == "scorecard.stale" else None
    blank = refusal.code == "scorecard.blank"
    missing = [row for row in again.rows() if not row.value and row.criterion.is_required] if blank else []
    if not missing and kept is None:
        show_refusal(again, refusal)
    return page(request, scorecard, again, kept=kept, missing=missing, typed=True, status=refusal.status)


def differences(form: ScorecardForm, scorecard: Scorecard) -> list[tuple[str, str, str]]:
    """(label, typed, kept) of each field in which the two versions differ."""
    there = initial_of(scorecard, form.criteria)
    pairs = [
        (str(field.label), str(field.value() or ""), str(there[field.name]))
        for field in form
        if field.name != "version"
    ]
    return [row for row in pairs if row[1].replace("\r\n", "\n") != row[2].replace("\r\n", "\n")]


def page(
    request: AuthedRequest,
    scorecard: Scorecard,
    form: ScorecardForm,
    *,
    kept: Any = None,
    missing: Iterable[Any] = (),
    typed: bool = False,
    status: int = 200,
) -> HttpResponse:
    round = scorecard.assignment.round
    phase = phase_of(round, clock.now())
    draft, submitted = scorecard.state == ScorecardState.DRAFT, scorecard.state == ScorecardState.SUBMITTED
    shows_others = sees_others(scorecard, round)
    sample = None
    if round.is_calibration and shows_others:
        sample = SampleEntry.objects.filter(round=round, entry=scorecard.assignment.entry_id).first()
    counts = (
        Scorecard.objects.of_juror(request.user)
        .filter(assignment__round=round)
        .aggregate(total=Count("pk"), submitted=Count("pk", filter=Q(state=ScorecardState.SUBMITTED)))
    )
    context = {
        "scorecard": scorecard,
        "round": round,
        "entry": scorecard.assignment.entry,
        "reading": read_entry(scorecard.assignment.entry, round),
        "form": form,
        "texts": [form["comment"], form["private_note"]],
        "progress": counts,
        "so_far": so_far_of(scorecard, form.criteria),
        "kept": kept,
        "missing": missing,
        "typed": typed,
        "closed": why_closed(phase),
        "can_write": phase == "open" and draft,
        "can_reopen": phase == "open" and submitted,
        "can_recuse": phase == "open" and not round.is_calibration,
        "around": neighbours_of(request.user, round, scorecard),
        "others": others_of(scorecard, form.criteria, sample and sample.reference) if shows_others else [],
        "sample": sample,
        "ballot": ballot_of(round),
        "others_words": others_words(round),
        "versions": list(SetAside.objects.of_juror(request.user).waiting().filter(scorecard=scorecard)),
        "boxes": offline_boxes(request.user),
        "script_words": words_of_card(),
    }
    return render(request, "judging/scoring/scorecard.html", context, status=status)


def why_closed(phase: str) -> str:
    if phase == "upcoming":
        return _("This round hasn't opened yet.")
    return _("This round is closed: scorecards can be read, no longer changed.") if phase == "closed" else ""


@login_required
@require_POST
def reopen(request: AuthedRequest, pk: int) -> HttpResponse:
    reopen_scorecard(by=request.user, scorecard=get_object_or_404(mine(request.user), pk=pk))
    return redirect("scorecard", pk)


@login_required
def step_back(request: AuthedRequest, pk: int) -> HttpResponse:
    """A conflict of interest: the entry is gone from sight, and the organiser is told."""
    scorecard = for_page(request.user, pk)
    form = RecusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            recuse(by=request.user, scorecard=scorecard, reason=form.cleaned_data["reason"])
            messages.success(request, _("Thank you. The entry is no longer yours, and the organiser knows."))
            return redirect("judging")
    assignment = scorecard.assignment
    context = {"form": form, "scorecard": scorecard, "round": assignment.round}
    context["reading"] = read_entry(assignment.entry, assignment.round)
    return render(request, "judging/scoring/recuse.html", context)


@login_required
def download_deck(request: AuthedRequest, pk: int) -> HttpResponseBase:
    """The team's deck under a file name that tells no more than the round does."""
    assignment = for_page(request.user, pk).assignment
    reading = read_entry(assignment.entry, assignment.round)
    if reading.deck is None:
        raise Http404
    deck = reading.deck
    name = f"{assignment.entry.code}.pdf" if reading.hides_names else deck.name
    content = blind_copy(deck.file, deck.sha256) if reading.hides_names else deck.file.open("rb")
    response = FileResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
def watch_video(request: AuthedRequest, pk: int) -> HttpResponse:
    """Leads to the team's video. Where names are held back there is none: nobody can blind a film or its address."""
    assignment = get_object_or_404(mine(request.user), pk=pk).assignment
    entry = assignment.entry
    if not assignment.round.shows_names or not entry.video_url.startswith(("https://", "http://")):
        raise Http404
    response = HttpResponseRedirect(entry.video_url)
    response["Referrer-Policy"] = "no-referrer"
    return response
