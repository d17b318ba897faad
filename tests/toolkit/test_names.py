"""Names on one line, whatever way they came in: nothing hidden in them, and every script still itself."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.jury.services.jurors import invite_juror
from network.models import Invitation, Organisation, User
from network.services import update_profile
from tests import build
from toolkit.names import clean_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana \t Água ", "Ana Água"),
        ("Ana\r\nBcc: all@x.example", "Ana Bcc: all@x.example"),
        ("Ana\u2028\u2029Água\x85", "Ana Água"),
        ("Ana\x00\x07\x1b[31m", "Ana[31m"),
        ("deck\u202efdp.exe", "deckfdp.exe"),
        ("\u2067Ana\u2069\u200e\u200f\u061c", "Ana"),
        ("A\u00adna\u200b\ufeff", "Ana"),
        ("A\u0301na", "Ána"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian: the joiner is how it is written
        ("க்\u200dஷ", "க்\u200dஷ"),
        ("محمد", "محمد"),
        ("李 雷", "李 雷"),
        ("\u202e\u0000 ", ""),
    ],
)
def test_what_is_kept_of_a_name(typed, kept):
    assert clean_name(typed) == kept


@given(st.text())
def test_a_name_is_one_visible_line_and_cleaning_twice_is_cleaning_once(text):
    kept = clean_name(text)
    assert clean_name(kept) == kept
    assert kept.splitlines() in ([], [kept])
    assert not any(
        unicodedata.bidirectional(letter) in ("RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI")
        for letter in kept
    )


BAD, GOOD = "Ana\r\n\u202eÁgua", "Ana Água"


def test_every_way_in_cleans_a_name(organiser, enter, stranger, client, city, db):
    update_profile(by=stranger, full_name=BAD, language="en", time_zone="")
    client.post("/accounts/signup/", {"email": "new@x.example", "full_name": BAD})
    jury = invite_juror(by=organiser, edition=build.edition(), email="juror@x.example", full_name=BAD)
    enter(organiser).post(
        "/organise/people/invite/organiser/", {"email": "o@x.example", "full_name": BAD, "language": "en"}
    )
    made = User.objects.create_user("bulk@x.example", BAD)
    User.objects.filter(pk=made.pk).update(full_name=BAD)
    [body] = Organisation.objects.bulk_create([Organisation(slug="b", name=BAD, kind="startup")])
    kept = {
        user.full_name for user in User.objects.filter(email__in=[stranger.email, "new@x.example", "bulk@x.example"])
    }
    kept |= set(type(jury).objects.values_list("full_name", flat=True)) | {Organisation.objects.get(pk=body.pk).name}
    kept |= set(Invitation.objects.values_list("full_name", flat=True))
    assert kept == {GOOD}
    assert jury.full_name == GOOD  # before it is read back, too


def test_a_name_that_nobody_can_see_is_none(enter, stranger):
    page = enter(stranger).post("/me/", {"full_name": "\u202e\u200b", "language": "en", "time_zone": ""})
    assert '<ul class="errorlist" id="id_full_name_error">' in page.content.decode()
