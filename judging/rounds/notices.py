"""Whom mails about rounds concern, and who is told that a rule changed. Every mail is written once:
its key names the fact it tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from judging.models import (
    Assignment,
    Juror,
    Round,
)
from network.kinds.mail_kinds import MAIL_KINDS, MailKind
from network.models import User
from network.services import send_message
from network.states import Role

if TYPE_CHECKING:
    from contest.models import Entry


JUROR_PATH = "/judging/"


class RoundMail(MailKind):
    """A mail about a round or what belongs to it."""

    @classmethod
    def write(cls, *, key: str, to: User | None, context: Mapping[str, Any]) -> None:
        """One to `to`, once for each `key`."""
        send_message(key=key, kind=cls.code, to=to, context=dict(context))


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
    """The people of the entry's start-up who can log in, each once."""
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


@MAIL_KINDS.register
class RuleChanged(RoundMail):
    """Each juror of an open round: its rule has a new version, why, and how many of their scorecards it reopened."""

    code = "judging.rule_changed"

    @classmethod
    def tell(cls, round: Round, jurors: Iterable[Juror], reason: str, reopened: Mapping[int, int]) -> None:
        for juror in jurors:
            if juror.user:
                cls.write(
                    key=f"{cls.code}:{round.pk}:{round.rule.version}:{juror.pk}",
                    to=juror.user,
                    context={
                        "round": round,
                        "version": round.rule.version,
                        "reason": reason,
                        "reopened": reopened.get(juror.pk, 0),
                        "path": JUROR_PATH,
                    },
                )
