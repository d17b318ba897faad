"""Pages of a host about those who may come: its order and its refusals, its closed days, an opening taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from corridor.domain.lead_times import people_of
from corridor.forms import LANGUAGES, ReasonForm
from corridor.models import Incubator, Programme
from corridor.permissions import can_edit_incubator, require
from corridor.placement_forms import AnswersForm, BlackoutForm
from corridor.services import answer_candidates, cancel_opening, remove_blackout, save_blackout
from corridor.services.answers import Answer, wishing
from network.countries import country_name
from network.requests import AuthedRequest
from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from corridor.models import Candidate


def editable(request: AuthedRequest, pk: int) -> Incubator:
    """The incubator that the reader may speak for: 404 outside, 403 inside."""
    incubator = get_object_or_404(Incubator.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    require(can_edit_incubator(request.user, incubator), _("Only the incubator’s own people change what it says."))
    return incubator


@login_required
def answer(request: AuthedRequest, pk: int) -> HttpResponse:
    """Candidates that wait and wish this incubator, a form per programme. Which place their wish has is not shown."""
    incubator = editable(request, pk)
    candidates = list(
        wishing(incubator)
        .select_related("programme", "home_city", "application")
        .order_by("programme_id", "name", "pk")
    )
    known = {row.candidate_id: row for row in incubator.answers.all()}
    programmes: dict[int, Programme] = {one.programme_id: one.programme for one in candidates}
    posted = request.POST.get("programme", "")
    if request.method == "POST" and not (posted.isdigit() and int(posted) in programmes):
        raise Http404
    sections = []
    for key, programme in programmes.items():
        own = [one for one in candidates if one.programme_id == key]
        data = request.POST if posted == str(key) else None
        form = AnswersForm(data, candidates=own, answers=known, prefix=None)
        if data is not None and form.is_valid():
            answers = [Answer(*row) for row in form.values()]
            try:
                answer_candidates(by=request.user, incubator=incubator, programme=programme, answers=answers)
            except Refusal as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            else:
                messages.success(request, _("Your answers are saved. The next plan takes them into account."))
                return redirect("incubator_candidates", pk=pk)
        rows = [{**row, **_about(row["candidate"])} for row in form.rows()]
        sections.append({"programme": programme, "form": form, "rows": rows})
    return render(request, "corridor/answers.html", {"incubator": incubator, "sections": sections})


def _about(candidate: Candidate) -> dict:
    return {
        "languages": [LANGUAGES[code] for code in candidate.languages if code in LANGUAGES],
        "nationalities": [
            country_name(code)
            for code in dict.fromkeys(code for person in people_of(candidate.nationalities) for code in person)
        ],
    }


@login_required
def edit_blackout(request: AuthedRequest, pk: int, blackout_pk: int | None = None) -> HttpResponse:
    incubator = editable(request, pk)
    blackout = get_object_or_404(incubator.blackouts, pk=blackout_pk) if blackout_pk else None
    form = BlackoutForm(request.POST or None, instance=blackout)
    if request.method == "POST" and form.is_valid():
        try:
            save_blackout(by=request.user, incubator=incubator, blackout=blackout, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("incubator", pk=pk)
    context = {"form": form, "incubator": incubator, "blackout_pk": blackout_pk}
    return render(request, "corridor/blackout_form.html", context)


@login_required
@require_POST
def drop_blackout(request: AuthedRequest, pk: int, blackout_pk: int) -> HttpResponse:
    incubator = editable(request, pk)
    remove_blackout(by=request.user, blackout=get_object_or_404(incubator.blackouts, pk=blackout_pk))
    messages.success(request, _("Removed."))
    return redirect("incubator", pk=pk)


@login_required
@require_POST
def cancel(request: AuthedRequest, pk: int, opening_pk: int) -> HttpResponse:
    """Takes an opening back although proposals count on it."""
    incubator = editable(request, pk)
    opening = get_object_or_404(incubator.openings, pk=opening_pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Say why, in a sentence."), code="stay.reason", field="reason", status=422)
    ended = cancel_opening(by=request.user, opening=opening, reason=form.cleaned_data["reason"])
    sentence = ngettext(
        "The places are taken back; %(count)s proposal ends.",
        "The places are taken back; %(count)s proposals end.",
        len(ended),
    )
    messages.success(request, sentence % {"count": len(ended)})
    return redirect("incubator", pk=pk)
