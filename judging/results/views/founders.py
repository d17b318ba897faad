"""What a team reads about its own entry once a round is published: its rank and why; from the day that the organiser
set also its mean on each criterion and the comments that were released.

No juror can be made out: there is no mark of a single juror, and no mean of fewer than two scorecards,
which would be one.
"""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from contest.models import Entry
from judging.models import Award, CommentReview, Round
from judging.reads.awaiting import awaits_awards
from judging.results.shown.board import Line, board_of
from judging.results.views.arithmetic import file_of
from judging.rounds.words.figures import column
from judging.rounds.words.parts import language_of
from judging.states import RoundState, ScorecardState
from network.requests import AuthedRequest
from network.states import Role
from toolkit import clock


@login_required
def show_results(request: AuthedRequest, pk: int) -> HttpResponse:
    """Standing, why, and the jurors' comments without their names, of each published round; nothing before."""
    own = Entry.objects.filter(
        startup__organisation__memberships__user=request.user, startup__organisation__memberships__role=Role.FOUNDER
    )
    entry = get_object_or_404(own.select_related("edition", "startup__organisation").distinct(), pk=pk)
    rounds = Round.objects.filter(standings__entry=entry, state=RoundState.PUBLISHED).select_related("edition", "city")
    sections = [section_of(round, entry) for round in rounds.prefetch_related("criteria").order_by("order")]
    if not sections:
        raise Http404
    context = {
        "entry": entry,
        "edition": entry.edition,
        "sections": sections,
        "comments": feedback_for(entry, clock.now()),
        "award": Award.objects.filter(entry=entry, edition__results_published_at__isnull=False).first(),
    }
    return render(request, "judging/results/entry_results.html", context)


def section_of(round: Round, entry: Entry) -> dict[str, object]:
    """One round: the team's own line, its arithmetic by juror code, and how many entries there were."""
    board = board_of(round, only=entry.pk, with_ties=False)
    [line] = board.lines
    return {
        "round": round,
        "awaits": awaits_awards(round),
        "line": line,
        "feedback_at": round.feedback_at,
        "shown": round.feedback_at is None or round.feedback_at <= clock.now(),
        "means": means_of(round, line),
        "of": board.of,
        "board": board,
    }


FEWEST = 2  # scorecards that a mean is made of


def means_of(round: Round, line: Line) -> list[tuple[str, str, str]]:
    """(criterion, the entry's mean under the rule, the best possible); none where it would be a single juror's mark."""
    if int(line.filed.scorecards) < FEWEST:
        return []
    told = {row.code: row for row in file_of(round).rule.criteria}
    means = {code: value for code, value in line.filed.criteria.items() if value and code in told}
    names = [language_of(told[code].name) for code in means]
    return list(
        zip(names, column([*means.values()]), column([told[code].scale_max or "" for code in means]), strict=True)
    )


def feedback_for(entry: Entry, now: datetime) -> list[str]:
    """The comments that were released to the start-up, of published rounds whose feedback day has come; without the
    jurors' names, in an order that tells nothing of them. As they were read: what changed since is not released."""
    reviews = CommentReview.objects.filter(
        is_released=True,
        scorecard__state=ScorecardState.SUBMITTED,
        scorecard__comment=F("text"),
        scorecard__assignment__entry=entry,
        scorecard__assignment__round__state=RoundState.PUBLISHED,
    )
    day = "scorecard__assignment__round__feedback_at"
    shown = reviews.filter(Q(**{f"{day}__isnull": True}) | Q(**{f"{day}__lte": now}))
    return sorted(shown.values_list("text", flat=True))
