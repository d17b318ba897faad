"""Live sessions: set up and told, changed, called off, kept apart from each other."""

from datetime import timedelta

import pytest

from judging.live.services.hours import tell_newcomers
from judging.live.services.sessions import (
    SlotDraft,
    cancel_session,
    publish_session,
    save_running_order,
    save_session,
)
from judging.models import LiveSession, Round
from network.models import Message
from tests import build
from tests.judging.live.hall import LINK, NINE, mails, refusal
from toolkit import clock
from toolkit.refusals import Refusal


def test_publishing_tells_jurors_and_teams_each_in_their_zone(hall):
    assert mails() == []
    publish_session(by=hall.organiser, session=hall.session)
    assert mails() == [
        "founder1@firm1.example",
        "founder2@firm2.example",
        *(f"juror{n}@jury{n}.example" for n in (1, 2, 3)),
    ]
    text = {mail.to_email: mail.text for mail in Message.objects.filter(kind="judging.session")}
    assert "12 March 2027, 04:00 (Toronto time)" in text["juror1@jury1.example"]
    assert "Tokyo time" in text["founder1@firm1.example"]
    assert LINK in text["founder2@firm2.example"]
    assert "Firm 1" not in text["founder2@firm2.example"]


def test_a_change_is_told_to_those_whom_it_concerns_and_moves_their_calendars(on):
    before = Message.objects.count()
    longer = [SlotDraft(on.entries[0], 5, 5), SlotDraft(None, 20), SlotDraft(on.entries[1], 5, 3)]
    session = save_running_order(by=on.organiser, session=on.session, slots=longer)
    assert session.sequence == 2
    new = Message.objects.order_by("pk")[before:]
    assert sorted(mail.to_email for mail in new) == [
        "founder2@firm2.example",
        *(f"juror{n}@jury{n}.example" for n in (1, 2, 3)),
    ]
    assert all(mail.subject.startswith("Changed: ") for mail in new)
    before = Message.objects.count()
    save_running_order(by=on.organiser, session=session, slots=longer)
    assert Message.objects.count() == before


def test_who_comes_late_is_told_by_the_clock_once(on):
    late = build.juror(on.edition, 4)
    build.assign(on.round, late, on.entries[0])
    with clock.at(NINE - timedelta(hours=2)):
        assert (tell_newcomers(10), tell_newcomers(10)) == (1, 0)
    assert Message.objects.filter(kind="judging.session").order_by("pk").last().to_email == late.email


def test_a_team_taken_out_is_told_and_a_session_called_off_too(on):
    save_running_order(by=on.organiser, session=on.session, slots=on.drafts[:1])
    assert mails("judging.session_off") == ["founder2@firm2.example"]
    cancel_session(by=on.organiser, session=on.session)
    assert mails("judging.session_off") == [
        "founder1@firm1.example",
        "founder2@firm2.example",
        *(f"juror{n}@jury{n}.example" for n in (1, 2, 3)),
    ]


def test_times_places_and_links_that_can_t_be_are_refused_in_words(hall):
    def order(*drafts):
        return refusal(lambda: save_running_order(by=hall.organiser, session=hall.session, slots=drafts))

    def details(**fields):
        values = {"name": "x", "starts_at": NINE, "time_zone": "Europe/Paris", **fields}
        return refusal(lambda: save_session(by=hall.organiser, round=hall.round, session=hall.session, **values))[0]

    first, second = hall.entries[:2]
    assert order(SlotDraft(first, 5), SlotDraft(first, 5)) == (
        "live.twice",
        "An entry pitches once: E01 stands there twice.",
    )
    assert order(SlotDraft(first, 0))[0] == "live.length"
    assert order(SlotDraft(first, 700), SlotDraft(second, 30))[0] == "live.length"
    assert order(SlotDraft(first, 5, recording_url="javascript:alert(1)"))[0] == "live.link"
    stranger = build.entry(build.edition("2028"), first.startup, code="X01")
    assert order(SlotDraft(stranger, 5)) == ("live.entry", "Not in this round: X01.")
    assert details(starts_at=NINE - timedelta(days=3)) == "live.window"
    assert details(starts_at=NINE + timedelta(days=2) - timedelta(minutes=20)) == "live.window"
    for url in (
        "http://meet.example.org",
        "https://localhost/x",
        "https://me:secret@meet.example.org",
        "meet",
        "https://a.b/ c",
    ):
        assert details(meeting_url=url) == "live.link", url
    assert details(chair=build.juror(build.edition("2029"), 1)) == "live.chair"
    other = save_session(by=hall.organiser, round=hall.round, session=None, name="B", starts_at=NINE, time_zone="UTC")
    with pytest.raises(Refusal, match="E01 already pitches in “Morning”"):
        save_running_order(by=hall.organiser, session=other, slots=[SlotDraft(first, 5)])
    assert refusal(lambda: publish_session(by=hall.organiser, session=other))[0] == "live.empty"
    Round.objects.filter(pk=hall.round.pk).update(state="draft")
    assert refusal(lambda: publish_session(by=hall.organiser, session=hall.session))[0] == "live.round_not_open"


def test_nobody_is_in_two_sessions_at_once(on):
    def second(starts):
        made = save_session(by=on.organiser, round=on.round, session=None, name="B", starts_at=starts, time_zone="UTC")
        return save_running_order(by=on.organiser, session=made, slots=[SlotDraft(on.entries[2], 5)])

    other = second(NINE + timedelta(minutes=10))
    code, words = refusal(lambda: publish_session(by=on.organiser, session=other))
    assert code == "live.clash"
    assert "Juror 1 is in “Morning” at that time" in words
    assert LiveSession.objects.get(pk=other.pk).state == "draft"
    save_session(
        by=on.organiser,
        round=on.round,
        session=other,
        name="B",
        starts_at=NINE + timedelta(minutes=28),
        time_zone="UTC",
    )
    publish_session(by=on.organiser, session=other)
    code, _words = refusal(
        lambda: save_running_order(by=on.organiser, session=on.session, slots=[*on.drafts, SlotDraft(None, 5)])
    )
    assert code == "live.clash"


def test_the_organiser_sets_a_session_up_over_http(stage, organiser, enter):
    client, place = enter(organiser), f"/organise/rounds/{stage.round.pk}/sessions/"
    when = (stage.round.opens_at + timedelta(days=2)).strftime("%Y-%m-%dT10:00")
    fields = {"name": "Group A", "starts_at": when, "time_zone": "America/Toronto", "meeting_url": LINK}
    refused = client.post(place, {**fields, "meeting_url": "meet me", "do": "add"})
    assert refused.status_code == 422
    assert "begins with https://" in refused.content.decode()
    client.post(place, {**fields, "do": "add"})
    session = LiveSession.objects.get()
    assert f"{session.starts_at.astimezone(session.zone):%H:%M}" == "10:00"
    page = f"{place}{session.pk}/"
    client.post(page, {"do": "order", "add": "all", "add_pitch": "4", "add_questions": "2"})
    slots = list(session.slots.all())
    assert [slot.entry.code for slot in slots] == ["E01", "E02", "E03"]
    order = {}
    for slot, place_wanted in zip(slots, (3, 1, 2), strict=True):
        order |= {f"place_{slot.pk}": place_wanted, f"pitch_{slot.pk}": 4, f"questions_{slot.pk}": 2}
    client.post(page, {**order, "do": "order", "add": "break", "add_pitch": "10", "add_questions": "0"})
    assert [str(slot.entry.code) if slot.entry else "break" for slot in session.slots.all()] == [
        "E02",
        "E03",
        "E01",
        "break",
    ]
    client.post(page, {"do": "publish"})
    session.refresh_from_db()
    assert (session.state, session.sequence) == ("published", 1)
