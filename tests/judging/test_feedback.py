"""Feedback to start-ups: on its day, released comments only, and nothing by which a juror could be made out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from judging.models import Scorecard
from judging.services import (
    close_round,
    publish_results,
    review_comments,
    set_feedback_day,
    tell_of_feedback,
)
from network.models import Message
from tests import build
from toolkit import clock
from toolkit.refusals import Forbidden, Refusal

COMMENTS = ["Show your customers.", "Strong team, thin plan.", "My own words would give me away."]


@pytest.fixture
def published(stage, organiser, enter):
    """E01: marks 5, 4, 3 and 2, 4, 4, a comment by each juror; E02 by one juror alone."""
    type(stage.round).objects.update(min_scorecards=1)
    for juror, (card, marks) in enumerate(zip([row[0] for row in stage.cards], [(5, 2), (4, 4), (3, 4)], strict=True)):
        build.marks(card, *marks)
        Scorecard.objects.filter(pk=card.pk).update(comment=COMMENTS[juror])
    build.marks(stage.cards[0][1], 3, 3)
    Scorecard.objects.filter(version=0).update(state="recused")
    stage.round.refresh_from_db()
    close_round(by=organiser, round=stage.round)
    stage.round.refresh_from_db()
    publish_results(by=organiser, round=stage.round)
    stage.round.refresh_from_db()
    team = stage.entries[0].startup.organisation.memberships.get().user
    stage.page = lambda: enter(team).get(reverse("entry_results", args=[stage.entries[0].pk]))
    return stage


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_means_by_criterion_and_only_released_comments_and_no_juror(published, organiser):
    first, second, third = (row[0].pk for row in published.cards)
    assert published.page().context["comments"] == []
    review_comments(by=organiser, round=published.round, released={first: True, second: True, third: False})
    page = published.page()
    assert page.context["comments"] == sorted(COMMENTS[:2])
    # By hand: (5 + 4 + 3) / 3 and (2 + 4 + 4) / 3.
    assert page.context["sections"][0]["means"] == [("Innovation", "4", "5"), ("Market", "3.33", "5")]
    for word in ("Juror", "J01", "J02", "J03", COMMENTS[2]):
        assert word not in text_of(page)


def test_a_mean_of_one_scorecard_is_not_shown(published, enter):
    entry = published.entries[1]
    team = entry.startup.organisation.memberships.get().user
    page = enter(team).get(reverse("entry_results", args=[entry.pk]))
    assert page.context["sections"][0]["means"] == []
    assert "with one scorecard they would be a single juror's marks" in text_of(page).replace("&#x27;", "'")


def test_nothing_before_its_day_and_one_mail_when_it_has_come(published, organiser):
    type(published.round).objects.update(feedback_at=timezone.now() + timedelta(days=2))
    published.round.refresh_from_db()
    review_comments(by=organiser, round=published.round, released={published.cards[0][0].pk: True})
    page = published.page()
    assert page.context["comments"] == []
    assert "Innovation" not in text_of(page)
    assert tell_of_feedback(9) == 0
    with clock.at(timezone.now() + timedelta(days=3)):
        assert (tell_of_feedback(1), tell_of_feedback(9), tell_of_feedback(9)) == (1, 2, 0)
        assert published.page().context["comments"] == [COMMENTS[0]]
    assert sorted(Message.objects.filter(kind="judging.feedback").values_list("to_email", flat=True)) == [
        f"founder{n}@firm{n}.example" for n in (1, 2, 3)
    ]


def test_what_changes_after_it_was_read_is_to_be_read_again(published, organiser, enter):
    card = published.cards[0][0]
    review_comments(by=organiser, round=published.round, released={card.pk: True})
    Scorecard.objects.filter(pk=card.pk).update(comment="Something else.")
    assert published.page().context["comments"] == []
    rows = enter(organiser).get(reverse("round_feedback", args=[published.round.pk])).context["rows"]
    assert [(row.comment, answer) for row, answer in rows][0] == ("Something else.", "")


def test_on_screen(published, organiser, founder, enter):
    place = reverse("round_feedback", args=[published.round.pk])
    client = enter(organiser)
    first, second = published.cards[0][0].pk, published.cards[1][0].pk
    assert client.post(place, {f"c{first}": "release", f"c{second}": "hold", "c999999x": "release"}).status_code == 302
    assert [answer for _card, answer in client.get(place).context["rows"]] == ["release", "hold", ""]
    assert client.post(place, {"day": "set", "feedback_at": "tomorrow"}).status_code == 422
    assert client.post(place, {"day": "set", "feedback_at": "2099-01-01T10:00"}).status_code == 422  # read already
    assert enter(founder).get(place).status_code == 404


def test_the_day_is_set_before_teams_read(stage, organiser):
    day = timezone.now() + timedelta(days=9)
    assert set_feedback_day(by=organiser, round=stage.round, feedback_at=day).feedback_at == day
    assert set_feedback_day(by=organiser, round=stage.round, feedback_at=None).feedback_at is None


def test_refused(published, organiser, stranger):
    card = published.cards[0][0]
    with pytest.raises(Forbidden):
        review_comments(by=stranger, round=published.round, released={card.pk: True})
    for pk in (0, published.cards[0][1].pk):
        with pytest.raises(Refusal) as refused:
            review_comments(by=organiser, round=published.round, released={pk: True})
        assert refused.value.code == "comment.gone"
