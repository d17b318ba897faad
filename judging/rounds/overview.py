"""What rounds add to composed pages, for who runs them: what to do next, how far the jury is."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.models import Round
from judging.rounds.notices import round_path
from judging.states import RoundState
from network.models import User
from network.permissions import city_ids_of, is_organiser
from toolkit import clock
from toolkit.protocols import ToDo


def rounds_run_by(user: User) -> list[Round]:
    """Rounds that are not published yet, with their progress, in the order in which they are run: an organiser's are
    those of editions, a coordinator's those of their city's own selection. One query."""
    if not (is_organiser(user) or city_ids_of(user)):
        return []
    own = Q(city__in=city_ids_of(user)) | (Q(city__isnull=True) if is_organiser(user) else Q())
    rounds = (
        Round.objects.run_by(user)
        .counted()
        .filter(own)
        .filter(edition__is_archive=False)
        .exclude(state=RoundState.PUBLISHED)
    )
    return list(rounds.with_progress().order_by("edition_id", "city_id", "order", "pk"))


def round_tasks(user: User) -> list[ToDo]:
    """Of each jury only the first round that is not published: a later one waits for it."""
    tasks, begun = [], set()
    for round in rounds_run_by(user):
        jury = (round.edition_id, round.city_id)
        word = None if jury in begun else _next_step(round)
        begun.add(jury)
        if word:
            title, until, url = word
            tasks.append(of_round(round, title % {"round": round}, until, url, _("Go to the round")))
    return tasks


def of_round(round: Round, title: str, until: datetime | None, url: str, action: str) -> ToDo:
    slug = round.edition.slug
    role = _("city coordinator") if round.city_id else _("organiser")
    return ToDo(title, url, action, until, detail=round.selection, role=role, edition=slug)


def _next_step(round: Round) -> tuple[str, datetime | None, str] | None:
    path = round_path(round)
    if round.state == RoundState.DRAFT:
        if round.scorecards_total or clock.now() < (round.edition.nominations_close or round.opens_at):
            return _("Prepare and open %(round)s"), round.opens_at, path
        return _("Share out the entries of %(round)s among the jury"), round.opens_at, f"{path}assignment/"
    if round.state == RoundState.CLOSED:
        return _("Publish the results of %(round)s"), None, f"{path}standings/"
    if clock.now() >= round.closes_at:
        return _("Close %(round)s"), None, f"{path}close/"
    return None


def rounds_to_watch(user: User) -> list[ToDo]:
    """For who runs rounds: how far the jury of each open round is. One query."""
    now = clock.now()
    return [
        of_round(
            round,
            ngettext(
                "%(round)s: %(done)s of %(all)s scorecard submitted",
                "%(round)s: %(done)s of %(all)s scorecards submitted",
                round.scorecards_total,
            )
            % {"round": round, "done": round.scorecards_submitted, "all": round.scorecards_total},
            round.closes_at,
            f"{round_path(round)}progress/",
            _("Look"),
        )
        for round in rounds_run_by(user)
        if round.state == RoundState.OPEN and now < round.closes_at
    ]
