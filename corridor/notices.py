"""Whom mails of the corridor concern: rows in the outbox, in the reader's language and zone."""

from collections.abc import Iterable
from typing import Any

from corridor.models import Candidate, Incubator
from network.kinds.mail_kinds import MailKind
from network.models import User
from network.services import send_message
from network.states import Role


def team_people(candidate: Candidate) -> list[User]:
    """The people of a candidate: founders of its organisation, or the graduate."""
    if candidate.user:
        return [candidate.user]
    return list(
        User.objects.filter(
            memberships__organisation=candidate.organisation_id, memberships__role=Role.FOUNDER, is_active=True
        )
        .distinct()
        .order_by("id")
    )


def host_people(incubator: Incubator) -> list[User]:
    """The people of an incubator."""
    return list(
        User.objects.filter(
            memberships__organisation=incubator.organisation_id, memberships__role=Role.HOST, is_active=True
        )
        .distinct()
        .order_by("id")
    )


class Notice(MailKind):
    """A mail about what happens in the corridor."""

    @classmethod
    def write(cls, people: Iterable[User], mark: str, **context: Any) -> None:
        """One to each of `people`, once for each `mark`."""
        for person in people:
            send_message(key=f"{cls.code}:{mark}:{person.pk}", kind=cls.code, to=person, context=context)


def organisers() -> list[User]:
    return list(User.objects.filter(memberships__role=Role.ORGANISER, is_active=True).distinct().order_by("id"))
