"""A corridor with two hosts abroad, three teams of Clermont-Ferrand and one of Braga."""

from dataclasses import dataclass
from datetime import date

import pytest

from tests import build


@dataclass
class Corridor:
    programme: object
    braga: object
    magog: object
    teams: list
    host: object
    other_host: object
    founder: object


@pytest.fixture
def corridor(city):
    """Braga: 2 desks from January to August. Magog: 1 desk. Three teams: Alpha (2 people), Beta, Gamma."""
    says = {
        "languages": ["pt", "en"],
        "services": ["desk", "mentor"],
        "description": {"en": "Old town", "fr": "Centre"},
    }
    braga = build.incubator("Sample Braga", build.city("braga"), (date(2027, 1, 1), date(2027, 9, 1), 2), **says)
    magog = build.incubator("Sample Magog", build.city("magog", country="CA"), (date(2027, 1, 1), date(2027, 9, 1), 1))
    programme = build.programme(build.edition())
    teams = [
        build.candidate(programme, "Alpha", city, 1, [braga, magog], people=2),
        build.candidate(programme, "Beta", city, 2, [braga]),
        build.candidate(programme, "Gamma", city, 3, [braga, magog]),
    ]
    return Corridor(programme, braga, magog, teams, build.host(braga), build.host(magog), build.team(teams[0]))
