"""The minute clock stood still for a week: one run does all that is owed, a second run nothing more."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.models import Agreement
from judging.models import Round
from network.models import Event, Message
from tests import build
from tests.corridor.agreements import cast
from toolkit import clock

WEEK = timedelta(days=7)


@pytest.fixture
def owed(organiser, city, coordinator, founder, settings, tmp_path):
    """A mail, a document of an agreement, a reminder to a juror and the word to a team that nobody nominated."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}},
    }
    now = timezone.now()
    Message.objects.create(
        key="1", kind="invitation", to_email="a@b.example", language="en", subject="Hello", text="Hello", created_at=now
    )
    stay = cast.stay(cast.programme(), cast.incubator(cast.host()), founder, city)
    draft_agreement(by=organiser, stay=stay, language="en", terms=cast.terms(stay))  # nobody hears of its task
    edition = build.edition(
        call_opens=now - WEEK, call_closes=now - timedelta(hours=2), nominations_close=now + timedelta(days=2)
    )
    build.entry(edition, build.startup("Sensors", city))
    judged = build.edition("2026")
    round = build.round(judged, state="open", opens_at=now - WEEK, closes_at=now + WEEK + timedelta(hours=12))
    juror = build.juror(judged, 1)
    for entry in build.competing(judged, 2):
        build.assign(round, juror, entry)
    return tmp_path


def stand(folder, mailoutbox):
    """Everything that a run may change."""
    mails = Message.objects.order_by("pk").values_list("key", "state", "attempts")
    agreements = Agreement.objects.values_list("state", "number", "issued_sha256", "attempts")
    return (
        sorted((mail.to[0], mail.subject) for mail in mailoutbox),
        list(mails),
        list(agreements),
        list(Round.objects.values_list("state", flat=True)),
        Event.objects.count(),
        sorted(path.name for path in folder.rglob("*.pdf")),
    )


def test_a_second_run_after_a_week_changes_nothing(owed, mailoutbox):
    later = timezone.now() + WEEK
    with clock.at(later):
        for _ in range(2):  # the first writes the reminders, whose mails are owed then
            call_command("tick")
        once = stand(owed, mailoutbox)
        call_command("tick")
        assert stand(owed, mailoutbox) == once
    kinds = Message.objects.filter(state="sent").order_by("kind").values_list("kind", "to_email")
    assert list(kinds) == [
        ("contest.entry_not_nominated", "founder@sensors.example"),
        ("corridor.agreement_to_sign", "host@braga.example"),
        ("invitation", "a@b.example"),
        ("judging.reminder", "juror1@jury1.example"),
    ]
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(email for _kind, email in kinds)
    assert list(Agreement.objects.values_list("state", flat=True)) == ["issued"]
    assert len(once[-1]) == 1
