"""Whom mails of the corridor concern: rows in the outbox, in the reader's language and zone."""

from collections.abc import Iterable
from typing import Any

from corridor.models import Candidate, Incubator
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


def tell(people: Iterable[User], kind: str, mark: str, **context: Any) -> None:
    for person in people:
        send_message(key=f"{kind}:{mark}:{person.pk}", kind=kind, to=person, context=context)


def organisers() -> list[User]:
    return list(User.objects.filter(memberships__role=Role.ORGANISER, is_active=True).distinct().order_by("id"))
