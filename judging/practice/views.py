"""Practice before a round: made from the real one, on samples that the organiser picks or writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from contest.models import Entry
from judging.models import Mark, Round, SampleEntry
from judging.practice.forms import SHOWN, PickForm, PracticeForm, ReferenceForm, WriteForm
from judging.practice.services.practice import (
    make_practice_round,
    open_practice,
    pick_sample,
    remove_sample,
    set_reference,
    write_sample,
)
from judging.rounds.views.frame import round_run_by, show
from judging.scoring.views.spreads import rows_of
from judging.states import RoundState, ScorecardState
from network.permissions import is_organiser
from network.requests import AuthedRequest
from toolkit.refusals_told import attempt, told_in

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from judging.models import Criterion
    from network.models import User


@login_required
def show_practice(request: AuthedRequest, pk: int) -> HttpResponse:
    """Of a real round: make a practice round from it. Of a practice round:
    its samples, what they are for, and the spread."""
    round = round_run_by(request.user, pk)
    return show_samples(request, round) if round.is_calibration else offer(request, round)


def offer(request: AuthedRequest, round: Round) -> HttpResponse:
    form = PracticeForm(request.POST or None, zone=round.edition.time_zone)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            made = make_practice_round(by=request.user, round=round, **form.cleaned_data)
            messages.success(request, _("The practice round is made. Now its sample entries."))
            return redirect("round_practice", made.pk)
    others = Round.objects.filter(edition=round.edition_id, city=round.city_id, is_calibration=True).order_by("order")
    context = {"round": round, "form": form, "others": others}
    return show(request, "judging/practice/practice.html", context, 422 if form.is_bound else 200)


def show_samples(request: AuthedRequest, round: Round) -> HttpResponse:
    samples = list(round.samples.select_related("entry__startup__organisation", "entry__edition"))
    criteria = list(round.criteria.all())
    is_draft = round.state == RoundState.DRAFT
    pick = PickForm(request.POST if "pick" in request.POST else None, entries=to_pick_from(request.user, round))
    write = WriteForm(request.POST if "write" in request.POST else None)
    if request.method == "POST":
        done = act_on(request, round, samples, criteria, pick, write)
        if done:
            return redirect("round_practice", round.pk)
    context = {
        "round": round,
        "is_draft": is_draft,
        "pick": pick,
        "write": write,
        "samples": [
            (
                sample,
                ReferenceForm(sample=sample, criteria=criteria),
                rows_of(criteria, marks_on(round, sample), {}, sample.reference) if not is_draft else [],
            )
            for sample in samples
        ],
    }
    return show(request, "judging/practice/samples.html", context, 422 if request.method == "POST" else 200)


def act_on(
    request: AuthedRequest,
    round: Round,
    samples: list[SampleEntry],
    criteria: list[Criterion],
    pick: PickForm,
    write: WriteForm,
) -> bool:
    """Does what the button says; answers whether the page may be loaded anew."""
    user = request.user
    if "open" in request.POST:
        attempt(request, lambda: open_practice(by=user, round=round), _("The practice is open. The jurors are told."))
        return True
    if "remove" in request.POST:
        sample = get_object_or_404(round.samples.select_related("round", "entry"), pk=number(request.POST["remove"]))
        attempt(request, lambda: remove_sample(by=user, sample=sample), _("Removed."))
        return True
    if "reference" in request.POST:
        sample = get_object_or_404(round.samples, pk=number(request.POST["reference"]))
        form = ReferenceForm(request.POST, sample=sample, criteria=criteria)
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
            return True
        values = {"marks": form.marks(), "comment": form.cleaned_data["comment"]}
        attempt(request, lambda: set_reference(by=user, sample=sample, **values), _("Saved."))
        return True
    if pick.is_valid():
        with told_in(pick):
            pick_sample(by=user, round=round, entry=pick.chosen())
            return True
    if write.is_valid():
        with told_in(write):
            write_sample(by=user, round=round, **write.cleaned_data)
            return True
    return False


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def to_pick_from(user: User, round: Round) -> list[Entry]:
    """Entries of other editions that who runs the round may read with names, the latest edition first."""
    rows = Entry.objects.known_to(user)
    if is_organiser(user):  # a sample that was written for practice is no team's draft
        rows = rows | Entry.objects.filter(pk__in=SampleEntry.objects.values("entry"))
    rows = rows.exclude(edition=round.edition_id).exclude(samples__round=round).exclude(summary="")
    return list(rows.select_related("edition", "startup__organisation").order_by("-edition_id", "code")[:SHOWN])


def marks_on(round: Round, sample: SampleEntry) -> QuerySet[Mark]:
    return Mark.objects.filter(
        scorecard__assignment__round=round,
        scorecard__assignment__entry=sample.entry_id,
        scorecard__state=ScorecardState.SUBMITTED,
    )
