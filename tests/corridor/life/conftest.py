from datetime import UTC, datetime

import pytest

from corridor.placement.services.stays import accept_stay
from tests import build


@pytest.fixture
def stay(corridor):
    """Alpha (2 people) at Sample Braga from January to June 2027, accepted by both sides, with its checklist."""
    made = build.stay_of(corridor.teams[0], corridor.braga)
    accept_stay(by=corridor.host, stay=made, side="host")
    return accept_stay(by=corridor.founder, stay=made, side="team")


@pytest.fixture
def at():
    """A day of 2027 (month, day) at noon, UTC."""
    return lambda month, day, hour=12, year=2027: datetime(year, month, day, hour, tzinfo=UTC)


@pytest.fixture
def cast(corridor, organiser, coordinator, stranger):
    """Everybody with a part in Alpha's stay, and two who have none: another host, a stranger."""
    return {
        "team": corridor.founder,
        "host": corridor.host,
        "home city": coordinator,
        "host city": build.person("city@braga.example", "Bia", "coordinator", build.city_hall(build.city("braga"))),
        "organiser": organiser,
        "other host": corridor.other_host,
        "other team": build.team(corridor.teams[1]),
        "stranger": stranger,
    }
