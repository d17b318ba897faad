"""What the scorecard's script sends while a juror types: JSON in, JSON out."""

import json
from typing import Any

from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from judging.forms.scorecards import ScorecardForm, initial_of
from judging.models import Scorecard
from judging.views.scorecards import for_page, keep
from judging.views.so_far import so_far_of
from toolkit.dates import date_format
from toolkit.refusals import Refusal


@never_cache
@require_POST
def save(request, pk):
    """{"user", "version", "values": {"m1": "4", "m2": "", "m3": "n/a", "comment": "…", "private_note": "…"}} → what is kept now.

    Marks that are in order are saved, those off their scale come back in `errors`. 401: log in first, or somebody else is
    logged in (`user.other`). 409 `scorecard.stale`: `kept` holds the newer version.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"code": "user.none", "detail": _("Log in again.")}, status=401)
    try:
        sent = json.loads(request.body)
        version, values = int(sent["version"]), {str(key): str(text) for key, text in sent["values"].items()}
        user = str(sent["user"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return JsonResponse({"code": "bad", "detail": _("This can't be read.")}, status=400)
    if user != str(request.user.pk):
        return JsonResponse({"code": "user.other", "detail": _("Somebody else is logged in.")}, status=401)
    scorecard = for_page(request.user, pk)
    criteria = list(scorecard.assignment.round.criteria.all())
    form = ScorecardForm({**values, "version": version}, scorecard=scorecard, criteria=criteria)
    form.is_valid()
    try:
        keep(request.user, scorecard, form)
    except Refusal as refusal:
        answer: dict[str, Any] = {"code": refusal.code, "detail": str(refusal.message)}
        if refusal.code == "scorecard.stale":
            answer["kept"] = kept(for_page(request.user, pk), criteria)
        return JsonResponse(answer, status=refusal.status)
    scorecard = for_page(request.user, pk)
    total = so_far_of(scorecard)
    errors = {name: " ".join(map(str, texts)) for name, texts in form.errors.items()}
    return JsonResponse(
        {
            "version": scorecard.version,
            "saved": saved_at(scorecard),
            "so_far": total.text,
            "detail": total.detail,
            "errors": errors,
        }
    )


def kept(scorecard: Scorecard, criteria: list) -> dict:
    values = initial_of(scorecard, criteria)
    return {"version": values.pop("version"), "values": values, "saved": saved_at(scorecard)}


def saved_at(scorecard: Scorecard) -> str:
    """“Saved 10:42”, in the reader's zone."""
    if scorecard.saved_at is None:
        return ""
    return _("Saved %(time)s") % {"time": date_format(timezone.localtime(scorecard.saved_at), "TIME_FORMAT")}
