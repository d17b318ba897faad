"""What every answer says to browsers: personal pages stay nowhere, nothing is asked of the device,
and whom to tell of a weakness."""

from datetime import UTC, datetime, timedelta

import pytest

from network.services import invite_to_role
from tests import build
from toolkit import clock


@pytest.mark.parametrize(
    "path", ["/home/", "/me/", "/", "/network/", "/accounts/email/", "/accounts/2fa/", "/entries/", "/api/v1/entries/"]
)
def test_pages_of_who_is_logged_in_are_kept_nowhere(enter, stranger, path):
    answer = enter(stranger).get(path)
    assert (answer.status_code, "no-store" in answer.headers["Cache-Control"]) == (200, True)


def test_pages_for_everybody_may_be_kept_and_those_with_a_secret_in_their_address_not(client, organiser):
    assert client.get("/").headers["Cache-Control"] == "private, max-age=60"
    invitation = invite_to_role(by=organiser, role="organiser", email="new@x.example")
    assert "no-store" in client.get(f"/invitations/{invitation.token}/").headers["Cache-Control"]


def test_nothing_is_asked_of_the_device(client, db):
    said = client.get("/").headers["Permissions-Policy"].split(", ")
    assert {"camera=()", "microphone=()", "geolocation=()", "publickey-credentials-get=(self)"} <= set(said)


def test_security_txt_says_whom_to_tell_and_until_when(client, db, settings):
    settings.SECURITY_CONTACT = ["mailto:security@network.example", "https://network.example/weakness"]
    with clock.at(datetime(2027, 3, 1, 15, 30, tzinfo=UTC)):
        answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:security@network.example",
        "Contact: https://network.example/weakness",
        "Expires: 2027-08-28T00:00:00Z",
        "Preferred-Languages: en, fr",
        "Canonical: http://localhost:8000/.well-known/security.txt",
    ]
    assert datetime(2027, 8, 28, tzinfo=UTC) - datetime(2027, 3, 1, tzinfo=UTC) == timedelta(days=180)
    settings.SECURITY_CONTACT = []
    assert client.get("/.well-known/security.txt").status_code == 404


def test_an_edition_says_its_name_before_it_is_read_back(db):
    """A new row given all languages speaks the reader's: its invitations went out with a dict in their subject."""
    assert str(build.edition(slug="new", name={"en": "Contest", "fr": "Concours"})) == "Contest"
