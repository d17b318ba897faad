"""Feedback to start-ups: on its day, released comments only, and nothing by which a juror could be made out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from judging.models import Round, RoundRule, Scorecard
from judging.results.services.closing import close_round, publish_results
from judging.results.services.feedback import review_comments, set_feedback_day, tell_of_feedback
from judging.results.services.reopening import confirm_reopening, propose_reopening
from network.models import Message
from tests import build
from toolkit import clock
from toolkit.refusals import Forbidden, Refusal

COMMENTS = ["Show your customers.", "Strong team, thin plan.", "My own words would give me away."]


@pytest.fixture
def published(stage, organiser, enter):
    """E01: marks 5, 4, 3 and 2, 4, 4, a comment by each juror; E02 by one juror alone."""
    RoundRule.objects.update(min_scorecards=1)
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
    assert page.context["sections"][0]["means"] == [("Innovation", "4.00", "5"), ("Market", "3.33", "5")]
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


def test_what_was_corrected_is_told_anew(published, organiser):
    """Feedback told, results opened again and published anew: the feedback of the new result is told, once."""
    second = build.person(
        "second@network.example", "Second Person", "organiser", organiser.memberships.get().organisation
    )
    Round.objects.update(feedback_at=timezone.now() - timedelta(hours=1))
    assert (tell_of_feedback(9), tell_of_feedback(9)) == (3, 0)
    proposal = propose_reopening(by=organiser, round=Round.objects.get(), reason="A mark was typed wrongly.")
    round = confirm_reopening(by=second, reopening=proposal)
    assert tell_of_feedback(9) == 0  # nothing holds at the moment
    close_round(by=organiser, round=round)
    publish_results(by=organiser, round=Round.objects.get())
    assert (tell_of_feedback(2), tell_of_feedback(9), tell_of_feedback(9)) == (2, 1, 0)
    told = Message.objects.filter(kind="judging.feedback").values_list("to_email", flat=True)
    assert sorted(told) == sorted(2 * [f"founder{n}@firm{n}.example" for n in (1, 2, 3)])


@pytest.mark.parametrize(("hours", "said"), [(None, False), (-1, False), (48, True)])
def test_the_mail_of_a_result_promises_no_feedback_that_is_not_there(stage, organiser, hours, said):
    for cards in stage.cards:
        for card in cards:
            build.marks(card, 4, 4)
    close_round(by=organiser, round=stage.round)
    Round.objects.update(feedback_at=timezone.now() + timedelta(hours=hours) if hours else None)
    publish_results(by=organiser, round=Round.objects.get())
    texts = Message.objects.filter(kind="judging.published").values_list("text", flat=True)
    assert [("The jury's feedback follows there on " in text, "wrote to you" in text) for text in texts] == 3 * [
        (said, not said)
    ]
