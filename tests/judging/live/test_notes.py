"""The notes of a deliberation are saved while they are typed."""

import json

import pytest
from django.utils import timezone

from judging.models import LiveSession
from judging.states import RoundState
from network.devices import offline_boxes
from network.models import Event


@pytest.fixture
def session(stage):
    session = LiveSession.objects.create(
        round=stage.round,
        name="Morning",
        starts_at=timezone.now(),
        time_zone="Europe/Paris",
        chair=stage.jurors[0],
        state="published",
        opened_at=timezone.now(),
        opened_by=stage.jurors[0].user,
    )
    session.slots.create(entry=stage.entries[0], order=1, pitch_minutes=5)
    return session


def type_in(client, user, session, notes, version):
    sent = {"user": offline_boxes(user)[0]["name"], "version": version, "values": {"notes": notes}}
    answer = client.post(f"/sessions/{session.pk}/deliberation/save/", json.dumps(sent), "application/json")
    return answer.status_code, answer.json() if "json" in answer["Content-Type"] else None


def kept(session):
    session.refresh_from_db()
    return session.notes, session.notes_version


def test_what_is_typed_is_kept_and_an_event_tells_who_writes(stage, session, organiser, enter):
    chair = stage.jurors[0].user
    client = enter(chair)
    assert (
        f'data-save="/sessions/{session.pk}/deliberation/save/"'
        in client.get(f"/sessions/{session.pk}/deliberation/").content.decode()
    )
    for version, notes in enumerate(("E01", "E01 stands", "E01 stands out.")):
        status, told = type_in(client, chair, session, notes, version)
        assert (status, told["version"], told["errors"]) == (200, version + 1, {})
        assert told["saved"].startswith("Saved ")
    assert type_in(enter(organiser), organiser, session, "E01 stands out. E02 follows.", 3)[0] == 200
    assert kept(session) == ("E01 stands out. E02 follows.", 4)
    told = Event.objects.filter(verb="note").values_list("actor", "after__version")
    assert list(told) == [(chair.pk, 1), (organiser.pk, 4)]


def test_a_stale_page_is_shown_what_is_kept(stage, session, enter):
    chair = stage.jurors[0].user
    client = enter(chair)
    type_in(client, chair, session, "First window", 0)
    status, told = type_in(client, chair, session, "Second window", 0)
    assert (status, told["code"]) == (409, "live.stale")
    assert told["kept"] == {"version": 1, "values": {"notes": "First window"}, "saved": "Saved"}
    assert kept(session) == ("First window", 1)


def test_what_is_too_long_or_too_late_is_said_and_not_kept(stage, session, enter):
    chair = stage.jurors[0].user
    client = enter(chair)
    status, told = type_in(client, chair, session, "x" * 8001, 0)
    assert (status, told["version"], sorted(told["errors"])) == (200, 0, ["notes"])
    session.round.state = RoundState.PUBLISHED
    session.round.save()
    status, told = type_in(client, chair, session, "Late", 0)
    assert (status, told["code"], "kept" in told) == (409, "live.published", False)
    assert kept(session) == ("", 0)


def test_who_does_not_lead_the_session_writes_nothing(stage, session, founder, enter):
    juror = stage.jurors[1].user
    client = enter(juror)
    assert type_in(client, juror, session, "Mine", 0)[0] == 403
    assert b"data-save" not in client.get(f"/sessions/{session.pk}/deliberation/").content
    assert type_in(enter(founder), founder, session, "Mine", 0)[0] == 404
    assert kept(session) == ("", 0)
