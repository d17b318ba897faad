"""What these tests do to an application."""

from contextlib import contextmanager

import pytest

from corridor.applications.services.admissions import rule_for_city
from corridor.applications.services.applications import (
    submit_application,
)
from corridor.models import Application, Candidate
from network.models import Message
from toolkit.refusals import Refusal


def send(road) -> Application:
    return submit_application(by=road.person, application=road.application)


def approve(application, by, reason="We know her.") -> Application:
    rule_for_city(by=by, application=application, ruling="approve", reason=reason)
    application.refresh_from_db()
    return application


@contextmanager
def refused(code: str):
    with pytest.raises(Refusal) as told:
        yield
    assert told.value.code == code


def guest(road, city) -> Candidate:
    return Candidate.objects.create(programme=road.programme, user=road.person, name="Ana", home_city=city, rank=2)


def mails(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=f"corridor.{kind}").values_list("to_user__email", flat=True))
