"""The first page after the log-in: one thing to do, and where on the road one is."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.models import Juror
from judging.states import JurorState
from network.services import invite
from tests import build
from toolkit import clock
from toolkit.templatetags.house import takes

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (None, ""),
        (1, "about a minute"),
        (20, "about 20 minutes"),
        (119, "about 119 minutes"),
        (120, "about 2 hours"),
        (240, "about 4 hours"),
    ],
)
def test_time_is_said_as_people_say_it(minutes, words):
    assert takes(minutes) == words


def test_what_ends_first_comes_first(enter, organiser, stranger):
    for days, city in ((20, "Late"), (5, "Soon"), (12, "Middle")):
        with clock.at(NOW - timedelta(days=30 - days)):
            hall = build.city_hall(build.city(city.lower(), city))
            invite(by=organiser, email=stranger.email, role="coordinator", organisation=hall)
    with clock.at(NOW):
        page = enter(stranger).get("/home/").content.decode()
    assert re.findall(r"City of (\w+)", page) == ["Soon", "Middle", "Late"]
    assert "<h1>3 things to do</h1>" in page
    assert '6 November 2026, 12:00 <span class="zone">UTC</span>' in page


def seat(person, state) -> Juror:
    return Juror.objects.create(edition=build.edition(), user=person, email=person.email, full_name="Sam", state=state)


def test_a_juror_without_work_is_told_what_comes(enter, stranger):
    seat(stranger, JurorState.ACTIVE)
    page = enter(stranger).get("/home/").content.decode()
    assert "<h2>Juror · Edition 2027</h2>" in page
    assert "Nothing waits for you as a juror." in page
    assert "Enter Edition 2027" not in page


def test_a_seat_that_was_left_is_no_part(enter, stranger):
    seat(stranger, JurorState.WITHDRAWN)
    page = enter(stranger).get("/home/").content.decode()
    assert "Your part" not in page
    assert '<h2 id="first">Enter Edition 2027</h2>' in page


def test_thirty_things_take_as_many_queries_as_three(enter, organiser, stranger):
    def queries(count):
        for number in range(count):
            hall = build.city_hall(build.city(f"city-{number}", f"City {number}"))
            invite(by=organiser, email=stranger.email, role="coordinator", organisation=hall)
        browser = enter(stranger)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/home/").status_code == 200
        return len(seen)

    assert queries(3) == queries(30)


def test_a_founder_sees_where_on_the_road_the_entry_is(enter, founder):
    edition = build.edition()
    entry = build.entry(edition, founder.memberships.get().organisation.startup, state="submitted")
    page = enter(founder).get("/home/").content.decode()
    assert f'<a href="/entries/{entry.pk}/">Sensors</a> · Edition 2027' in page
    assert '<ol class="road"' in page
    assert page.count('aria-current="step"') == 1


def test_another_team_s_entry_is_not_on_the_road(enter, founder, city):
    build.entry(build.edition(), build.startup("Rival", city), state="submitted")
    page = enter(founder).get("/home/").content.decode()
    assert "Rival" not in page
    assert '<ol class="road"' not in page
