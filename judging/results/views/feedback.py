"""What the teams are told besides their rank: the day, and each comment released or held back,
for who runs the round."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from judging.models import Round, Scorecard
from judging.results.forms.results import FeedbackForm
from judging.results.services.feedback import review_comments, set_feedback_day
from judging.rounds.views.frame import round_run_by, show
from judging.states import ScorecardState
from network.requests import AuthedRequest
from toolkit.refusals_told import attempt, told_in

ANSWERS = {"release": True, "hold": False}


@login_required
def show_feedback(request: AuthedRequest, pk: int) -> HttpResponse:
    """The day, and the comments; jurors are named here, for who runs the round, and nowhere else."""
    round = round_run_by(request.user, pk, progress=False)
    form = FeedbackForm(zone=round.edition.time_zone, initial={"feedback_at": round.feedback_at})
    status = 200
    if request.method == "POST" and "day" in request.POST:
        form = FeedbackForm(request.POST, zone=round.edition.time_zone)
        if form.is_valid():
            with told_in(form):
                set_feedback_day(by=request.user, round=round, **form.cleaned_data)
                messages.success(request, _("The day is set."))
                return redirect("round_feedback", pk)
        status = 422
    elif request.method == "POST":
        attempt(
            request,
            lambda: review_comments(by=request.user, round=round, released=answers_in(request.POST)),
            _("Saved: what is released goes to the teams, what is held back does not."),
        )
        return redirect("round_feedback", pk)
    rows = comments_of(round)
    context = {
        "round": round,
        "form": form,
        "rows": rows,
        "unread": sum(answer == "" for _card, answer in rows),
        "names_hidden": _("A juror's words may tell who they are: read each comment before you release it."),
    }
    return show(request, "judging/results/feedback.html", context, status)


def comments_of(round: Round) -> list[tuple[Scorecard, str]]:
    """Each comment of a submitted scorecard with what was said of it as it stands: release, hold, or nothing yet."""
    cards = Scorecard.objects.filter(assignment__round=round, state=ScorecardState.SUBMITTED)
    cards = cards.taking_part().exclude(comment="")
    found = cards.select_related("assignment__entry__startup__organisation", "assignment__juror", "review")
    rows = []
    for card in found.order_by("assignment__entry__code", "assignment__juror__full_name", "pk"):
        review = getattr(card, "review", None)
        if review is None or review.text != card.comment:
            rows.append((card, ""))
        else:
            rows.append((card, "release" if review.is_released else "hold"))
    return rows


def answers_in(posted: Mapping[str, str]) -> dict[int, bool]:
    """{scorecard key: released} of the fields c<key>; all that are unread with “all”."""
    found = {}
    for name, value in posted.items():
        if name.startswith("c") and name[1:].isdecimal() and value in ANSWERS:
            found[int(name[1:])] = ANSWERS[value]
    return found
