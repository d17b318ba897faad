"""Mails follow events: each is told, once, in the words of its reader."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from contest.editions.services.editions import save_edition
from contest.entries.services.entries import submit_entry
from judging.jury.notices.assignment import Assigned
from judging.jury.services.conflicts import take_back_conflict
from judging.live.services.hours import tell_newcomers
from judging.live.services.sessions import cancel_session, publish_session
from judging.models import Conflict, LiveSession, Round, Scorecard
from judging.scoring.services.reminders import remind_of_closing
from judging.scoring.services.scorecards import recuse
from network.models import Message
from network.services import record_event
from tests import build
from tests.contest import cast
from toolkit import clock


def mails(kind, **filters):
    return Message.objects.filter(kind=kind, **filters).order_by("pk")


@pytest.mark.django_db(transaction=False)
def test_who_steps_back_and_gets_another_entry_is_told(stage, organiser):
    """Three entries before and after: the number is the same, what happened is not."""
    from django.db import transaction

    juror = stage.jurors[0]
    for n in range(2):
        with transaction.atomic():
            event = record_event(by=organiser, verb="apply", thing=stage.round)
            for _twice in range(2):
                Assigned.tell(stage.round, [juror], event)
        assert mails("judging.assigned", to_user=juror.user).count() == n + 1


@pytest.mark.parametrize(("days", "words"), [(-1, "is open. You have 3 entries"), (2, "You will have 3 entries")])
def test_open_is_said_when_it_is(stage, organiser, days, words):
    from django.db import transaction

    Round.objects.update(opens_at=timezone.now() + timedelta(days=days))
    stage.round.refresh_from_db()
    with transaction.atomic():
        Assigned.tell(stage.round, stage.jurors, record_event(by=organiser, verb="open", thing=stage.round))
    text = mails("judging.assigned")[0].text
    assert words in text
    assert ("is open" in text) is (days < 0)


def test_a_founder_with_two_pitches_is_told_of_both(stage, organiser):
    """And of both when the session is off."""
    founder = stage.entries[0].startup.organisation.memberships.get().user
    build.person(founder.email, "", "founder", stage.entries[1].startup.organisation)
    starts = timezone.now() + timedelta(days=1)
    session = build.live_session(stage.round, *stage.entries, state="draft", starts_at=starts)
    publish_session(by=organiser, session=session)
    told = [mail.subject + mail.text for mail in mails("judging.session", to_user=founder)]
    assert [any(str(entry) in text for text in told) for entry in stage.entries] == [True, True, False]
    assert len(told) == 2
    assert tell_newcomers(50) == 0
    cancel_session(by=organiser, session=LiveSession.objects.get())
    assert mails("judging.session_off", to_user=founder).count() == 2


def test_stepping_back_again_is_told_again(stage, organiser):
    card = stage.cards[0][0]
    for reason in ("My cousin.", "It is her after all."):
        recuse(by=stage.jurors[0].user, scorecard=Scorecard.objects.get(pk=card.pk), reason=reason)
        if reason == "My cousin.":
            take_back_conflict(by=organiser, conflict=Conflict.objects.get(), reason="Another one.")
    assert mails("judging.recused").count() == 2


def test_a_closing_that_moved_is_reminded_of_anew(stage):
    with clock.at(stage.round.closes_at - timedelta(hours=20)):
        assert remind_of_closing(50) == 3
    Round.objects.update(closes_at=stage.round.closes_at + timedelta(days=2))
    with clock.at(stage.round.closes_at + timedelta(days=2) - timedelta(hours=20)):
        assert remind_of_closing(50) == 3


def test_labels_in_a_mail_are_in_the_readers_language(founder, organiser):
    edition = build.edition()
    founder.language = "fr"
    founder.save()
    cast.draft(founder, edition)
    with translation.override("en"):
        save_edition(by=organiser, edition=edition, call_closes=edition.call_closes + timedelta(days=1))
    text = mails("contest.rules_changed", to_user=founder)[0].text
    assert "call closes" not in text
    assert "clôture de l’appel" in text or "appel" in text


def test_the_same_text_under_other_rules_has_its_own_receipt(founder, organiser):
    edition = build.edition()
    entry = cast.submitted(founder, edition)
    save_edition(by=organiser, edition=edition, call_closes=edition.call_closes + timedelta(days=1))
    edition.refresh_from_db()
    submit_entry(by=founder, entry=entry, rules_version=edition.rules_version)
    assert mails("contest.entry_submitted").count() == 2
