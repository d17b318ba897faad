"""What a team reads about its own entry once a round is published."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from contest.models import Entry
from judging.models import Award, Round
from judging.querysets import feedback_for
from judging.states import RoundState
from judging.views.arithmetic import arithmetic_of
from judging.views.board import board_of
from network.states import Role


@login_required
def show_results(request, pk):
    """Standing, why, and the jurors' comments without their names, of each published round; nothing before."""
    own = Entry.objects.filter(
        startup__organisation__memberships__user=request.user, startup__organisation__memberships__role=Role.FOUNDER
    )
    entry = get_object_or_404(own.select_related("edition", "startup__organisation").distinct(), pk=pk)
    rounds = Round.objects.filter(standings__entry=entry, state=RoundState.PUBLISHED).select_related("edition")
    sections = [section_of(round, entry) for round in rounds.prefetch_related("criteria").order_by("order")]
    if not sections:
        raise Http404
    context = {
        "entry": entry,
        "edition": entry.edition,
        "sections": sections,
        "comments": feedback_for(entry),
        "award": Award.objects.filter(entry=entry, edition__results_published_at__isnull=False).first(),
    }
    return render(request, "judging/entry_results.html", context)


def section_of(round: Round, entry: Entry) -> dict:
    """One round: the team's own line, its arithmetic by juror code, and how many entries there were."""
    board = board_of(round, only=entry.pk, with_ties=False)
    [line] = board.lines
    return {
        "round": round,
        "line": line,
        "sums": arithmetic_of(round, line, names=False),
        "of": board.of,
        "board": board,
    }
