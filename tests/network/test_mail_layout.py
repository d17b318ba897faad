"""Mails are written in the reader's language and zone, as plain words and as a page."""

from datetime import UTC, datetime

from network.models import Invitation
from network.services import invite
from tests import build
from toolkit import clock


def _invited(organiser, **fields):
    with clock.at(datetime(2026, 11, 1, 12, tzinfo=UTC)):
        invitation = invite(
            by=organiser,
            email="ana@braga.example",
            full_name="Ana d'Água",
            role="coordinator",
            organisation=build.city_hall(build.city()),
            **fields,
        )
    from network.models import Message

    return invitation, Message.objects.get(kind="invitation")


def test_plain_text_keeps_apostrophes(organiser):
    invitation, message = _invited(organiser)
    assert message.text.startswith("Dear Ana d'Água,\n")
    assert message.subject == "Odile Organiser invites you: City of Braga"


def test_both_forms_hold_the_link_and_the_end_with_its_zone(organiser):
    invitation, message = _invited(organiser)
    link = f"http://localhost:8000/invitations/{invitation.token}/"
    assert link in message.text.split()
    assert f'href="{link}"' in message.html
    assert "The link works until 1 December 2026, 12:00 (UTC)." in message.text


def test_a_reader_with_an_account_gets_their_own_zone(organiser):
    build.person("ana@braga.example", time_zone="Europe/Paris")
    _, message = _invited(organiser)
    assert "The link works until 1 December 2026, 13:00 (Paris time)." in message.text


def test_the_page_says_its_language_and_escapes_names(organiser):
    organiser.full_name = "Odile <b>O</b>"
    organiser.save()
    _, message = _invited(organiser, language="fr")
    assert '<html lang="fr">' in message.html
    assert "<b>O</b>" not in message.html
    assert Invitation.objects.get().language == "fr"
