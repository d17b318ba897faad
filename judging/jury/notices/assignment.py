"""Jurors are told what they are to score; who runs a round, that one stepped back."""

from __future__ import annotations

from collections.abc import Iterable

from judging.models import (
    Juror,
    Round,
    Scorecard,
)
from judging.rounds.notices import JUROR_PATH, round_path, runners_of
from network.models import Event, User
from network.services import send_message
from toolkit import clock


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
