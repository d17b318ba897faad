"""Jurors are reminded before a round closes."""

from __future__ import annotations

from datetime import datetime

from judging.models import (
    Juror,
    Round,
    Scorecard,
)
from judging.rounds.notices import JUROR_PATH, RoundMail
from judging.states import JurorState, RoundState, ScorecardState
from network.kinds.mail_kinds import MAIL_KINDS
from network.models import Message


@MAIL_KINDS.register
class Reminder(RoundMail):
    """A juror with something left to submit in a round that closes soon, or whose organiser asks."""

    code = "judging.reminder"


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
    key = f"{Reminder.code}:{round.pk}:{occasion}:"
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
        Reminder.write(
            key=f"{key}{juror.pk}",
            to=juror.user,
            context={"round": round, "count": count, "path": JUROR_PATH},
        )
        written += 1
    return written
