"""Who is told what about an application, in their own language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from corridor.applications.reading import last_start_of
from corridor.models import Application, ApplicationRuling
from network.kinds.mail_kinds import MAIL_KINDS, MailKind
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


class ApplicationMail(MailKind):
    """A mail about an application."""

    @classmethod
    def write(cls, people: Iterable[User], mark: str, application: Application, path: str, **context: Any) -> None:
        """One to each of `people`, once for each `mark`."""
        told = {"application": application, "programme": application.programme, "path": path, **context}
        for person in people:
            send_message(key=f"application:{mark}:{person.pk}", kind=cls.code, to=person, context=told)


@MAIL_KINDS.register
class ApplicationSubmitted(ApplicationMail):
    """The applicant: a receipt."""

    code = "corridor.application_submitted"


@MAIL_KINDS.register
class ApplicationToApprove(ApplicationMail):
    """The coordinators of the home city: an application waits for you."""

    code = "corridor.application_to_approve"


@MAIL_KINDS.register
class ApplicationRuled(ApplicationMail):
    """The applicant: what was decided, by whom, and why."""

    code = "corridor.application_ruling"


@MAIL_KINDS.register
class ApplicationToAdmit(ApplicationMail):
    """The organisers, after an approval: decide whom you admit."""

    code = "corridor.application_to_admit"


def tell_submitted(application: Application) -> None:
    """The applicant: a receipt. The coordinators of the home city: an application waits for you."""
    assert application.submitted_at is not None
    mark = f"{application.pk}:submitted:{application.version}:{application.submitted_at.isoformat()}"
    ApplicationSubmitted.write([application.user], mark, application, _own(application))
    city = coordinators_of(application.home_city)
    ApplicationToApprove.write(city, mark, application, reverse("city_application", args=[application.pk]))


def tell_ruling(application: Application, ruling: ApplicationRuling) -> None:
    """The applicant: what was decided, by whom, and why. After an approval, the organisers: decide whom you admit."""
    mark = f"{application.pk}:ruling:{ruling.pk}"
    candidate = application.candidate
    until = last_start_of(candidate) if candidate else None
    path = reverse("candidate_wishes", args=[candidate.pk]) if candidate else _own(application)
    ApplicationRuled.write([application.user], mark, application, path, ruling=ruling, until=until)
    if ruling.ruling == "approve":
        path = reverse("organise_application", args=[application.pk])
        ApplicationToAdmit.write(organisers(), mark, application, path, ruling=ruling)


@MAIL_KINDS.register
class ApplicationWithdrawn(ApplicationMail):
    """The home city: nothing is to decide any more."""

    code = "corridor.application_withdrawn"

    @classmethod
    def tell(cls, application: Application, event_pk: int) -> None:
        city = coordinators_of(application.home_city)
        path = reverse("city_applications")
        cls.write(city, f"{application.pk}:withdrawn:{event_pk}", application, path)


def _own(application: Application) -> str:
    return reverse("application", args=[application.pk])
