"""Minutes whose names no font draws come out all the same;
minutes that can't be made say why, and are asked for again."""

import subprocess

import pytest
from django.urls import reverse

from judging.models import Minutes
from judging.results.services.closing import close_round
from judging.results.services.minutes import render_owed_minutes, request_minutes
from network.models import Message
from tests import build

NO_FONT = "\u0378"  # a place that Unicode has given to no letter


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "files")}},
    }
    return tmp_path / "files"


@pytest.fixture
def closed(stage, organiser):
    for cards in stage.cards:
        for card in cards:
            build.marks(card, 3, 4)
    close_round(by=organiser, round=stage.round)
    stage.round.refresh_from_db()
    return stage


@pytest.mark.sensitive
def test_minutes_with_a_letter_that_no_font_draws_come_out(closed, organiser, private_files):
    startup = closed.entries[0].startup
    startup.organisation.name = f"Odd {NO_FONT}"
    startup.organisation.save()
    organiser.full_name = f"Odile {NO_FONT}"
    organiser.save()
    minutes = request_minutes(by=organiser, round=closed.round, language="fr")
    assert render_owed_minutes(5) == 1
    minutes.refresh_from_db()
    command = ["pdftotext", "-layout", str(private_files / minutes.file.name), "-"]
    text = " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    assert "U+0378" in text
    assert "numéro de la lettre dans le standard Unicode" in text


def test_minutes_that_can_not_be_made_say_why_at_home_and_by_mail_and_can_be_asked_for_again(
    closed, organiser, founder, enter
):
    minutes = request_minutes(by=organiser, round=closed.round, language="en")
    sound = minutes.frozen
    Minutes.objects.update(frozen={**sound, "closed_at": "no date"})
    for _ in range(6):
        render_owed_minutes(5)
    minutes.refresh_from_db()
    assert minutes.has_failed
    [message] = Message.objects.filter(kind="judging.minutes_failed")
    assert message.to_user == organiser
    assert "Invalid isoformat string" in message.text
    page = reverse("round_minutes", args=[closed.round.pk])
    home = enter(organiser).get(reverse("home")).content.decode()
    assert f'href="{page}"' in home
    assert "Invalid isoformat string" in home
    assert "Invalid isoformat string" in enter(organiser).get(page).content.decode()
    assert "Invalid isoformat string" not in enter(founder).get(reverse("home")).content.decode()
    Minutes.objects.update(frozen=sound)
    request_minutes(by=organiser, round=closed.round, language="en")
    render_owed_minutes(5)
    minutes.refresh_from_db()
    assert minutes.file
    assert "could not be prepared" not in enter(organiser).get(reverse("home")).content.decode()
