"""Who is told what about an application, in their own language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from corridor.applications.reading import last_start_of
from corridor.models import Application, ApplicationRuling
from network.models import User
from network.services import send_message
from network.states import Role

if TYPE_CHECKING:
    from network.models import City


def coordinators_of(city: City | None) -> list[User]:
    members = User.objects.filter(
        memberships__organisation__city=city, memberships__role=Role.COORDINATOR, is_active=True
    )
    return list(members.distinct().order_by("id")) if city else []


def organisers() -> list[User]:
    return list(User.objects.filter(memberships__role=Role.ORGANISER, is_active=True).distinct().order_by("id"))


def _tell(people: Iterable[User], kind: str, mark: str, application: Application, path: str, **context: Any) -> None:
    told = {"application": application, "programme": application.programme, "path": path, **context}
    for person in people:
        send_message(key=f"application:{mark}:{person.pk}", kind=f"corridor.{kind}", to=person, context=told)


def tell_submitted(application: Application) -> None:
    """The applicant: a receipt. The coordinators of the home city: an application waits for you."""
    assert application.submitted_at is not None
    mark = f"{application.pk}:submitted:{application.version}:{application.submitted_at.isoformat()}"
    _tell([application.user], "application_submitted", mark, application, _own(application))
    city = coordinators_of(application.home_city)
    _tell(city, "application_to_approve", mark, application, reverse("city_application", args=[application.pk]))


def tell_ruling(application: Application, ruling: ApplicationRuling) -> None:
    """The applicant: what was decided, by whom, and why. After an approval, the organisers: decide whom you admit."""
    mark = f"{application.pk}:ruling:{ruling.pk}"
    candidate = application.candidate
    until = last_start_of(candidate) if candidate else None
    path = reverse("candidate_wishes", args=[candidate.pk]) if candidate else _own(application)
    _tell([application.user], "application_ruling", mark, application, path, ruling=ruling, until=until)
    if ruling.ruling == "approve":
        path = reverse("organise_application", args=[application.pk])
        _tell(organisers(), "application_to_admit", mark, application, path, ruling=ruling)


def tell_withdrawn(application: Application, event_pk: int) -> None:
    """The home city: nothing is to decide any more."""
    city = coordinators_of(application.home_city)
    path = reverse("city_applications")
    _tell(city, "application_withdrawn", f"{application.pk}:withdrawn:{event_pk}", application, path)


def _own(application: Application) -> str:
    return reverse("application", args=[application.pk])
