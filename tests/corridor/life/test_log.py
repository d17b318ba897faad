"""Letters, mentor hours and incidents: who writes, who reads; the host's page of its teams."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.life.services.log import note_hours, remove_hours, save_incident, send_letter
from corridor.models import Incident, Letter, MentorHour
from corridor.placement.services.stays import accept_stay, move_stay
from network.models import Message
from tests import build
from toolkit import clock
from toolkit.refusals import Forbidden, Refusal

pytestmark = pytest.mark.django_db


def refused(cast, act) -> set[str]:
    """The roles to whom the act says no."""
    found = set()
    for role, person in cast.items():
        try:
            act(person)
        except Forbidden:
            found.add(role)
    return found


def test_letters_reach_the_other_side(stay, cast):
    assert refused(cast, lambda person: send_letter(by=person, stay=stay, text="See you on Monday <b>")) == {
        "home city", "host city", "other host", "other team", "stranger",
    }  # fmt: skip
    mails = Message.objects.filter(kind="corridor.letter").order_by("pk").values_list("to_email", flat=True)
    team, host = cast["team"].email, cast["host"].email
    assert list(mails) == [host, team, team, host]  # the team's, the host's, the organiser's to both
    assert "See you on Monday &lt;b&gt;" in Message.objects.filter(kind="corridor.letter")[0].html
    readers = {role for role, person in cast.items() if Letter.objects.visible_to(person).exists()}
    assert readers == {"team", "host", "organiser"}


def test_incidents_are_for_the_host_and_the_organisers(stay, cast, at):
    with clock.at(at(2, 1)):
        said = {"stay": stay, "incident": None, "day": date(2027, 1, 30), "what": "Flood", "done": ""}
        act = lambda person: save_incident(by=person, **said)  # noqa: E731
        assert refused(cast, act) == set(cast) - {"host", "organiser"}
        first = Incident.objects.first()
        save_incident(by=cast["host"], stay=stay, incident=first, day=first.day, what="Flood", done="Dried.")
        with pytest.raises(Refusal, match="has not come yet"):
            save_incident(by=cast["host"], stay=stay, incident=None, day=date(2027, 2, 3), what="Flood", done="")
    assert {role for role, person in cast.items() if Incident.objects.visible_to(person)} == {"host", "organiser"}


def test_the_host_to_which_a_stay_is_moved_reads_nothing_that_was_written_before(stay, cast, corridor, at, enter):
    said = {"stay": stay, "incident": None, "day": date(2026, 11, 1), "what": "A quarrel with the director", "done": ""}
    corridor.magog.openings.create(starts=date(2027, 1, 1), ends=date(2027, 9, 1), desks=2)
    with clock.at(at(11, 1, year=2026)):
        send_letter(by=cast["team"], stay=stay, text="Your director was rude.")
        save_incident(by=cast["host"], **said)
    with clock.at(at(11, 2, year=2026)):
        move_stay(by=cast["organiser"], stay=stay, starts=stay.starts, incubator=corridor.magog)
    assert {role for role, person in cast.items() if Letter.objects.visible_to(person)} == {"team", "organiser"}
    assert {role for role, person in cast.items() if Incident.objects.visible_to(person)} == {"organiser"}
    with clock.at(at(11, 3, year=2026)):
        send_letter(by=cast["other host"], stay=stay, text="Welcome to Magog.")
    assert [letter.text for letter in Letter.objects.visible_to(cast["other host"])] == ["Welcome to Magog."]
    life = enter(cast["other host"]).get(f"/stays/{stay.pk}/").context["life"]
    assert (life["letters"], life["incidents"]) == (1, 0)
    accept_stay(by=cast["other host"], stay=stay, side="host")
    accept_stay(by=cast["team"], stay=stay, side="team")
    told = Message.objects.filter(kind="corridor.accepted").values_list("to_user__email", flat=True).order_by("pk")
    assert list(told) == [cast["team"].email, cast["host"].email, cast["team"].email, cast["other host"].email]


def test_the_host_notes_hours_that_all_with_a_part_read(stay, cast, at, enter):
    with clock.at(at(2, 1)):
        act = lambda person: note_hours(by=person, stay=stay, day=date(2027, 1, 30), minutes=90, mentor="Max")  # noqa: E731
        assert refused(cast, act) == set(cast) - {"host", "organiser"}
        page = enter(cast["team"]).get(f"/stays/{stay.pk}/hours/").content.decode()
        assert "3 h 0 min in all." in page
        assert "Note hours" not in page
        remove_hours(by=cast["host"], noted=MentorHour.objects.first())
    assert {role for role, person in cast.items() if MentorHour.objects.visible_to(person)} == {
        "team", "host", "home city", "host city", "organiser",
    }  # fmt: skip


def test_the_pages_by_hand(stay, cast, enter, at):
    host = enter(cast["host"])
    with clock.at(at(2, 1)):
        assert host.post(f"/stays/{stay.pk}/letters/", {"text": "  "}).status_code == 422
        assert host.post(f"/stays/{stay.pk}/letters/", {"text": "Hello"}).status_code == 302
        sent = {"day": "2027-02-09", "what": "A flood of the lab", "done": ""}
        answer = host.post(f"/stays/{stay.pk}/incidents/", sent)
        assert (answer.status_code, "A flood of the lab" in answer.content.decode()) == (422, True)
        assert host.post(f"/stays/{stay.pk}/incidents/", {**sent, "day": "2027-02-01"}).status_code == 302
        sent = {"day": "2027-02-01", "minutes": "45", "mentor": "Max", "about": ""}
        assert host.post(f"/stays/{stay.pk}/hours/", sent).status_code == 302
        assert enter(cast["team"]).post(f"/stays/{stay.pk}/hours/", sent).status_code == 403
        page = " ".join(host.get(f"/incubator/{stay.incubator_id}/teams/").content.decode().split())
    assert "Nobody arrives this month." in page
    assert "0 of 8 done" in page
    assert "8 late" in page
    assert (Letter.objects.count(), Incident.objects.count(), MentorHour.objects.get().minutes) == (1, 1, 45)


def test_a_host_with_many_teams_asks_as_many_queries(stay, corridor, enter, at):
    def asked() -> int:
        client = enter(corridor.host)
        with clock.at(at(2, 1)), CaptureQueriesContext(connection) as queries:
            assert client.get(f"/incubator/{corridor.braga.pk}/teams/").status_code == 200
            assert client.get("/home/").status_code == 200
        return len(queries)

    few = asked()
    for number in range(6):
        team = build.candidate(corridor.programme, f"Team {number}", build.city("cuneo"), 9)
        more = build.stay_of(team, corridor.braga, "confirmed")
        more.checklist.create(title="Desk", owner="host", due=more.starts)
        send_letter(by=corridor.host, stay=more, text="Welcome")
    assert asked() == few
