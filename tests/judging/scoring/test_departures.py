"""An entry that leaves a round under way is gone at once from whatever reads assignments; people are told;
it may come back."""

import json

import pytest
from allauth.account.models import EmailAddress

from contest.nominations.services.cities import settle_city
from contest.nominations.services.nominations import nominate_entry, release_nomination
from contest.nominations.services.screening import screen_entry
from judging import overview
from judging.jury.services.conflicts import declare_conflict
from judging.models import Departure, Juror, Round
from judging.results.files.sheets import marks_sheet
from judging.results.services.closing import close_round
from judging.results.shown.outcomes import inputs_of
from judging.results.views.progress import lines_of
from judging.scoring.services.departures import note_owed_departures, see_departure
from judging.scoring.services.reminders import remind_jurors
from judging.scoring.services.scorecards import save_scorecard, submit_scorecard
from network.devices import offline_boxes
from network.models import Event, Message
from tests import build
from tests.judging.scoring.leaving import GONE, LEAVES, STAYS, coordinator_of, founder_of, listed
from toolkit.refusals import Forbidden, Refusal


@pytest.mark.parametrize("how", LEAVES)
def test_what_leaves_is_gone_from_every_list_and_count(stage, organiser, enter, how):
    build.marks(stage.cards[0][GONE], 4, 4)
    build.marks(stage.cards[0][STAYS], 4, 4)
    LEAVES[how](stage.entries[GONE])
    juror = stage.jurors[0]
    assert listed(juror.user, enter) == {"E02", "E03"}
    round = Round.objects.with_progress().get(pk=stage.round.pk)
    assert (round.scorecards_total, round.scorecards_submitted, round.jurors_total) == (6, 1, 3)
    seats = {seat.code: (seat.assigned, seat.submitted) for seat in Juror.objects.with_progress(stage.round)}
    assert seats == {"J01": (2, 1), "J02": (2, 0), "J03": (2, 0)}
    by_juror, by_entry = lines_of(stage.round)
    assert sorted(line.thing.code for line in by_entry) == ["E02", "E03"]
    assert [line.total for line in by_juror] == [2, 2, 2]
    assert {row["entry"] for row in marks_sheet(stage.round).rows} == {"E02", "E03"}
    api = enter(organiser).get("/api/v1/scorecards/").json()["results"]
    assert len(api) == 6
    remind_jurors(by=organiser, round=stage.round)
    reminder = Message.objects.get(kind="judging.reminder", to_user=stage.jurors[1].user)
    assert "2 scorecards" in reminder.text
    assert set(inputs_of(stage.round).codes) == {"E02", "E03"}


@pytest.mark.parametrize("how", LEAVES)
def test_nothing_can_be_written_on_what_has_left(stage, how):
    card = build.marks(stage.cards[0][GONE], 4, 4, state="draft")
    LEAVES[how](stage.entries[GONE])
    juror = stage.jurors[0].user
    save = {"marks": {}, "comment": "", "private_note": ""}
    for act in (
        lambda: submit_scorecard(by=juror, scorecard=card, version=1),
        lambda: save_scorecard(by=juror, scorecard=card, version=1, **save),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "scorecard.left"
    card.refresh_from_db()
    assert (card.state, card.version) == ("draft", 1)


def test_what_a_device_sends_too_late_is_kept_beside_it(stage, enter):
    card = build.marks(stage.cards[0][GONE], 2, 2, state="draft")
    LEAVES["withdrawn"](stage.entries[GONE])
    juror = stage.jurors[0].user
    sent = {"version": 1, "user": offline_boxes(juror)[0]["name"], "values": {"comment": "Typed in a train"}}
    answer = enter(juror).post(
        f"/judging/scorecards/{card.pk}/save/", json.dumps(sent), content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "scorecard.left")
    assert card.set_aside.get().why == "left"


@pytest.mark.parametrize("how", LEAVES)
def test_who_had_begun_is_told_and_who_runs_the_round_gets_a_task(stage, organiser, enter, how):
    """J01 has submitted, J02 has begun, J03 has not."""
    build.marks(stage.cards[0][GONE], 4, 4)
    build.marks(stage.cards[1][GONE], 4, 4, state="draft")
    LEAVES[how](stage.entries[GONE])
    assert note_owed_departures(5) == (1 if how == "by hand" else 0), "the clock finds only what nobody said"
    assert note_owed_departures(5) == 0
    told = Message.objects.filter(kind="judging.left_juror")
    assert sorted(told.values_list("to_email", flat=True)) == ["juror1@jury1.example", "juror2@jury2.example"]
    mail = Message.objects.get(kind="judging.left")
    assert (mail.to_user, str(stage.entries[GONE]) in mail.subject) == (organiser, True)
    departure = Departure.objects.get()
    assert Event.objects.filter(object_type="judging.departure", verb="leave").count() == 1
    (task,) = overview.to_do(organiser)
    assert task.title == "E01 left Round 1: see what follows"
    page = enter(organiser).get(task.url).content.decode()
    assert "Left the round" in page
    assert str(departure.get_why_display()).capitalize() in page
    with pytest.raises(Forbidden):
        see_departure(by=stage.jurors[0].user, departure=departure)
    where = f"/organise/rounds/{stage.round.pk}/progress/left/"
    assert enter(organiser).post(where, {"departure": departure.pk}).status_code == 302
    assert overview.to_do(organiser) == []
    assert "Noted by Odile Organiser" in enter(organiser).get(task.url).content.decode()


def test_what_comes_back_counts_again_with_its_marks(stage, organiser, enter):
    card = build.marks(stage.cards[0][GONE], 4, 4)
    entry, by = stage.entries[GONE], coordinator_of(stage.entries[GONE])
    release_nomination(by=by, entry=entry, reason="A mistake.")
    nominate_entry(by=by, entry=entry)
    assert Departure.objects.get().ended_at is not None
    assert overview.to_do(organiser) == []
    assert listed(stage.jurors[0].user, enter) == {"E01", "E02", "E03"}
    assert [row["entry"] for row in inputs_of(stage.round).scorecards] == ["E01"]
    entry.refresh_from_db()
    release_nomination(by=by, entry=entry, reason="Again.")
    assert Message.objects.filter(kind="judging.left_juror", to_user=card.assignment.juror.user).count() == 2


@pytest.mark.parametrize("begun", [True, False])
def test_who_was_told_that_it_is_over_is_told_that_it_is_not(stage, begun):
    """Each time that it comes back; nobody who had not begun, and was told nothing."""
    if begun:
        build.marks(stage.cards[0][GONE], 4, 4)
    entry, by = stage.entries[GONE], coordinator_of(stage.entries[GONE])
    for _time in range(2):
        release_nomination(by=by, entry=entry, reason="A mistake.")
        entry.refresh_from_db()
        nominate_entry(by=by, entry=entry)
        entry.refresh_from_db()
    told = Message.objects.filter(kind="judging.back_juror")
    assert list(told.values_list("to_user", flat=True)) == [stage.jurors[0].user_id] * 2 * begun
    assert all("is back on your list" in mail.text for mail in told)


class TestOwnSelectionOfACity:
    @pytest.fixture
    def own(self, stage):
        city = build.city("braga")
        entry = build.entry(stage.edition, build.startup("Tile", city), state="eligible", code="E11", city=city)
        juror = build.juror(stage.edition, 9, for_city=city)
        round = build.round(stage.edition, city=city, same_city_conflicts=False, state="open")
        return round, entry, build.marks(build.assign(round, juror, entry), 4, 4)

    def test_found_ineligible(self, own, enter):
        round, entry, card = own
        screen_entry(by=coordinator_of(entry), entry=entry, eligible=False, reason="Too old.")
        assert Departure.objects.get(round=round).why == "ineligible"
        assert listed(card.assignment.juror.user, enter) == set()

    def test_given_to_another_city(self, own, organiser, enter):
        round, entry, card = own
        settle_city(by=organiser, entry=entry, city=build.city("cuneo"), reason="Its seat is there.")
        assert Departure.objects.get(round=round).why == "released"
        assert listed(card.assignment.juror.user, enter) == set()
        mail = Message.objects.filter(kind="judging.left").values_list("to_user__email", flat=True)
        assert set(mail) <= {"coordinator@braga.example"}


class TestATieThatBecomesKnown:
    def tie(self, stage):
        EmailAddress.objects.create(user=founder_of(stage.entries[GONE]), email="ada@jury1.example", verified=True)

    def test_the_clock_finds_it_and_it_counts_nowhere(self, stage, organiser, enter):
        build.marks(stage.cards[0][GONE], 4, 4, state="draft")
        self.tie(stage)
        assert listed(stage.jurors[0].user, enter) == {"E02", "E03"}
        assert [note_owed_departures(5), note_owed_departures(5)] == [1, 0]
        round = Round.objects.with_progress().get(pk=stage.round.pk)
        assert (round.scorecards_total, round.scorecards_started) == (8, 0)
        assert {s.code: s.assigned for s in Juror.objects.with_progress(stage.round)} == {"J01": 2, "J02": 3, "J03": 3}
        (line,) = [line for line in lines_of(stage.round)[0] if line.thing.code == "J01"]
        assert (line.total, line.recused) == (2, 1)
        (task,) = overview.to_do(organiser)
        assert task.title == "E01 (Juror 1) left Round 1: see what follows"
        mail = Message.objects.get(kind="judging.left_juror")
        assert "E01 is no longer yours" in mail.subject
        assert stage.entries[GONE].title not in mail.text + mail.html + mail.subject, "the entry is hidden from them"

    def test_a_recusal_settles_it(self, stage, organiser):
        self.tie(stage)
        note_owed_departures(5)
        declare_conflict(
            by=organiser, juror=stage.jurors[0], entry=stage.entries[GONE], kind="organiser", reason="Same firm."
        )
        note_owed_departures(5)
        assert Departure.objects.get().ended_at is not None
        assert overview.to_do(organiser) == []

    def test_a_round_closes_without_a_draft_that_nobody_can_submit(self, stage, organiser):
        for card in [card for cards in stage.cards for card in cards if card != stage.cards[0][GONE]]:
            build.marks(card, 4, 4)
        self.tie(stage)
        close_round(by=organiser, round=stage.round)
