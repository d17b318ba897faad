"""A programme for graduates that takes applications, and a person of Clermont-Ferrand who has filled hers in."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from corridor.applications.services.applications import save_application, start_application
from corridor.models import Application, Programme
from network.models import User
from tests import build

RULE = {"under": 30, "counted": "not_yet", "diploma": True, "statuses": ["graduate"]}
PERSON = {
    "born_on": date(2001, 5, 2),
    "address": "12 rue Haute, Clermont-Ferrand",
    "nationalities": ["FR"],
    "languages": ["fr", "en"],
    "status": "graduate",
    "diploma_title": "Master in materials science",
    "diploma_school": "Université Clermont Auvergne",
    "diploma_on": date(2025, 9, 30),
    "motivation": "I want to see how others dry their clay.",
}


@dataclass
class Road:
    """Stays start on 1 January to 1 March 2027; one question and two papers are asked, the CV for hosts too."""

    programme: Programme
    person: User
    application: Application
    question: Any
    diploma: Any
    cv: Any


@pytest.fixture
def road(city, settings, tmp_path) -> Road:
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    programme = build.graduates()
    now = timezone.now()
    programme.call.opens_at, programme.call.closes_at = now - timedelta(days=3), now + timedelta(days=9)
    programme.call.save()
    question = programme.questions.create(code="plan", text={"en": "What would you do?"}, max_chars=200)
    diploma = programme.documents_asked.create(code="diploma", name={"en": "Diploma"}, order=1)
    cv = programme.documents_asked.create(code="cv", name={"en": "CV"}, order=2, for_hosts=True, is_required=False)
    person = build.person("ana@mail.example", "Ana Applicant")
    application = start_application(by=person, programme=programme)
    return Road(programme, person, application, question, diploma, cv)


@pytest.fixture
def filled(road, city) -> Road:
    """Everything that is required is there; nothing is submitted."""
    road.application = save_application(
        by=road.person,
        application=road.application,
        version=1,
        values={**PERSON, "home_city": city},
        answers={road.question.pk: "Dry clay."},
    )
    build.paper(road.application, road.diploma)
    return road
