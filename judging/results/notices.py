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
from judging.rounds.notices import JUROR_PATH, RoundMail, founders_of, jurors_of, organisers, round_path, runners_of
from judging.states import JurorState
from network.kinds.mail_kinds import MAIL_KINDS
from network.models import Message
from toolkit import clock


@MAIL_KINDS.register
class RoundClosed(RoundMail):
    """Who runs the round: it is frozen, with its hash."""

    code = "judging.closed"

    @classmethod
    def tell(cls, result: Result, standings: int) -> None:
        round = result.round
        for person in runners_of(round):
            cls.write(
                key=f"{cls.code}:{round.pk}:{person.pk}:{result.version}",
                to=person,
                context={"round": round, "standings": standings, "sha256": result.sha256, "path": round_path(round)},
            )


@MAIL_KINDS.register
class MinutesFailed(RoundMail):
    """Who runs the round, and who asked: the minutes could not be made, and why.
    Told again when they were tried again in vain."""

    code = "judging.minutes_failed"

    @classmethod
    def tell(cls, minutes: Minutes) -> None:
        for person in {minutes.asked_by, *runners_of(minutes.round)}:
            cls.write(
                key=f"{cls.code}:{minutes.pk}:{clock.now():%Y%m%d%H%M%S%f}:{person.pk}",
                to=person,
                context={
                    "round": minutes.round,
                    "minutes": minutes,
                    "path": f"{round_path(minutes.round)}minutes/",
                },
            )


@MAIL_KINDS.register
class ReopeningProposed(RoundMail):
    """Everybody else who runs the round: one of them is the second person."""

    code = "judging.reopening"

    @classmethod
    def tell(cls, proposal: Reopening) -> None:
        for person in {*runners_of(proposal.round), *organisers()} - {proposal.proposed_by}:
            cls.write(
                key=f"{cls.code}:{proposal.pk}:{person.pk}",
                to=person,
                context={
                    "round": proposal.round,
                    "who": proposal.proposed_by,
                    "reason": proposal.reason,
                    "path": f"{round_path(proposal.round)}history/",
                },
            )


@MAIL_KINDS.register
class RoundReopened(RoundMail):
    """Who runs the round: it is open again."""

    code = "judging.reopened"


@MAIL_KINDS.register
class RoundReopenedForJuror(RoundMail):
    """Its jurors, if there is time to score again."""

    code = "judging.reopened_juror"


def tell_reopened(round: Round, reopening: Reopening) -> None:
    """Who runs the round, and if there is time to score again, its jurors."""
    context = {"round": round, "reason": reopening.reason, "until": reopening.closes_at}
    for person in runners_of(round):
        RoundReopened.write(
            key=f"{RoundReopened.code}:{reopening.pk}:{person.pk}",
            to=person,
            context={**context, "path": round_path(round)},
        )
    if reopening.closes_at is None:
        return
    jurors = jurors_of(round).filter(state=JurorState.ACTIVE, user__isnull=False)
    for juror in jurors.select_related("user").order_by("pk"):
        RoundReopenedForJuror.write(
            key=f"{RoundReopened.code}:{reopening.pk}:juror:{juror.pk}",
            to=juror.user,
            context={**context, "path": JUROR_PATH},
        )


@MAIL_KINDS.register
class ResultCorrected(RoundMail):
    """Each founder who was told a published result: it is being corrected and no longer holds. Without the reason."""

    code = "judging.corrected"

    @classmethod
    def tell(cls, round: Round, reopening: Reopening) -> None:
        for standing in Standing.objects.filter(round=round).select_related("entry__startup__organisation"):
            for person in founders_of(standing.entry):
                cls.write(
                    key=f"{cls.code}:{reopening.pk}:{standing.entry_id}:{person.pk}",
                    to=person,
                    context={"round": round, "entry": standing.entry, "path": f"/entries/{standing.entry_id}/"},
                )


@MAIL_KINDS.register
class ResultPublished(RoundMail):
    """Each founder of the round: goes on, or stops here, with a way to the reasons;
    of the last one, that the awards follow."""

    code = "judging.published"

    @classmethod
    def tell(cls, round: Round) -> None:
        awaits = awaits_awards(round)
        is_ahead = round.feedback_at is not None and round.feedback_at > clock.now()
        standings = Standing.objects.filter(round=round).select_related("entry__startup__organisation")
        for standing in standings:
            for person in founders_of(standing.entry):
                cls.write(
                    key=f"{cls.code}:{standing.pk}:{person.pk}",
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


@MAIL_KINDS.register
class FeedbackThere(RoundMail):
    """Each founder of the round, once for each result: the jury's feedback is there, again after a correction. Up to
    `limit` mails; returns how many."""

    code = "judging.feedback"

    @classmethod
    def tell(cls, round: Round, limit: int) -> int:
        result = Result.objects.current().get(round=round)
        told = set(Message.objects.filter(key__startswith=f"{cls.code}:{round.pk}:").values_list("key", flat=True))
        written = 0
        for standing in (
            Standing.objects.filter(round=round).select_related("entry__startup__organisation").order_by("place")
        ):
            for person in founders_of(standing.entry):
                key = f"{cls.code}:{round.pk}:{standing.entry_id}:{person.pk}:{result.version}"
                if key in told:
                    continue
                if written == limit:
                    return written
                context = {"round": round, "entry": standing.entry, "path": f"/entries/{standing.entry_id}/results/"}
                cls.write(key=key, to=person, context=context)
                written += 1
        return written


@MAIL_KINDS.register
class Awarded(RoundMail):
    """Each founder of the entry: the award is theirs."""

    code = "judging.awarded"

    @classmethod
    def tell(cls, award: Award) -> None:
        for person in founders_of(award.entry):
            cls.write(
                key=f"{cls.code}:{award.pk}:{person.pk}",
                to=person,
                context={"award": award, "entry": award.entry, "path": f"/entries/{award.entry_id}/"},
            )
