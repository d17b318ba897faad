"""Pages of a host about those who may come: its order and its refusals, its closed days, an opening taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from corridor.domain.calendar.lead_times import people_of
from corridor.forms import LANGUAGES
from corridor.models import Programme
from corridor.placement.forms.placement import AnswersForm
from corridor.placement.services.host_answers import Answer, answer_candidates, wishing
from corridor.placement.views.frame import editable
from network.countries import country_name
from network.requests import AuthedRequest
from toolkit.refusals_told import told_in

if TYPE_CHECKING:
    from corridor.models import Candidate


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
            with told_in(form):
                answer_candidates(by=request.user, incubator=incubator, programme=programme, answers=answers)
                messages.success(request, _("Your answers are saved. The next plan takes them into account."))
                return redirect("incubator_candidates", pk=pk)
        rows = [{**row, **_about(row["candidate"])} for row in form.rows()]
        sections.append({"programme": programme, "form": form, "rows": rows})
    return render(request, "corridor/placement/answers.html", {"incubator": incubator, "sections": sections})


def _about(candidate: Candidate) -> dict[str, Any]:
    return {
        "languages": [LANGUAGES[code] for code in candidate.languages if code in LANGUAGES],
        "nationalities": [
            country_name(code)
            for code in dict.fromkeys(code for person in people_of(candidate.nationalities) for code in person)
        ],
    }
