"""What the scorecard's script sends while a juror types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from judging.models import Scorecard
from judging.scoring.forms.scorecards import initial_of
from judging.scoring.services.autosave import keep_typed
from judging.scoring.services.set_aside import set_aside
from judging.scoring.views.scorecards import criteria_of, for_page
from judging.scoring.words.so_far import so_far_of
from network.typed import Typed, refused, saved_words, saves_typed
from toolkit.refusals import Refusal


@saves_typed
def save(_request: HttpRequest, typed: Typed, pk: int) -> HttpResponse:
    """Values are {"m1": "4", "m2": "", "m3": "n/a", "r2": "why", "comment": "…", "private_note": "…"}.

    Marks that are in order are saved, those off their scale come back in `errors`. 409 `scorecard.stale`: `kept` holds
    the newer version. `aside` is the page of what came too late.
    """
    try:
        kept = keep_typed(by=typed.by, pk=pk, version=typed.version, values=typed.values)
    except Refusal as refusal:
        return _refused(typed, pk, refusal)
    total = so_far_of(kept.scorecard, kept.criteria)
    return JsonResponse(
        {
            "version": kept.scorecard.version,
            "saved": saved_words(kept.scorecard.saved_at),
            "so_far": total.text,
            "detail": total.detail,
            "errors": kept.errors,
        }
    )


def _refused(typed: Typed, pk: int, refusal: Refusal) -> JsonResponse:
    """With what is kept when the page was stale; with the way to what was set aside when it came too late."""
    more: dict[str, object] = {}
    if refusal.code == "scorecard.stale":
        more["kept"] = _kept_now(for_page(typed.by, pk))
    aside = set_aside(by=typed.by, pk=pk, version=typed.version, values=typed.values, code=refusal.code)
    if aside:
        more["aside"] = reverse("set_aside", args=[aside.pk])
    return refused(refusal, **more)


def _kept_now(scorecard: Scorecard) -> dict[str, object]:
    values = initial_of(scorecard, criteria_of(scorecard))
    return {"version": values.pop("version"), "values": values, "saved": saved_words(scorecard.saved_at)}
