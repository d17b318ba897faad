"""Who in judging is told what. Every mail is written once: its key names the fact it tells."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from judging.models import Award, Juror, Round, Scorecard, Standing
from judging.states import JurorState, RoundState, ScorecardState
from network.models import Message, User
from network.services import send_message
from network.states import Role

JUROR_PATH = "/judging/"


def round_path(round: Round) -> str:
    return f"/organise/rounds/{round.pk}/"


def organisers() -> QuerySet[User]:
    return User.objects.filter(memberships__role=Role.ORGANISER, is_active=True).distinct().order_by("pk")


def runners_of(round: Round) -> QuerySet[User]:
    """Who runs the round: the organisers, or the coordinators of the city whose selection it is."""
    if round.city_id is None:
        return organisers()
    return User.objects.filter(
        memberships__role=Role.COORDINATOR, memberships__organisation__city=round.city_id, is_active=True
    ).distinct()


def founders_of(entry) -> QuerySet[User]:
    return (
        User.objects.filter(
            memberships__role=Role.FOUNDER, memberships__organisation__startup=entry.startup_id, is_active=True
        )
        .distinct()
        .order_by("pk")
    )


def tell_assigned(round: Round, jurors: Iterable[Juror]) -> None:
    """Each juror with something to score: how many, until when. Again only if the number has grown."""
    for juror in jurors:
        cards = Scorecard.objects.filter(assignment__round=round, assignment__juror=juror).exclude(
            state=ScorecardState.RECUSED
        )
        count = cards.count()
        if juror.user and count:
            send_message(
                key=f"judging.assigned:{round.pk}:{juror.pk}:{count}",
                kind="judging.assigned",
                to=juror.user,
                context={"round": round, "count": count, "path": JUROR_PATH},
            )


def tell_recused(scorecard: Scorecard, by: User) -> None:
    """Who runs the round: a juror stepped back, and the entry may need another."""
    assignment = scorecard.assignment
    for person in runners_of(assignment.round):
        send_message(
            key=f"judging.recused:{scorecard.pk}:{person.pk}",
            kind="judging.recused",
            to=person,
            context={
                "round": assignment.round,
                "juror": assignment.juror,
                "entry": assignment.entry,
                "reason": scorecard.recusal_reason,
                "path": round_path(assignment.round),
            },
        )


def tell_closed(round: Round, standings: int, sha256: str) -> None:
    """Who runs the round: it is frozen, with its hash."""
    for person in runners_of(round):
        send_message(
            key=f"judging.closed:{round.pk}:{person.pk}",
            kind="judging.closed",
            to=person,
            context={"round": round, "standings": standings, "sha256": sha256, "path": round_path(round)},
        )


def tell_published(round: Round) -> None:
    """Each founder of the round: goes on, or stops here, with a way to the reasons."""
    standings = Standing.objects.filter(round=round).select_related("entry__startup__organisation")
    for standing in standings:
        for person in founders_of(standing.entry):
            send_message(
                key=f"judging.published:{standing.pk}:{person.pk}",
                kind="judging.published",
                to=person,
                context={
                    "round": round,
                    "standing": standing,
                    "entry": standing.entry,
                    "path": f"/entries/{standing.entry_id}/results/",
                },
            )


def tell_awarded(award: Award) -> None:
    for person in founders_of(award.entry):
        send_message(
            key=f"judging.awarded:{award.pk}:{person.pk}",
            kind="judging.awarded",
            to=person,
            context={"award": award, "entry": award.entry, "path": f"/entries/{award.entry_id}/"},
        )


def remind_before_closing(now: datetime, horizons: tuple[int, ...], limit: int) -> int:
    """Writes to jurors with drafts in rounds that close within so many days, once per juror, round and horizon.

    Returns how many mails were written. When two horizons are due (the clock stood still), only the nearer one is written.
    """
    written = 0
    rounds = Round.objects.filter(state=RoundState.OPEN, opens_at__lte=now, closes_at__gt=now).order_by("pk")
    for round in rounds.select_related("edition"):
        days = min((h for h in horizons if (round.closes_at - now).total_seconds() <= h * 86400), default=None)
        if days is not None:
            written += remind(round, f"{days}-days", limit - written)
    return written


def remind(round: Round, occasion: str, limit: int) -> int:
    """Writes to up to `limit` jurors with something left to submit in the round, once per juror and occasion."""
    key = f"judging.reminder:{round.pk}:{occasion}:"
    told = {int(k.rsplit(":", 1)[1]) for k in Message.objects.filter(key__startswith=key).values_list("key", flat=True)}
    jurors = (
        Juror.objects.filter(
            assignments__round=round,
            assignments__scorecard__state=ScorecardState.DRAFT,
            state=JurorState.ACTIVE,
            user__isnull=False,
        )
        .exclude(pk__in=told)
        .select_related("user")
        .distinct()
        .order_by("pk")
    )
    written = 0
    for juror in jurors:
        mine = Scorecard.objects.of_juror(juror.user)
        count = mine.filter(assignment__round=round, state=ScorecardState.DRAFT).count()
        if not count:
            continue
        if written == limit:
            break
        send_message(
            key=f"{key}{juror.pk}",
            kind="judging.reminder",
            to=juror.user,
            context={"round": round, "count": count, "path": JUROR_PATH},
        )
        written += 1
    return written
