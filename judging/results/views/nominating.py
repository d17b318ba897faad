"""A city's closed selection becomes its nominations: who would be nominated, who is refused and why, then doing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from contest.nominations.services.nominations import places_of
from judging.models import Round
from judging.reads.taking_part import FROZEN
from judging.results.services.nominating import foresee_nominations, nominate_from_round, why_not_nominating
from judging.rounds.views.frame import round_run_by, show
from judging.states import RoundState
from network.requests import AuthedRequest
from toolkit.refusals import Refusal


@login_required
def nominate(request: AuthedRequest, pk: int) -> HttpResponse:
    round = round_run_by(request.user, pk)
    if round.city is None or round.is_calibration:
        raise Http404
    if request.method == "POST":
        try:
            done = nominate_from_round(by=request.user, round=round)
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
            return redirect("round_nominate", pk)
        if done.made:
            names = ", ".join(str(row.entry) for row in done.made)
            messages.success(request, _("Nominated, in order of place: %(entries)s.") % {"entries": names})
        for entry, why in done.refused:
            messages.error(request, _("%(entry)s: %(why)s") % {"entry": entry, "why": why})
        if not done.made and not done.refused:
            messages.info(request, _("All who go on are nominated already."))
        return redirect("round_nominate", pk)
    frozen = round.state in FROZEN
    later = Round.objects.counted().filter(edition=round.edition_id, city=round.city_id, order__gt=round.order)
    lines = foresee_nominations(round) if frozen else []
    context = {
        "round": round,
        "frozen": frozen,
        "prepared": later.filter(state=RoundState.DRAFT).order_by("order").first() if frozen else None,
        "why_not": why_not_nominating(round),
        "lines": lines,
        "ahead": sum(line.would for line in lines),
        "places": places_of(round.edition, round.city),
    }
    return show(request, "judging/results/nominate.html", context)
