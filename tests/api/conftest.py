"""Clients of the API, and an edition with a round in which a juror scores."""

from dataclasses import dataclass

import pytest
from django.test import Client

from contest.models import Edition, Entry
from judging.models import Round, Scorecard
from tests import build


@pytest.fixture
def ids(enter):
    """The ids that a person reads at a list's address, in order."""

    def of(person, address: str) -> list[int]:
        response = enter(person).get(address)
        assert response.status_code == 200, response.content
        return [row["id"] for row in response.json()["results"]]

    return of


@pytest.fixture
def send(enter):
    """(status, JSON) of a write."""

    def as_person(person, method: str, address: str, body: dict) -> tuple[int, dict]:
        response = getattr(enter(person), method)(address, body, content_type="application/json")
        return response.status_code, response.json()

    return as_person


@dataclass
class Stage:
    """Three competing entries; juror 1 has the first and the second, juror 2 the third; nobody has submitted."""

    edition: Edition
    entries: list[Entry]
    round: Round
    cards: list[Scorecard]

    def juror(self, number: int):
        return self.cards[0 if number == 1 else 2].assignment.juror.user

    def founder(self, number: int):
        team = self.entries[number - 1].startup.organisation
        return team.memberships.get(role="founder").user


@pytest.fixture
def stage(db):
    edition = build.edition("2027")
    entries = build.competing(edition, 3)
    round = build.round(edition, state="open")
    jurors = [build.juror(edition, number, build.city("cuneo-far")) for number in (1, 2)]
    cards = [build.assign(round, jurors[0 if n < 2 else 1], entry) for n, entry in enumerate(entries)]
    return Stage(edition, entries, round, cards)


@pytest.fixture
def outsider(enter) -> Client:
    """A client with a session that enforces CSRF."""
    return Client(enforce_csrf_checks=True)
