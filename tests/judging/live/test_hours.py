"""The hours of a live session: its timer and running order, what the jury sees and notes, who is absent."""

from datetime import timedelta

import pytest

from judging.jury.services.conflicts import declare_conflict
from judging.live.overview import to_do
from judging.live.reading import deliberations_of
from judging.live.services.hours import mark_absent, open_deliberation, run_timer, save_notes
from judging.live.services.sessions import (
    SlotDraft,
    allow_recordings,
    save_running_order,
)
from judging.models import Absence, Round, Scorecard
from judging.results.minutes.document import freeze_minutes
from judging.results.services.closing import close_round
from judging.scoring.services.scorecards import save_scorecard
from network.models import Event
from tests import build
from tests.judging.live.hall import NINE, founder_of, refusal
from toolkit import clock
from toolkit.refusals import Forbidden


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
