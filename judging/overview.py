"""What judging tells pages that are composed. A fixed number of queries each."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.models import Edition
from contest.states import EntryState, Phase
from judging.jury.services.assignment import PLANS
from judging.live import overview
from judging.live.services.hours import tell_newcomers
from judging.models import Award, Departure, Juror, Round, Scorecard, Standing
from judging.permissions import is_juror, runs_jury
from judging.reads.taking_part import FROZEN
from judging.results.minutes.overview import minutes_tasks
from judging.results.services.feedback import tell_of_feedback
from judging.results.services.minutes import render_owed_minutes
from judging.rounds.notices import JUROR_PATH, round_path
from judging.scoring.services.departures import note_owed_departures
from judging.scoring.services.reminders import remind_of_closing
from judging.states import JurorState, RoundState, ScorecardState
from judging.statistics.services import compute_owed_statistics
from network.models import City, User
from network.permissions import city_ids_of, is_organiser
from toolkit import clock
from toolkit.columns import with_columns
from toolkit.protocols import NavLink, Owed, RoleLine, ToDo

MINUTES_PER_ENTRY = 20  # VC4A's advice to juries: twenty minutes a file (https://vc4a.com/adjudication-centre/?lang=pt)


def to_do(user: User) -> list[ToDo]:
    """A juror: entries left to score, by round. Who runs rounds: rounds to open, to watch, to close, to publish."""
    return [*overview.to_do(user), *_juror_to_do(user), *_runner_to_do(user), *minutes_tasks(user)]


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
    rounds = Round.objects.filter(pk__in=left).select_related("edition", "city").order_by("closes_at", "pk")
    return [
        ToDo(
            title=ngettext("Score %(number)s entry", "Score %(number)s entries", left[round.pk])
            % {"number": left[round.pk]},
            detail=_("%(edition)s, %(round)s") % {"edition": round.selection, "round": round},
            url=JUROR_PATH,
            action=_("Open my entries"),
            until=round.closes_at,
            minutes=left[round.pk] * MINUTES_PER_ENTRY,
            role=_("juror"),
        )
        for round in rounds
    ]


def _rounds_run_by(user: User) -> list[Round]:
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


def _runner_to_do(user: User) -> list[ToDo]:
    """Of each jury only the first round that is not published: a later one waits for it."""
    tasks, begun = [], set()
    for round in _rounds_run_by(user):
        jury = (round.edition_id, round.city_id)
        word = None if jury in begun else _next_step(round)
        begun.add(jury)
        if word:
            title, until, url = word
            tasks.append(_of_round(round, title % {"round": round}, until, url, _("Go to the round")))
    return [*_left(user), *tasks, *_to_nominate(user), *_editions_to_do(user)]


def _left(user: User) -> list[ToDo]:
    """Open rounds that something left, which nobody has looked at. One query."""
    if not (is_organiser(user) or city_ids_of(user)):
        return []
    own = Q(round__city__in=city_ids_of(user)) | (Q(round__city__isnull=True) if is_organiser(user) else Q())
    rows = Departure.objects.run_by(user).standing().filter(own, round__state=RoundState.OPEN, seen_at__isnull=True)
    codes: dict[Round, list[str]] = {}
    for row in rows.select_related("entry", "juror", "round__edition", "round__city").order_by("round_id", "pk"):
        said = f"{row.entry.code} ({row.juror})" if row.juror else row.entry.code
        codes.setdefault(row.round, []).append(said)
    return [
        _of_round(
            round,
            _("%(codes)s left %(round)s: see what follows") % {"codes": ", ".join(found), "round": round},
            None,
            f"{round_path(round)}progress/",
            _("Look"),
        )
        for round, found in codes.items()
    ]


def _to_nominate(user: User) -> list[ToDo]:
    """A coordinator: selections that are closed, of which somebody who goes on is not nominated yet. One query."""
    cities = city_ids_of(user)
    if not cities:
        return []
    waiting = Standing.objects.filter(round=OuterRef("pk"), advances=True, entry__state=EntryState.ELIGIBLE)
    begun = Round.objects.counted().exclude(state=RoundState.DRAFT)
    later = begun.filter(edition=OuterRef("edition"), city=OuterRef("city"), order__gt=OuterRef("order"))
    rounds = Round.objects.counted().filter(
        city__in=cities, state__in=FROZEN, edition__nominations_close__gt=clock.now()
    )
    return [
        _of_round(
            round,
            _("Nominate who goes on from %(round)s") % {"round": round},
            round.edition.nominations_close,
            reverse("round_nominate", args=[round.pk]),
            _("See whom"),
        )
        for round in rounds.filter(Exists(waiting), ~Exists(later)).select_related("edition", "city").order_by("pk")
    ]


def _of_round(round: Round, title: str, until: datetime | None, url: str, action: str) -> ToDo:
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


def _editions_to_do(user: User) -> list[ToDo]:
    """Editions under way without rounds, without a jury, or with every result but no award. One query."""
    if not is_organiser(user):
        return []
    rounds = Round.objects.counted().filter(edition=OuterRef("pk"), city__isnull=True)
    jurors = Juror.objects.filter(edition=OuterRef("pk"), for_city__isnull=True).exclude(
        state__in=[JurorState.DECLINED, JurorState.WITHDRAWN]
    )
    awards = Award.objects.filter(edition=OuterRef("pk"))
    editions = with_columns(
        Edition.objects.filter(is_archive=False, is_public=True),
        has_rounds=Exists(rounds),
        has_open_rounds=Exists(rounds.exclude(state=RoundState.PUBLISHED)),
        has_jury=Exists(jurors),
        has_awards=Exists(awards),
    )
    tasks = []
    for edition in editions.order_by("pk"):
        word = None
        if edition.phase in (Phase.CALL, Phase.NOMINATION, Phase.JURY) and not edition.has_rounds:
            word = (
                _("Set up the rounds and their criteria"),
                edition.nominations_close,
                reverse("rounds", args=[edition.slug]),
            )
        elif edition.phase in (Phase.CALL, Phase.NOMINATION, Phase.JURY) and not edition.has_jury:
            word = _("Invite the jury"), edition.nominations_close, reverse("jury", args=[edition.slug])
        elif edition.has_rounds and not edition.has_open_rounds and not edition.has_awards:
            word = _("Grant the awards"), None, reverse("awards", args=[edition.slug])
        if word:
            title, until, url = word
            tasks.append(
                ToDo(
                    title,
                    url,
                    _("Open"),
                    until,
                    detail=str(edition),
                    role=_("organiser"),
                    edition=edition.slug,
                )
            )
    return tasks


def watch(user: User) -> list[ToDo]:
    """For who runs rounds: how far the jury of each open round is. One query."""
    now = clock.now()
    return [
        _of_round(
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
        for round in _rounds_run_by(user)
        if round.state == RoundState.OPEN and now < round.closes_at
    ]


def roles(user: User) -> list[RoleLine]:
    """The juries that a person sits on, the latest edition first."""
    seats = Juror.objects.filter(user=user, state=JurorState.ACTIVE).select_related("edition", "for_city")
    hint = _("Nothing waits for you as a juror. You are told by mail when entries are given to you.")
    return [
        RoleLine(role=_("juror"), where=seat.selection, hint=hint, url=JUROR_PATH)
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
        NavLink(_("Rounds"), f"{base}/rounds/", order=40, also=("/organise/rounds/",)),
        NavLink(_("Jury"), f"{base}/jury/", order=50, also=("/organise/jurors/",)),
        NavLink(_("Awards"), f"{base}/awards/", order=60),
    ]


def city_navigation(user: User, city: City, edition: Edition) -> list[NavLink]:
    """Tabs of a city's pages in an edition: its own selection and that selection's jury."""
    if not runs_jury(user, city):
        return []
    base = f"/city/{city.slug}/{edition.slug}/selection/"
    return [
        NavLink(_("Own selection"), base, order=40, also=("/organise/rounds/",)),
        NavLink(_("Jury of the selection"), f"{base}jury/", order=50, also=("/organise/jurors/",)),
    ]


def due(now: datetime) -> list[Owed]:
    """Reminders to jurors before a round closes; people who came late to a live session; what lost tasks owe;
    word of feedback."""
    return [
        Owed(PLANS.name, PLANS.settle_owed),
        Owed("judging:departures", note_owed_departures),
        Owed("judging:reminders", remind_of_closing),
        Owed("judging:sessions", tell_newcomers),
        Owed("judging:minutes", render_owed_minutes),
        Owed("judging:statistics", compute_owed_statistics),
        Owed("judging:feedback", tell_of_feedback),
    ]
