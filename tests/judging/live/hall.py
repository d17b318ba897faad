"""What these tests ask of a live session."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from network.models import Message, User
from toolkit.refusals import Refusal

NINE = datetime(2027, 3, 12, 9, 0, tzinfo=UTC)


LINK = "https://meet.example.org/jury"


def founder_of(stage, number):
    return User.objects.get(memberships__organisation=stage.entries[number].startup.organisation)


def refusal(act) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code, str(refused.value)


def mails(kind="judging.session"):
    return sorted(Message.objects.filter(kind=kind).values_list("to_email", flat=True))


def events(content: bytes):
    return {str(event["uid"]).split("@")[0]: event for event in Calendar.from_ical(content).walk("VEVENT")}
