"""What jurors read of an entry where names are held back, and what of the team is left in it:
for the team, and for who runs a round."""

from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from contest.models import Entry
from judging.models import Round
from judging.reads.rounds import entries_of
from judging.rounds.views.frame import round_run_by, show
from judging.scoring.reading.held_back import NEEDED, left_in
from judging.scoring.reading.pitch import read_blind
from network.requests import AuthedRequest
from network.states import Role

RELATED = ("startup__organisation__city", "city", "edition", "category")


@login_required
def show_to_team(request: AuthedRequest, pk: int) -> HttpResponse:
    """The team's own entry as a juror of a blind round reads it."""
    own = Entry.objects.filter(
        startup__organisation__memberships__user=request.user, startup__organisation__memberships__role=Role.FOUNDER
    )
    entry = get_object_or_404(own.select_related(*RELATED).prefetch_related(*NEEDED).distinct(), pk=pk)
    blind = Round.objects.filter(edition=entry.edition, shows_names=False, is_calibration=False).filter(city=None)
    context = {"entry": entry, "edition": entry.edition, "rounds": list(blind.order_by("order")), **_read(entry)}
    return render(request, "judging/scoring/as_read.html", context)


@login_required
def list_left(request: AuthedRequest, pk: int) -> HttpResponse:
    """Each entry of a round: how much is held back, and what is left."""
    round = round_run_by(request.user, pk, progress=False)
    entries = list(entries_of(round).select_related(*RELATED).prefetch_related(*NEEDED))
    rows = [(entry, left_in(entry)) for entry in entries]
    return show(request, "judging/scoring/held_back.html", {"round": round, "rows": rows})


@login_required
def show_left(request: AuthedRequest, pk: int, entry_pk: int) -> HttpResponse:
    round = round_run_by(request.user, pk, progress=False)
    entry = get_object_or_404(entries_of(round).select_related(*RELATED), pk=entry_pk)
    prefetch_related_objects([entry], *NEEDED)
    return show(request, "judging/scoring/held_back_entry.html", {"round": round, "entry": entry, **_read(entry)})


def _read(entry: Entry) -> dict[str, object]:
    return {"reading": read_blind(entry), "left": left_in(entry)}
