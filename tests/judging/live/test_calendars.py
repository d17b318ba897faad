"""Live sessions in calendars: one identifier, counted changes, a secret feed."""

from datetime import UTC, datetime, timedelta

from django.test import Client

from judging.live.services.sessions import (
    cancel_session,
    save_session,
)
from network.models import User
from tests.judging.live.hall import NINE, events, founder_of


def test_calendars_keep_their_identifier_and_count_their_changes(on, enter):
    client = enter(founder_of(on, 1))
    place = f"/sessions/{on.session.pk}/calendar.ics"
    [(uid, event)] = events(client.get(place).content).items()
    assert (uid, event["sequence"], event["status"]) == (f"pitch-{on.session.uid}-E02", 1, "CONFIRMED")
    assert event.decoded("dtstart") == NINE + timedelta(minutes=20)
    save_session(
        by=on.organiser,
        round=on.round,
        session=on.session,
        name="Morning",
        starts_at=NINE + timedelta(hours=1),
        time_zone="Europe/Paris",
    )
    [(same, moved)] = events(client.get(place).content).items()
    assert (same, moved["sequence"]) == (uid, 2)
    assert moved.decoded("dtstart") == NINE + timedelta(hours=1, minutes=20)
    juror = events(enter(on.jurors[0].user).get(place).content)[f"jury-{on.session.uid}"]
    assert juror["dtstart"].params["TZID"] == "America/Toronto"
    assert juror.decoded("dtend") - juror.decoded("dtstart") == timedelta(minutes=28)
    assert "05:00 Firm 1 of 2027 pitches\n05:10 Break\n05:20 Firm 2" in juror["description"]


def test_over_the_hour_that_clocks_repeat_a_session_ends_after_it_began(on, enter):
    late = datetime(2027, 10, 31, 0, 50, tzinfo=UTC)  # in Paris 02:50, and 28 minutes later 02:18
    type(on.session).objects.filter(pk=on.session.pk).update(starts_at=late)
    User.objects.filter(pk=on.jurors[0].user.pk).update(time_zone="Europe/Paris")
    event = events(enter(on.jurors[0].user).get(f"/sessions/{on.session.pk}/calendar.ics").content)[
        f"jury-{on.session.uid}"
    ]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (late, late + timedelta(minutes=28))
    assert "02:50 CEST Firm 1 of 2027 pitches\n02:00 CET Break\n02:10 CET Firm 2" in event["description"]


def test_a_zone_stored_under_an_old_name_is_told_by_the_present_one(on, enter):
    User.objects.filter(pk=on.jurors[0].user.pk).update(time_zone="Asia/Calcutta")
    content = enter(on.jurors[0].user).get(f"/sessions/{on.session.pk}/calendar.ics").content
    assert b"DTSTART;TZID=Asia/Kolkata:20270312T143000" in content
    assert b"Calcutta" not in content


def test_a_feed_is_read_by_its_secret_address_until_it_is_renewed(on, enter):
    client = enter(on.jurors[1].user)
    client.post("/calendar/")
    address = client.get("/calendar/").context["address"].split("example.org")[-1]
    address = address[address.index("/calendar/") :]
    assert list(events(Client().get(address).content)) == [f"jury-{on.session.uid}"]
    cancel_session(by=on.organiser, session=on.session)
    [event] = events(Client().get(address).content).values()
    assert (event["status"], event["sequence"]) == ("CANCELLED", 2)
    client.post("/calendar/")
    assert Client().get(address).status_code == 404
