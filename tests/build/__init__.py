"""Builds what a test needs, with few words. Real rows in a real database; every value can be given."""

from tests.build.contest import competing, edition, entry, nominate, settle, startup
from tests.build.corridor import (
    application,
    candidate,
    graduates,
    host,
    incubator,
    paper,
    programme,
    stay,
    stay_of,
    team,
)
from tests.build.judging import assign, award, ballot_import, freeze, juror, live_session, marks, round, set_aside
from tests.build.people import city, city_hall, found_or_made, organisation, person, secretariat

__all__ = [
    "found_or_made",
    "city",
    "organisation",
    "secretariat",
    "city_hall",
    "person",
    "edition",
    "startup",
    "entry",
    "nominate",
    "competing",
    "settle",
    "juror",
    "round",
    "assign",
    "freeze",
    "marks",
    "live_session",
    "ballot_import",
    "set_aside",
    "award",
    "stay",
    "incubator",
    "host",
    "programme",
    "candidate",
    "team",
    "stay_of",
    "graduates",
    "application",
    "paper",
]
