"""The deck of an entry and its video, as a juror gets them."""

import pytest
from django.core.files.base import ContentFile

from contest.models import Attachment
from tests import build
from tests.contest.pdfs import pdf
from tests.judging.scoring.cards import address


def deck_of(entry, tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    return Attachment.objects.create(
        entry=entry,
        kind="deck",
        file=ContentFile(pdf(), name="firm-1-deck.pdf"),
        name="Firm 1 deck.pdf",
        size=13,
        sha256="0" * 64,
        uploaded_by=build.person("founder1@firm1.example"),
    )


@pytest.mark.parametrize(("shows_names", "name"), [(True, "Firm 1 deck.pdf"), (False, "E01.pdf")])
def test_the_deck_comes_under_a_name_that_tells_no_more_than_the_round(seat, tmp_path, settings, shows_names, name):
    deck_of(seat.entries[0], tmp_path, settings)
    seat.round.shows_names = shows_names
    seat.round.save()
    answer = seat.client.get(address(seat.card, "deck/"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"


def test_the_deck_of_another_jurors_entry_is_not_there(seat, tmp_path, settings, enter):
    deck_of(seat.entries[0], tmp_path, settings)
    seat.cards[1][0].state = "recused"
    seat.cards[1][0].save()
    assert enter(seat.jurors[1].user).get(address(seat.cards[1][0], "deck/")).status_code == 404
    assert seat.client.get(address(seat.cards[1][0], "deck/")).status_code == 404


def test_the_videos_address_is_not_in_the_page(seat):
    entry = seat.entries[0]
    entry.video_url = "https://firm1.example/pitch"
    entry.save()
    assert "firm1.example" not in seat.client.get(address(seat.card)).content.decode()
    answer = seat.client.get(address(seat.card, "video/"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://firm1.example/pitch")
