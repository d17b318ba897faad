"""Reminders, to-do lists, tabs and the road."""

from datetime import timedelta

import pytest

from judging import overview, road_overview
from judging.models import RoundRule
from judging.results.services.closing import close_round, publish_results
from judging.rounds.overview import rounds_to_watch
from judging.scoring.services.reminders import remind_jurors, remind_of_closing
from network.models import Message
from tests import build
from toolkit import clock
from toolkit.refusals import Forbidden


def reminded():
    return sorted(Message.objects.filter(kind="judging.reminder").values_list("to_email", flat=True))


def test_reminders_come_three_days_and_one_day_before_and_only_once(stage):
    """J01 has submitted all, J02 one of three, J03 none."""
    for card in stage.cards[0]:
        build.marks(card, 4, 4)
    build.marks(stage.cards[1][0], 4, 4)
    closes = stage.round.closes_at
    two = ["juror2@jury2.example", "juror3@jury3.example"]
    with clock.at(closes - timedelta(days=3, minutes=1)):
        assert remind_of_closing(50) == 0
    with clock.at(closes - timedelta(days=3)):
        assert [remind_of_closing(50), remind_of_closing(50)] == [2, 0]
    assert reminded() == two
    with clock.at(closes - timedelta(hours=23)):
        assert [remind_of_closing(1), remind_of_closing(1), remind_of_closing(1)] == [1, 1, 0]
    assert reminded() == sorted(two * 2)
    with clock.at(closes + timedelta(minutes=1)):
        assert remind_of_closing(50) == 0
    text = Message.objects.filter(to_email="juror2@jury2.example").first().text
    assert "2 scorecards" in text


def test_by_hand_once_a_day(stage, organiser, stranger):
    assert [remind_jurors(by=organiser, round=stage.round) for _ in range(2)] == [3, 0]
    with pytest.raises(Forbidden):
        remind_jurors(by=stranger, round=stage.round)


def test_a_juror_s_to_do_names_what_is_left_until_when(stage, organiser, stranger):
    build.marks(stage.cards[0][0], 4, 4)
    (task,) = overview.to_do(stage.jurors[0].user)
    assert (task.title, task.until, task.minutes) == ("Score 2 entries", stage.round.closes_at, 40)
    assert [link.url for link in overview.navigation(stage.jurors[0].user)] == ["/judging/"]
    for nobody in (organiser, stranger):
        assert overview.to_do(nobody) == []
        assert overview.navigation(nobody) == []


def test_the_organiser_s_to_do_follows_the_round(stage, organiser):
    with clock.at(stage.round.closes_at + timedelta(minutes=1)):
        assert [task.title for task in overview.to_do(organiser)] == ["Close Round 1"]
    close_round(by=organiser, round=stage.round, reason_for_missing="Only a rehearsal.")
    assert [task.title for task in overview.to_do(organiser)] == ["Publish the results of Round 1"]
    stage.round.refresh_from_db()
    publish_results(by=organiser, round=stage.round)
    assert [task.title for task in overview.to_do(organiser)] == ["Grant the awards"]


def test_a_later_round_waits_for_the_one_before(stage, organiser):
    build.round(stage.edition, order=2, name={"en": "Round 2", "fr": "Second tour"})
    assert overview.to_do(organiser) == []
    type(stage.round).objects.filter(pk=stage.round.pk).update(state="published")
    with clock.at(stage.edition.nominations_close - timedelta(minutes=1)):
        assert [task.title for task in overview.to_do(organiser)] == ["Prepare and open Round 2"]
    with clock.at(stage.edition.nominations_close):
        titles = [task.title for task in overview.to_do(organiser)]
    assert titles == ["Share out the entries of Round 2 among the jury"]


def test_who_runs_a_round_watches_how_far_the_jury_is(stage, organiser, stranger):
    (seen,) = rounds_to_watch(organiser)
    assert (seen.title, seen.until) == ("Round 1: 0 of 9 scorecards submitted", stage.round.closes_at)
    assert (seen.url, seen.edition) == (f"/organise/rounds/{stage.round.pk}/progress/", stage.edition.slug)
    assert rounds_to_watch(stranger) == rounds_to_watch(stage.jurors[0].user) == []
    with clock.at(stage.round.closes_at):
        assert rounds_to_watch(organiser) == []


def test_an_edition_without_rounds_or_jury_asks_for_them(organiser, db):
    edition = build.edition()
    assert [task.title for task in overview.to_do(organiser)] == ["Set up the rounds and their criteria"]
    assert [step.state for step in road_overview.edition_road(edition)] == ["ahead", "ahead"]
    build.round(edition)
    with clock.at(edition.nominations_close - timedelta(minutes=1)):
        assert [task.title for task in overview.to_do(organiser)] == ["Prepare and open Round 1", "Invite the jury"]


def test_tabs_are_the_organiser_s(stage, organiser, coordinator):
    assert [link.label for link in overview.edition_navigation(organiser, stage.edition)] == [
        "Rounds",
        "Jury",
        "Awards",
    ]
    assert overview.edition_navigation(coordinator, stage.edition) == []


def test_the_road_tells_nothing_before_publication(stage, organiser):
    for cards in stage.cards:
        for card, values in zip(cards, [(5, 5), (3, 3), (4, 4)], strict=True):
            build.marks(card, *values)
    RoundRule.objects.update(advance_count=1)
    stage.round.refresh_from_db()
    best, worst = stage.entries[:2]
    build.round(stage.edition, order=2)

    def states(entry):
        return [step.state for step in road_overview.road(entry)]

    assert states(best) == states(worst) == ["now", "ahead", "ahead"]
    close_round(by=organiser, round=stage.round)
    assert states(best) == states(worst) == ["now", "ahead", "ahead"]
    stage.round.refresh_from_db()
    publish_results(by=organiser, round=stage.round)
    assert states(best) == ["done", "ahead", "ahead"]
    assert states(worst) == ["done", "missed", "missed"]
