"""What the script of a report sends while it is typed."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from corridor.life.services.reports import form_asked, keep_typed
from corridor.life.views.context import stay_of
from corridor.models import Stay
from network.requests import PageRequest
from network.typed import Typed, refused, saved_words, saves_typed, script_words
from toolkit.refusals import Refusal


@saves_typed
def save(request: PageRequest, typed: Typed, pk: int, report: str, side: str) -> HttpResponse:
    """Values are {question: text}. What is in order is kept; the rest comes back in `errors`.

    409 `report.stale`: `kept` holds the newer draft.
    """
    stay = stay_of(request, pk)
    what: dict[str, Any] = {"by": typed.by, "stay": stay, "code": report, "side": side}
    try:
        kept, errors = keep_typed(**what, revision=typed.version, typed=typed.values)
    except Refusal as refusal:
        more = {"kept": _kept_now(stay, report, side)} if refusal.code == "report.stale" else {}
        return refused(refusal, **more)
    return JsonResponse({"version": kept.revision, "saved": saved_words(kept.saved_at), "errors": errors})


def _kept_now(stay: Stay, code: str, side: str) -> dict[str, object]:
    """The draft at hand as the page would type it; nothing in a draft that nobody has begun."""
    draft = stay.reports.filter(code=code, side=side, state="draft").first()
    if draft is None:
        return {"version": 0, "values": {}, "saved": ""}
    answers = {question.code: draft.answers.get(question.code) for question in form_asked(draft).questions}
    values = {key: "" if answer is None else str(answer) for key, answer in answers.items()}
    return {"version": draft.revision, "values": values, "saved": saved_words(draft.saved_at)}


def words_of_page() -> dict[str, str]:
    """The sentences that the script shows, in the reader's language."""
    return script_words(
        wrong=_("Saved, except the answers shown in red"),
        conflict_explained=_(
            "This report was changed in another window or by somebody of your side. Choose which version to keep."
        ),
        open_again=_("Open the report again"),
        gone=_("This report is no longer yours to write."),
    )
