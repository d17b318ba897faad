"""Who in judging is told what. Every mail is written once: its key names the fact it tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from judging.awaiting import awaits_awards
from judging.models import (
    Assignment,
    Award,
    Juror,
    Minutes,
    Reopening,
    Result,
    Round,
    Scorecard,
    Standing,
)
from judging.states import JurorState, RoundState, ScorecardState
from network.models import Event, Message, User
from network.services import send_message
from network.states import Role
from toolkit import clock

if TYPE_CHECKING:
    from contest.models import Entry


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


def founders_of(entry: Entry) -> QuerySet[User]:
    return (
        User.objects.filter(
            memberships__role=Role.FOUNDER, memberships__organisation__startup=entry.startup_id, is_active=True
        )
        .distinct()
        .order_by("pk")
    )


def jurors_of(round: Round) -> QuerySet[Juror]:
    """Who has something to score in the round, once each."""
    live = Assignment.objects.filter(round=round).in_force().order_by()
    return Juror.objects.filter(pk__in=live.values("juror"))


def tell_assigned(round: Round, jurors: Iterable[Juror], event: Event) -> None:
    """Each juror with something to score: how many, from when, until when.
    Once for each event that gave them something."""
    for juror in jurors:
        count = Scorecard.objects.filter(assignment__round=round, assignment__juror=juror).in_force().count()
        if juror.user and count:
            send_message(
                key=f"judging.assigned:{event.pk}:{juror.pk}",
                kind="judging.assigned",
                to=juror.user,
                context={
                    "round": round,
                    "count": count,
                    "is_ahead": clock.now() < round.opens_at,
                    "path": JUROR_PATH,
                },
            )


def tell_rule_changed(round: Round, jurors: Iterable[Juror], reason: str, reopened: Mapping[int, int]) -> None:
    """Each juror of an open round: its rule has a new version, why, and how many of their scorecards it reopened."""
    for juror in jurors:
        if juror.user:
            send_message(
                key=f"judging.rule_changed:{round.pk}:{round.rule_version}:{juror.pk}",
                kind="judging.rule_changed",
                to=juror.user,
                context={
                    "round": round,
                    "version": round.rule_version,
                    "reason": reason,
                    "reopened": reopened.get(juror.pk, 0),
                    "path": JUROR_PATH,
                },
            )


def tell_recused(scorecard: Scorecard, by: User) -> None:
    """Who runs the round: a juror stepped back, and the entry may need another."""
    assignment = scorecard.assignment
    for person in runners_of(assignment.round):
        send_message(
            key=f"judging.recused:{scorecard.pk}:{scorecard.version}:{person.pk}",
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


def tell_closed(result: Result, standings: int) -> None:
    """Who runs the round: it is frozen, with its hash."""
    round = result.round
    for person in runners_of(round):
        send_message(
            key=f"judging.closed:{round.pk}:{person.pk}:{result.version}",
            kind="judging.closed",
            to=person,
            context={"round": round, "standings": standings, "sha256": result.sha256, "path": round_path(round)},
        )


def tell_minutes_failed(minutes: Minutes) -> None:
    """Who runs the round, and who asked: the minutes could not be made, and why.
    Told again when they were tried again in vain."""
    for person in {minutes.asked_by, *runners_of(minutes.round)}:
        send_message(
            key=f"judging.minutes_failed:{minutes.pk}:{clock.now():%Y%m%d%H%M%S%f}:{person.pk}",
            kind="judging.minutes_failed",
            to=person,
            context={
                "round": minutes.round,
                "minutes": minutes,
                "path": f"{round_path(minutes.round)}minutes/",
            },
        )


def tell_reopening_proposed(proposal: Reopening) -> None:
    """Everybody else who runs the round: one of them is the second person."""
    for person in {*runners_of(proposal.round), *organisers()} - {proposal.proposed_by}:
        send_message(
            key=f"judging.reopening:{proposal.pk}:{person.pk}",
            kind="judging.reopening",
            to=person,
            context={
                "round": proposal.round,
                "who": proposal.proposed_by,
                "reason": proposal.reason,
                "path": f"{round_path(proposal.round)}history/",
            },
        )


def tell_reopened(round: Round, reopening: Reopening) -> None:
    """Who runs the round, and if there is time to score again, its jurors."""
    context = {"round": round, "reason": reopening.reason, "until": reopening.closes_at}
    for person in runners_of(round):
        send_message(
            key=f"judging.reopened:{reopening.pk}:{person.pk}",
            kind="judging.reopened",
            to=person,
            context={**context, "path": round_path(round)},
        )
    if reopening.closes_at is None:
        return
    jurors = jurors_of(round).filter(state=JurorState.ACTIVE, user__isnull=False)
    for juror in jurors.select_related("user").order_by("pk"):
        send_message(
            key=f"judging.reopened:{reopening.pk}:juror:{juror.pk}",
            kind="judging.reopened_juror",
            to=juror.user,
            context={**context, "path": JUROR_PATH},
        )


def tell_corrected(round: Round, reopening: Reopening) -> None:
    """Each founder who was told a published result: it is being corrected and no longer holds. Without the reason."""
    for standing in Standing.objects.filter(round=round).select_related("entry__startup__organisation"):
        for person in founders_of(standing.entry):
            send_message(
                key=f"judging.corrected:{reopening.pk}:{standing.entry_id}:{person.pk}",
                kind="judging.corrected",
                to=person,
                context={"round": round, "entry": standing.entry, "path": f"/entries/{standing.entry_id}/"},
            )


def tell_published(round: Round) -> None:
    """Each founder of the round: goes on, or stops here, with a way to the reasons;
    of the last one, that the awards follow."""
    awaits = awaits_awards(round)
    is_ahead = round.feedback_at is not None and round.feedback_at > clock.now()
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
                    "awaits": awaits,
                    "feedback_at": round.feedback_at if is_ahead else None,
                    "entry": standing.entry,
                    "path": f"/entries/{standing.entry_id}/results/",
                },
            )


def tell_feedback(round: Round, limit: int) -> int:
    """Each founder of the round, once for each result: the jury's feedback is there, again after a correction. Up to
    `limit` mails; returns how many."""
    result = Result.objects.current().get(round=round)
    told = set(Message.objects.filter(key__startswith=f"judging.feedback:{round.pk}:").values_list("key", flat=True))
    written = 0
    for standing in (
        Standing.objects.filter(round=round).select_related("entry__startup__organisation").order_by("place")
    ):
        for person in founders_of(standing.entry):
            key = f"judging.feedback:{round.pk}:{standing.entry_id}:{person.pk}:{result.version}"
            if key in told:
                continue
            if written == limit:
                return written
            context = {"round": round, "entry": standing.entry, "path": f"/entries/{standing.entry_id}/results/"}
            send_message(key=key, kind="judging.feedback", to=person, context=context)
            written += 1
    return written


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

    Returns how many mails were written. When two horizons are due (the clock stood still),
    only the nearer one is written.
    """
    written = 0
    rounds = Round.objects.filter(state=RoundState.OPEN, opens_at__lte=now, closes_at__gt=now).order_by("pk")
    for round in rounds.select_related("edition", "city"):
        days = min((h for h in horizons if (round.closes_at - now).total_seconds() <= h * 86400), default=None)
        if days is not None:
            # A closing that is moved, or comes again after a reopening, is another occasion.
            written += remind(round, f"{days}-days:{round.closes_at:%Y%m%d%H%M}", limit - written)
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
        assert juror.user is not None
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
