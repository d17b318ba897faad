"""A tie declared by mistake is taken back by who runs the jury; what a rule finds stays."""

import pytest
from allauth.account.models import EmailAddress

from judging.jury.services.conflicts import declare_conflict, take_back_conflict
from judging.models import Conflict, Scorecard
from judging.results.services.closing import close_round
from judging.scoring.services.scorecards import recuse
from network.models import Event, Message
from tests import build
from toolkit.refusals import Forbidden, Refusal


@pytest.fixture
def tied(stage):
    """J01 had submitted E01 with 4 and 3, then took Firm 1 for another firm and stepped back."""
    stage.card = build.marks(stage.cards[0][0], 4, 3)
    recuse(by=stage.jurors[0].user, scorecard=stage.card, reason="My cousin's firm.")
    stage.conflict = Conflict.objects.get()
    stage.entry = stage.entries[0]
    return stage


def take_back(tied, by, reason="Another firm of that name."):
    found = take_back_conflict(by=by, conflict=tied.conflict, reason=reason)
    tied.card.refresh_from_db()
    return found


def test_the_marks_come_back_as_a_draft_and_the_juror_is_told(tied, organiser, enter):
    assert take_back(tied, organiser) == [tied.card]
    assert (tied.card.state, tied.card.submitted_at, tied.card.recusal_reason, tied.card.version) == (
        "draft",
        None,
        "",
        2,
    )
    assert [mark.value for mark in tied.card.marks.all()] == [4000, 3000]
    assert not Conflict.objects.exists()
    assert tied.card in Scorecard.objects.of_juror(tied.jurors[0].user)
    mail = Message.objects.get(kind="judging.tie_taken_back")
    assert mail.to_user == tied.jurors[0].user
    assert "Another firm of that name." in mail.text
    assert "kept as a draft" in mail.text
    event = Event.objects.get(object_type="judging.conflict", verb="take_back")
    assert (event.actor, event.before["reason"]) == (organiser, "My cousin's firm.")
    assert event.after == {"reason": "Another firm of that name."}
    assert Event.objects.filter(object_type="judging.scorecard", verb="restore").count() == 1


def test_who_may_and_why(tied, organiser, coordinator):
    for person in (tied.jurors[0].user, tied.jurors[1].user, coordinator):
        with pytest.raises(Forbidden):
            take_back(tied, person)
    with pytest.raises(Refusal) as refused:
        take_back(tied, organiser, reason="  ")
    assert refused.value.field == "reason"
    take_back(tied, organiser)
    with pytest.raises(Refusal) as refused:
        take_back(tied, organiser)
    assert refused.value.code == "conflict.gone"


def test_what_a_rule_finds_stays(tied, organiser):
    """The declared tie goes; a mail domain in common still hides the entry."""
    EmailAddress.objects.create(user=tied.jurors[0].user, email="me@mail.firm1.example", verified=True)
    assert take_back(tied, organiser) == []
    assert tied.card.state == "recused"
    assert tied.card not in Scorecard.objects.of_juror(tied.jurors[0].user)
    assert "kept as a draft" not in Message.objects.get(kind="judging.tie_taken_back").text


def test_what_was_said_in_another_seat_stays(tied, organiser):
    other = build.juror(tied.edition, 8, user=tied.jurors[0].user, for_city=build.city("braga"))
    declare_conflict(by=other.user, juror=other, entry=tied.entry, kind="declared", reason="It is her.")
    assert take_back(tied, organiser) == []
    assert tied.card.state == "recused"


def test_a_frozen_round_stays_as_it_is(tied, organiser):
    for card in [card for cards in tied.cards for card in cards if card != tied.card]:
        build.marks(card, 4, 4)
    close_round(by=organiser, round=tied.round)
    assert take_back(tied, organiser) == []
    assert tied.card.state == "recused"


def test_on_the_page_of_the_juror(tied, organiser, enter):
    page, browser = f"/organise/jurors/{tied.jurors[0].pk}/", enter(organiser)
    address = f"{page}ties/{tied.conflict.pk}/take-back/"
    assert address in browser.get(page).content.decode()
    assert browser.post(address, {"reason": "Another firm."}, follow=True).status_code == 200
    assert address not in browser.get(page).content.decode()


def test_a_rule_s_tie_offers_no_way_back(stage, organiser, enter):
    EmailAddress.objects.create(user=stage.jurors[0].user, email="me@firm1.example", verified=True)
    text = enter(organiser).get(f"/organise/jurors/{stage.jurors[0].pk}/").content.decode()
    assert "by rule" in text
    assert "take-back" not in text
