"""Whom mails of the contest concern. Each mail has a key of its own: what is told twice is one mail."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from contest.models import Entry
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


def tell(people: Iterable[User], kind: str, key: str, entry: Entry, *, path: str, **context: Any) -> None:
    for person in people:
        send_message(
            key=f"{key}:{person.pk}",
            kind=f"contest.{kind}",
            to=person,
            context={
                "entry": entry,
                "edition": entry.edition,
                "path": path,
                **context,
            },
        )
