"""Live sessions: set up and told, kept apart from each other, timed, deliberated; and who sees what of them."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from icalendar import Calendar

from judging.jury.services.jurors import declare_conflict
from judging.live.overview import to_do
from judging.live.reading import deliberations_of
from judging.live.services.hours import mark_absent, open_deliberation, run_timer, save_notes, tell_newcomers
from judging.live.services.sessions import (
    SlotDraft,
    allow_recordings,
    cancel_session,
    publish_session,
    save_running_order,
    save_session,
)
from judging.models import Absence, LiveSession, Round, Scorecard
from judging.results.minutes.document import freeze_minutes
from judging.results.services.closing import close_round
from judging.scoring.services.scorecards import save_scorecard
from network.models import Event, Message, User
from tests import build
from toolkit import clock
from toolkit.refusals import Forbidden, Refusal

NINE = datetime(2027, 3, 12, 9, 0, tzinfo=UTC)
LINK = "https://meet.example.org/jury"


@pytest.fixture
def hall(stage, organiser):
    """The stage, with a session on 12 March 2027 at nine (UTC): E01, a break, E02; juror 1 in the chair.
    E03 is in none."""
    Round.objects.filter(pk=stage.round.pk).update(
        opens_at=NINE - timedelta(days=2), closes_at=NINE + timedelta(days=2)
    )
    stage.round.refresh_from_db()
    for person, zone in ((stage.jurors[0].user, "America/Toronto"), (founder_of(stage, 0), "Asia/Tokyo")):
        User.objects.filter(pk=person.pk).update(time_zone=zone)
    with clock.at(NINE - timedelta(days=1)):
        session = save_session(
            by=organiser,
            round=stage.round,
            session=None,
            name="Morning",
            starts_at=NINE,
            time_zone="Europe/Paris",
            meeting_url=LINK,
            chair=stage.jurors[0],
        )
        drafts = [SlotDraft(stage.entries[0], 5, 5), SlotDraft(None, 10), SlotDraft(stage.entries[1], 5, 3)]
        session = save_running_order(by=organiser, session=session, slots=drafts)
    return SimpleNamespace(**vars(stage), organiser=organiser, session=session, drafts=drafts)


def founder_of(stage, number):
    return User.objects.get(memberships__organisation=stage.entries[number].startup.organisation)


@pytest.fixture
def on(hall):
    """The same, published, at nine o'clock."""
    with clock.at(NINE - timedelta(days=1)):
        hall.session = publish_session(by=hall.organiser, session=hall.session)
    with clock.at(NINE):
        yield hall


def refusal(act) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code, str(refused.value)


def mails(kind="judging.session"):
    return sorted(Message.objects.filter(kind=kind).values_list("to_email", flat=True))


def events(content: bytes):
    return {str(event["uid"]).split("@")[0]: event for event in Calendar.from_ical(content).walk("VEVENT")}


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


def test_the_timer_counts_by_the_server_and_a_second_press_does_nothing(on):
    chair, session = on.jurors[0].user, on.session

    def press(do, phase, after):
        with clock.at(NINE + timedelta(seconds=after)):
            made = run_timer(by=chair, session=session, do=do, phase=phase)
        return made.timer_phase, made.timer_elapsed, made.timer_since is not None

    assert press("start", 0, 0) == (0, 0, True)
    assert press("start", 0, 5) == (0, 0, True)
    assert press("pause", 0, 100) == (0, 100, False)
    assert press("start", 0, 200) == (0, 100, True)
    assert press("next", 0, 400) == (1, 0, True)  # questions follow at once
    assert press("next", 0, 400) == (1, 0, True)  # two people pressed
    assert press("next", 1, 500) == (2, 0, False)  # the break waits
    assert press("back", 2, 500) == (1, 0, False)
    with pytest.raises(Forbidden):
        run_timer(by=on.jurors[1].user, session=session, do="start", phase=1)


def test_the_jury_follows_the_timer_and_teams_don_t(on, enter, stranger):
    client = enter(on.jurors[0].user)
    place = f"/sessions/{on.session.pk}/timer/"
    answer = client.post(place, {"do": "start", "phase": "0"}, headers={"Accept": "application/json"}).json()
    state = enter(on.jurors[1].user).get(place + "state/").json()
    assert {key: state[key] for key in ("kind", "label", "seconds", "next", "card")} == {
        "kind": "Pitch",
        "label": "Firm 1 of 2027 pitches",
        "seconds": 300,
        "next": "Questions: Firm 1 of 2027 pitches",
        "card": on.cards[1][0].pk,
    }
    assert state["since"] == answer["since"] == int(NINE.timestamp() * 1000)
    refused = enter(on.jurors[1].user).post(
        place, {"do": "pause", "phase": "0"}, headers={"Accept": "application/json"}
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "live.not_leading")
    for person in (founder_of(on, 0), stranger):
        assert enter(person).get(place).status_code == 404


def test_each_sees_their_part_of_the_running_order(on, enter, stranger):
    place = f"/sessions/{on.session.pk}/"
    build.marks(on.cards[1][0], 4, 4)
    declare_conflict(by=on.jurors[1].user, juror=on.jurors[1], entry=on.entries[1], kind="declared", reason="Friend.")
    page = enter(on.organiser).get(place)
    rows = [[(juror.full_name, status) for juror, status, _away in line.cards] for line in page.context["lines"]]
    assert rows == [
        [("Juror 1", "unopened"), ("Juror 2", "submitted"), ("Juror 3", "unopened")],
        [],
        [("Juror 1", "unopened"), ("Juror 3", "unopened")],
    ]
    juror = enter(on.jurors[1].user).get(place)
    assert [(line.label, line.status, line.cards) for line in juror.context["lines"]] == [
        ("Firm 1 of 2027 pitches", "submitted", []),
        ("Break", "", []),
        ("E02", "", []),
    ]
    assert "Firm 2" not in juror.content.decode()
    Scorecard.objects.filter(pk=on.cards[0][1].pk).delete()
    on.cards[0][1].assignment.delete()
    chair = enter(on.jurors[0].user).get(place)
    assert [line.label for line in chair.context["lines"]][2] == "Firm 2 of 2027 pitches"
    team = enter(founder_of(on, 0)).get(place)
    assert [line.label for line in team.context["lines"]] == ["Firm 1 of 2027 pitches"]
    for leak in ("Firm 2", "E02", "Juror 2", "scorecard"):
        assert leak not in team.content.decode(), leak
    for person in (founder_of(on, 2), stranger):
        assert enter(person).get(place).status_code == 404
    assert [task.title for task in to_do(founder_of(on, 0))] == ["Be there: Morning, Round 1"]


def test_names_held_back_stay_back_in_order_timer_and_calendar(on, enter):
    Round.objects.filter(pk=on.round.pk).update(shows_names=False)
    client, place = enter(on.jurors[2].user), f"/sessions/{on.session.pk}/"
    open_deliberation(by=on.organiser, session=on.session)
    for more in ("", "timer/", "timer/state/", "calendar.ics", "deliberation/"):
        page = client.get(place + more).content.decode()
        assert "E01" in page, more
        for leak in ("Firm 1", "Braga"):
            assert leak not in page, (more, leak)


def test_standings_are_not_there_before_the_chair_opens_them(on, enter):
    build.marks(on.cards[0][0], 5, 4)
    build.marks(on.cards[1][0], 5, 3)
    place = f"/sessions/{on.session.pk}/deliberation/"
    juror, chair = enter(on.jurors[1].user), enter(on.jurors[0].user)
    assert juror.get(place).status_code == 404
    assert juror.post(place, {"do": "open"}).status_code == 404
    assert "rows" not in chair.get(place).context
    with clock.at(NINE - timedelta(minutes=1)):
        assert refusal(lambda: open_deliberation(by=on.organiser, session=on.session))[0] == "live.not_begun"
    declare_conflict(by=on.jurors[1].user, juror=on.jurors[1], entry=on.entries[1], kind="declared", reason="Friend.")
    chair.post(place, {"do": "open"})
    event = Event.objects.get(verb="open_deliberation")
    assert (event.actor, event.at) == (on.jurors[0].user, NINE)
    page = juror.get(place)
    assert [(row["rank"], row["code"]) for row in page.context["rows"]] == [(1, "E01"), (None, "E03")]
    assert page.context["hidden"] == 1
    assert "Firm 2" not in page.content.decode()
    assert enter(founder_of(on, 0)).get(place).status_code == 404


def test_notes_are_kept_by_version_and_end_in_the_minutes(on, enter):
    save = {"by": on.jurors[0].user, "session": on.session}
    assert refusal(lambda: save_notes(**save, version=0, notes="x"))[0] == "live.not_open"
    open_deliberation(by=on.jurors[0].user, session=on.session)
    save_notes(**save, version=0, notes="E01 stands out.")
    client, place = enter(on.organiser), f"/sessions/{on.session.pk}/deliberation/"
    answer = client.post(place, {"version": "0", "notes": "Mine"})
    assert answer.status_code == 409
    for words in ("Mine", "E01 stands out.", "Somebody else saved these notes"):
        assert words in answer.content.decode()
    client.post(place, {"version": "1", "notes": "E01 stands out. E02 follows."})
    [line] = deliberations_of(on.round)
    assert (line.session, line.chair, line.opened_by, line.notes) == (
        "Morning",
        "Juror 1",
        "Juror 1",
        "E01 stands out. E02 follows.",
    )
    with pytest.raises(Forbidden):
        save_notes(by=on.jurors[1].user, session=on.session, version=2, notes="No")
    build.marks(on.cards[0][0], 5, 4)
    close_round(by=on.organiser, round=on.round, reason_for_missing="Ended.")
    frozen = freeze_minutes(Round.objects.get(pk=on.round.pk), "en")["minutes"]["deliberations"]
    assert [(row["session"], row["notes"]) for row in frozen] == [("Morning", "E01 stands out. E02 follows.")]


def test_who_is_absent_scores_only_from_a_recording_that_the_rules_allow(on, enter):
    card, user = on.cards[1][0], on.jurors[1].user
    mark = {on.round.criteria.first().pk: 4}

    def score():
        return save_scorecard(
            by=user,
            scorecard=card,
            version=Scorecard.objects.get(pk=card.pk).version,
            marks=mark,
            comment="",
            private_note="",
        )

    enter(user).post(f"/sessions/{on.session.pk}/absent/")
    assert Absence.objects.get().juror == on.jurors[1]
    assert refusal(score)[0] == "live.absent"
    allow_recordings(by=on.organiser, round=on.round, allowed=True, until=NINE + timedelta(days=1))
    assert "its link is not here yet" in refusal(score)[1]
    drafts = [SlotDraft(on.entries[0], 5, 5, "https://video.example.org/e01"), *on.drafts[1:]]
    save_running_order(by=on.organiser, session=on.session, slots=drafts)
    assert score().version == 1
    page = enter(user).get(f"/sessions/{on.session.pk}/")
    assert [line.recording for line in page.context["lines"]] == ["https://video.example.org/e01", "", ""]
    with clock.at(NINE + timedelta(days=1)):
        assert "is over" in refusal(score)[1]
    mark_absent(by=on.jurors[0].user, session=on.session, juror=on.jurors[1], absent=False)
    with clock.at(NINE + timedelta(days=1)):
        assert score().version == 2
    with pytest.raises(Forbidden):
        mark_absent(by=on.jurors[2].user, session=on.session, juror=on.jurors[1], absent=True)


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
