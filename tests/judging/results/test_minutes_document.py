"""The minutes on paper: asked for by who runs the round, made once by a task or the clock, kept by version."""

import io
import subprocess

import pikepdf
import pytest
from django.urls import reverse

from judging.models import Minutes
from judging.results.services.closing import close_round, publish_results
from judging.results.services.minutes import render_owed_minutes, request_minutes
from judging.scoring.services.scorecards import recuse
from tests import build
from toolkit.refusals import Refusal


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "files")}},
    }
    return tmp_path / "files"


@pytest.fixture
def closed(stage, organiser):
    recuse(by=stage.jurors[2].user, scorecard=stage.cards[2][2], reason="I coach them.")
    for juror, cards in enumerate(stage.cards):
        for entry, card in enumerate(cards):
            if (juror, entry) != (2, 2):
                build.marks(card, 3 + entry % 2, 4)
    close_round(by=organiser, round=stage.round)
    stage.round.refresh_from_db()
    return stage


@pytest.mark.sensitive
def test_minutes_as_a_tagged_document(closed, organiser, private_files):
    minutes = request_minutes(by=organiser, round=closed.round, language="en")
    assert (render_owed_minutes(5), render_owed_minutes(5)) == (1, 0)
    minutes.refresh_from_db()
    path = private_files / minutes.file.name
    text = " ".join(
        subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout.split()
    )
    for words in ("Minutes of the jury", "I coach them.", "Signatures", "Page 1 of", closed.round.result.sha256):
        assert words in text
    for name in [juror.full_name for juror in closed.jurors] + [entry.startup.name for entry in closed.entries]:
        assert name in text
    with pikepdf.open(io.BytesIO(path.read_bytes())) as document:
        assert document.Root.MarkInfo.Marked is True
        assert str(document.Root.Lang) == "en"
        assert str(document.docinfo["/Title"]).startswith("Minutes of the jury: ")


def test_the_same_minutes_are_not_made_twice_and_a_change_is_another_version(closed, organiser):
    first = request_minutes(by=organiser, round=closed.round, language="en")
    assert request_minutes(by=organiser, round=closed.round, language="en") == first
    publish_results(by=organiser, round=closed.round)
    closed.round.refresh_from_db()
    assert request_minutes(by=organiser, round=closed.round, language="en").version == 2
    assert render_owed_minutes(5) == 2
    assert sorted(Minutes.objects.exclude(file="").values_list("version", flat=True)) == [1, 2]


def test_no_minutes_of_an_open_round(stage, organiser):
    with pytest.raises(Refusal) as refusal:
        request_minutes(by=organiser, round=stage.round, language="en")
    assert refusal.value.code == "minutes.not_closed"


def test_page_and_file_are_for_who_runs_the_round(
    closed, organiser, coordinator, founder, enter, client, django_capture_on_commit_callbacks
):
    page, file = (reverse(name, args=[closed.round.pk]) for name in ("round_minutes", "round_minutes_pdf"))
    browser = enter(organiser)
    assert browser.get(file).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(page, {"language": "en"}).status_code == 302
    assert reverse("round_minutes_pdf", args=[closed.round.pk]) in browser.get(page).content.decode()
    answer = browser.get(file)
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "application/pdf",
        "nosniff",
    )
    for person in (coordinator, founder, closed.jurors[0].user):
        assert [enter(person).get(address).status_code for address in (page, file)] == [404, 404]
        assert enter(person).post(page, {"language": "fr"}).status_code == 404
    assert client.get(file).status_code == 302
    assert Minutes.objects.count() == 1
