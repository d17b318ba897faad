"""Who is told of results: closed, opened again, corrected, published, commented, awarded."""

from __future__ import annotations

from judging.models import (
    Award,
    Minutes,
    Reopening,
    Result,
    Round,
    Standing,
)
from judging.reads.awaiting import awaits_awards
from judging.rounds.notices import JUROR_PATH, founders_of, jurors_of, organisers, round_path, runners_of
from judging.states import JurorState
from network.models import Message
from network.services import send_message
from toolkit import clock


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
