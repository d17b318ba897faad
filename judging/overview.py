"""What judging tells pages that are composed. A fixed number of queries each."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.models import Edition, Entry
from judging.models import Award, Juror, Round, Scorecard, Standing
from judging.notifications import JUROR_PATH, round_path
from judging.permissions import is_juror
from judging.services import remind_of_closing, render_owed_minutes
from judging.states import JurorState, RoundState, ScorecardState
from network.models import User
from network.permissions import city_ids_of, is_organiser
from toolkit import clock
from toolkit.protocols import NavLink, Owed, RoadStep, RoleLine, ToDo

MINUTES_PER_ENTRY = 20  # VC4A's advice to juries: twenty minutes a file (https://vc4a.com/adjudication-centre/?lang=pt)


def to_do(user: User) -> list[ToDo]:
    """A juror: entries left to score, by round. Who runs rounds: rounds to open, to watch, to close, to publish."""
    return [*_juror_to_do(user), *_runner_to_do(user)]


def _juror_to_do(user: User) -> list[ToDo]:
    if not is_juror(user):
        return []
    now = clock.now()
    cards = Scorecard.objects.of_juror(user).filter(
        state=ScorecardState.DRAFT,
        assignment__round__state=RoundState.OPEN,
        assignment__round__opens_at__lte=now,
        assignment__round__closes_at__gt=now,
    )
    left = {
        row["assignment__round"]: row["left"] for row in cards.values("assignment__round").annotate(left=Count("pk"))
    }
    rounds = Round.objects.filter(pk__in=left).select_related("edition").order_by("closes_at", "pk")
    return [
        ToDo(
            title=ngettext("Score %(number)s entry", "Score %(number)s entries", left[round.pk])
            % {"number": left[round.pk]},
            detail=_("%(edition)s, %(round)s") % {"edition": round.edition, "round": round},
            url=JUROR_PATH,
            action=_("Open my entries"),
            until=round.closes_at,
            minutes=left[round.pk] * MINUTES_PER_ENTRY,
            role=_("juror"),
        )
        for round in rounds
    ]


def _runner_to_do(user: User) -> list[ToDo]:
    if not (is_organiser(user) or city_ids_of(user)):
        return []
    rounds = Round.objects.run_by(user).filter(edition__is_archive=False).exclude(state=RoundState.PUBLISHED)
    tasks = []
    for round in rounds.select_related("edition").order_by("closes_at", "pk"):
        word = _next_step(round)
        if word:
            title, until = word
            tasks.append(
                ToDo(
                    title=title % {"round": round},
                    detail=str(round.edition),
                    url=round_path(round),
                    action=_("Open the round"),
                    until=until,
                    role=_("organiser"),
                )
            )
    return tasks


def _next_step(round: Round) -> tuple[str, datetime | None] | None:
    if round.state == RoundState.DRAFT:
        return _("Prepare and open %(round)s"), round.opens_at
    if round.state == RoundState.CLOSED:
        return _("Publish the results of %(round)s"), None
    if clock.now() >= round.closes_at:
        return _("Close %(round)s"), None
    return None


def roles(user: User) -> list[RoleLine]:
    """The juries that a person sits on, the latest edition first."""
    seats = Juror.objects.filter(user=user, state=JurorState.ACTIVE).select_related("edition")
    hint = _("Nothing waits for you as a juror. You are told by mail when entries are given to you.")
    return [
        RoleLine(role=_("juror"), where=str(seat.edition), hint=hint, url=JUROR_PATH)
        for seat in seats.order_by("-edition__call_closes", "pk")
    ]


def navigation(user: User) -> list[NavLink]:
    return [NavLink(_("My entries to score"), JUROR_PATH, order=20)] if is_juror(user) else []


def edition_navigation(user: User, edition: Edition) -> list[NavLink]:
    """Tabs of an edition's pages: its rounds, its jury, its awards."""
    if not is_organiser(user) or edition.is_archive:
        return []
    base = f"/organise/editions/{edition.slug}"
    return [
        NavLink(_("Rounds"), f"{base}/rounds/", order=40),
        NavLink(_("Jury"), f"{base}/jury/", order=50),
        NavLink(_("Awards"), f"{base}/awards/", order=60),
    ]


def road(entry: Entry) -> list[RoadStep]:
    """One step for each round of the edition and one for the awards; what is not published stays unsaid."""
    standing = Standing.objects.filter(round=OuterRef("pk"), entry=entry)
    rounds = (
        Round.objects.filter(edition=entry.edition_id, city__isnull=True)
        .annotate(has_standing=Exists(standing), through=Exists(standing.filter(advances=True)))
        .order_by("order")
    )
    steps, still_in = [], entry.state == "nominated"
    for round in rounds:
        published = round.state == RoundState.PUBLISHED
        if not still_in:
            state = "missed"
        elif published:
            state = "done" if round.has_standing else "missed"
            still_in = round.through
        else:
            state = "now" if round.state in (RoundState.OPEN, RoundState.CLOSED) else "ahead"
        read = round.has_standing and published
        steps.append(RoadStep(str(round), state, 100 + round.order, **(results_of(entry) if read else {})))
    if steps:
        award = Award.objects.filter(Q(entry=entry), edition__results_published_at__isnull=False).first()
        over = entry.edition.results_published_at is not None
        state = "done" if award else "missed" if over or not still_in else "ahead"
        steps.append(RoadStep(_("Award"), state, 190, detail=str(award.name) if award else ""))
    return steps


def results_of(entry: Entry) -> dict[str, str]:
    """Where a team reads its results, and the button's words."""
    return {"url": reverse("entry_results", args=[entry.pk]), "action": _("Read your results")}


def due(now: datetime) -> list[Owed]:
    """Reminders to jurors before a round closes, and minutes whose task was lost."""
    return [Owed("judging:reminders", remind_of_closing), Owed("judging:minutes", render_owed_minutes)]
