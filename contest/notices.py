"""Whom mails of the contest concern. Each mail has a key of its own: what is told twice is one mail."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from contest.models import Entry
from network.kinds.mail_kinds import MailKind
from network.models import City, User
from network.services import send_message
from network.states import Role


def team_of(entry: Entry) -> list[User]:
    return _members(Role.FOUNDER, memberships__organisation=entry.startup.organisation)


def coordinators_of(city: City | None) -> list[User]:
    return _members(Role.COORDINATOR, memberships__organisation__city=city) if city else []


def organisers() -> list[User]:
    return _members(Role.ORGANISER)


def team_path(entry: Entry) -> str:
    return reverse("entry", args=[entry.pk])


def city_path(entry: Entry) -> str:
    return reverse("city_entry", args=[entry.pk])


def _members(role: str, **conditions: Any) -> list[User]:
    found = User.objects.filter(memberships__role=role, is_active=True, anonymised_at__isnull=True, **conditions)
    return list(found.distinct().order_by("pk"))


class EntryMail(MailKind):
    """A mail about an entry, and what its reader does at `path`."""

    @classmethod
    def write(cls, people: Iterable[User], key: str, entry: Entry, *, path: str, **context: Any) -> None:
        """One to each of `people`, once for each `key`."""
        told = {"entry": entry, "edition": entry.edition, "path": path, **context}
        for person in people:
            send_message(key=f"{key}:{person.pk}", kind=cls.code, to=person, context=told)
