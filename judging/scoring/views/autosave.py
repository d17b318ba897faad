"""What the scorecard's script sends while a juror types: JSON in, JSON out."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from judging.models import Scorecard
from judging.scoring.forms.scorecards import initial_of
from judging.scoring.services.autosave import keep_typed
from judging.scoring.services.set_aside import set_aside
from judging.scoring.views.offline import is_box_of
from judging.scoring.views.scorecards import criteria_of, for_page
from judging.scoring.words.so_far import so_far_of
from network.models import User
from network.requests import PageRequest
from toolkit.dates import date_format
from toolkit.readable import Unreadable, json_of
from toolkit.refusals import Refusal


@never_cache
@require_POST
def save(request: PageRequest, pk: int) -> HttpResponse:
    """{"user", "version", "values": {"m1": "4", "m2": "", "m3": "n/a", "r2": "why", "comment":
    "…", "private_note": "…"}} → what is kept now.

    Marks that are in order are saved, those off their scale come back in `errors`. 401: log in first, or somebody else
    is logged in (`user.other`). 409 `scorecard.stale`: `kept` holds the newer version. `aside` is the page of what came
    too late.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"code": "user.none", "detail": _("Log in again.")}, status=401)
    try:
        sent = json_of(request)
        version, values = int(sent["version"]), {str(key): str(text) for key, text in sent["values"].items()}
        user = str(sent["user"])
    except Unreadable as refusal:
        return JsonResponse({"code": "bad", "detail": str(refusal.message)}, status=400)
    except (ValueError, TypeError, KeyError, AttributeError):
        return JsonResponse({"code": "bad", "detail": _("This can't be read.")}, status=400)
    if not is_box_of(request.user, user):
        return JsonResponse({"code": "user.other", "detail": _("Somebody else is logged in.")}, status=401)
    try:
        kept = keep_typed(by=request.user, pk=pk, version=version, values=values)
    except Refusal as refusal:
        return refused(request.user, pk, version, values, refusal)
    total = so_far_of(kept.scorecard, kept.criteria)
    return JsonResponse(
        {
            "version": kept.scorecard.version,
            "saved": saved_at(kept.scorecard),
            "so_far": total.text,
            "detail": total.detail,
            "errors": kept.errors,
        }
    )


def refused(user: User, pk: int, version: int, values: dict[str, str], refusal: Refusal) -> JsonResponse:
    """With what is kept when the page was stale; with the way to what was set aside when it came too late."""
    answer: dict[str, Any] = {"code": refusal.code, "detail": str(refusal.message)}
    if refusal.code == "scorecard.stale":
        answer["kept"] = kept_now(for_page(user, pk))
    aside = set_aside(by=user, pk=pk, version=version, values=values, code=refusal.code)
    if aside:
        answer["aside"] = reverse("set_aside", args=[aside.pk])
    return JsonResponse(answer, status=refusal.status)


def kept_now(scorecard: Scorecard) -> dict[str, Any]:
    values = initial_of(scorecard, criteria_of(scorecard))
    return {"version": values.pop("version"), "values": values, "saved": saved_at(scorecard)}


def saved_at(scorecard: Scorecard) -> str:
    """“Saved 10:42”, in the reader's zone."""
    if scorecard.saved_at is None:
        return ""
    return _("Saved %(time)s") % {"time": date_format(timezone.localtime(scorecard.saved_at), "TIME_FORMAT")}
