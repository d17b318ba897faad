"""Awards: proposed from the last round's standings, worded by a person, granted at once."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from contest.models import Edition
from judging.models import Award, Round, Standing
from judging.results.forms.results import AwardForm
from judging.results.services.awards import AwardDraft, grant_awards
from judging.rounds.views.frame import edition_run_by, show
from judging.rounds.words.figures import column
from judging.states import RoundState
from network.requests import AuthedRequest
from toolkit.refusals import Refusal


@login_required
def show_awards(request: AuthedRequest, slug: str) -> HttpResponse:
    edition = edition_run_by(request.user, slug)
    last = Round.objects.counted().filter(edition=edition, city=None).order_by("-order").first()
    awards = list(Award.objects.filter(edition=edition).with_entries())
    rows = proposals(last, {award.entry_id for award in awards})
    formset = forms.formset_factory(AwardForm, extra=0)(request.POST or None, initial=[initial(row) for row in rows])
    if request.method == "POST" and formset.is_valid():
        given = [
            draft(row, form) for row, form in zip(rows, formset.forms, strict=False) if form.cleaned_data.get("give")
        ]
        try:
            granted = grant_awards(by=request.user, edition=edition, awards=given)
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            told = ngettext("%(number)s award is granted.", "%(number)s awards are granted.", len(granted))
            messages.success(request, told % {"number": len(granted)})
            return redirect("awards", edition.slug)
    context = {
        "edition": edition,
        "last": last,
        "awards": awards,
        "formset": formset,
        "rows": list(zip(rows, formset.forms, column([row.final for row in rows]), strict=False)),
        "why_not": why_not(edition, last),
    }
    return show(request, "judging/results/awards.html", context, 422 if request.method == "POST" else 200)


def proposals(last: Round | None, has_award: set[int]) -> list[Standing]:
    """The entries that the last round lets through and that have no award yet, best first."""
    if last is None or last.state != RoundState.PUBLISHED:
        return []
    rows = Standing.objects.filter(round=last, advances=True).with_entries()
    return [row for row in rows if row.entry_id not in has_award]


def initial(row: Standing) -> dict[str, object]:
    words = {}
    for language in ("en", "fr"):
        with override(language):
            words[f"name_{language}"] = _("Laureate, rank %(rank)s") % {"rank": row.rank}
    return {"rank": row.rank, "give": True, **words}


def draft(row: Standing, form: AwardForm) -> AwardDraft:
    return AwardDraft(
        entry=row.entry, name=form.texts("name"), rank=form.cleaned_data["rank"], citation=form.texts("citation")
    )


def why_not(edition: Edition, last: Round | None) -> str:
    """What has to happen before awards can be granted."""
    if last is None:
        return _("Awards follow from the standings of the last round. There is no round yet.")
    if last.state != RoundState.PUBLISHED:
        return _("Awards follow from the published standings of “%(round)s”. Close it and publish it first.") % {
            "round": last
        }
    return ""
