"""The minutes of a closed round: asked for, prepared, downloaded."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from judging.models import Minutes, Round
from judging.results.services.minutes import request_minutes
from judging.rounds.views.frame import round_run_by, show
from judging.states import RoundState
from network.requests import AuthedRequest
from toolkit.refusals_told import attempt


@login_required
def show_minutes(request: AuthedRequest, pk: int) -> HttpResponse:
    """What has been prepared, and a button for the next."""
    round = round_run_by(request.user, pk)
    if request.method == "POST":
        asked = request.POST.get("language", "")
        language = asked if asked in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
        attempt(
            request,
            lambda: request_minutes(by=request.user, round=round, language=language),
            _("The minutes are being prepared."),
        )
        return redirect("round_minutes", pk)
    return show(request, "judging/results/minutes.html", _context(round))


def _context(round: Round) -> dict[str, object]:
    rows = list(round.minutes.select_related("asked_by").defer("frozen").order_by("-version", "language"))
    return {
        "round": round,
        "rows": rows,
        "waiting": any(not row.file and not row.has_failed for row in rows),
        "is_closed": round.state in (RoundState.CLOSED, RoundState.PUBLISHED),
    }


@login_required
@require_GET
def download_minutes(request: AuthedRequest, pk: int) -> HttpResponseBase:
    """The latest PDF in the language asked for (?language=fr), else in any: 404 until one is there."""
    round = round_run_by(request.user, pk)
    made = Minutes.objects.filter(round=round).exclude(file="").order_by("-version", "language")
    language = request.GET.get("language", "")
    minutes = get_object_or_404((made.filter(language=language) if language else made)[:1])
    name = (minutes.file.name or "").rsplit("/", 1)[-1]
    response = FileResponse(minutes.file.open("rb"), as_attachment=True, filename=name)
    response["Content-Type"] = "application/pdf"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
