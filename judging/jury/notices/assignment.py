"""Jurors are told what they are to score; who runs a round, that one stepped back."""

from __future__ import annotations

from collections.abc import Iterable

from judging.models import (
    Juror,
    Round,
    Scorecard,
)
from judging.rounds.notices import JUROR_PATH, RoundMail, round_path, runners_of
from network.kinds.mail_kinds import MAIL_KINDS
from network.models import Event, User
from toolkit import clock


@MAIL_KINDS.register
class Assigned(RoundMail):
    """Each juror with something to score: how many, from when, until when.
    Once for each event that gave them something."""

    code = "judging.assigned"

    @classmethod
    def tell(cls, round: Round, jurors: Iterable[Juror], event: Event) -> None:
        for juror in jurors:
            count = Scorecard.objects.filter(assignment__round=round, assignment__juror=juror).in_force().count()
            if juror.user and count:
                cls.write(
                    key=f"{cls.code}:{event.pk}:{juror.pk}",
                    to=juror.user,
                    context={
                        "round": round,
                        "count": count,
                        "is_ahead": clock.now() < round.opens_at,
                        "path": JUROR_PATH,
                    },
                )


@MAIL_KINDS.register
class Recused(RoundMail):
    """Who runs the round: a juror stepped back, and the entry may need another."""

    code = "judging.recused"

    @classmethod
    def tell(cls, scorecard: Scorecard, by: User) -> None:
        assignment = scorecard.assignment
        for person in runners_of(assignment.round):
            cls.write(
                key=f"{cls.code}:{scorecard.pk}:{scorecard.version}:{person.pk}",
                to=person,
                context={
                    "round": assignment.round,
                    "juror": assignment.juror,
                    "entry": assignment.entry,
                    "reason": scorecard.recusal_reason,
                    "path": round_path(assignment.round),
                },
            )
