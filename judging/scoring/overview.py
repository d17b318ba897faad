"""What scoring adds to composed pages: entries left to score, what left a round."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.models import Departure, Round, Scorecard
from judging.permissions import is_juror
from judging.rounds.notices import JUROR_PATH, round_path
from judging.rounds.overview import of_round
from judging.states import RoundState, ScorecardState
from network.models import User
from network.permissions import city_ids_of, is_organiser
from toolkit import clock
from toolkit.protocols import ToDo

MINUTES_PER_ENTRY = 20  # VC4A's advice to juries: twenty minutes a file (https://vc4a.com/adjudication-centre/?lang=pt)


def scorecard_tasks(user: User) -> list[ToDo]:
    """Entries that a juror has left to score, by round. Two queries."""
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


def departures_to_see(user: User) -> list[ToDo]:
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
        of_round(
            round,
            _("%(codes)s left %(round)s: see what follows") % {"codes": ", ".join(found), "round": round},
            None,
            f"{round_path(round)}progress/",
            _("Look"),
        )
        for round, found in codes.items()
    ]
