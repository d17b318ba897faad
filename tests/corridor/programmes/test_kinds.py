"""A programme of any kind from the screen: whom it is for, how long, who signs."""

import pytest

from corridor.domain.eligibility import read_rule
from corridor.models import Programme
from corridor.programmes.kinds import kinds
from corridor.programmes.services import save_programme
from tests import build
from toolkit.refusals import Refusal

pytestmark = pytest.mark.django_db


def typed(**changes) -> dict:
    return {
        "slug": "artists",
        "name_en": "Artists in residence",
        "name_fr": "Artistes en résidence",
        "guest": "artist",
        "guest_one_en": "artist",
        "guest_one_fr": "artiste",
        "guest_many_en": "artists",
        "guest_many_fr": "artistes",
        "guest_is_person": "on",
        "months": "3",
        "start_day": "1",
        "first_start": "2027-03-01",
        "last_start": "2027-05-01",
        "time_zone": "Europe/Paris",
        "placement_rule": "rank_first",
        "place_host": "2",
        "place_guest": "1",
        "place_network": "3",
        **changes,
    }


def test_kinds_of_the_files_hold_what_a_programme_takes(organiser):
    for kind in kinds().values():
        made = Programme(slug=kind.slug, first_start="2027-01-01", last_start="2027-01-01", **kind.fields)
        read_rule(made.eligibility)
        assert made.guest_one.data.keys() == made.guest_many.data.keys() == kind.name.data.keys() == {"en", "fr"}
    graduates = kinds()["graduates"].fields
    assert (graduates["months"], graduates["eligibility"]["under"], graduates["guest_is_person"]) == (6, 30, True)


def test_an_organiser_sets_up_a_programme_of_artists(organiser, enter):
    page = enter(organiser)
    assert "You say who the guests are." in page.get("/organise/programmes/").content.decode()
    answer = page.post("/organise/programmes/new/", typed())
    made = Programme.objects.get()
    assert answer.url == f"/organise/programmes/{made.pk}/"
    assert (made.months, made.guest, made.guest_is_person, made.edition) == (3, "artist", True, None)
    assert made.parties == ["guest", "host", "network"]
    assert (made.guest_word, made.guest_words) == ("artist", "artists")
    assert made.eligibility == {}
    shown = page.get(f"/organise/programmes/{made.pk}/edit/").content.decode()
    assert 'name="place_city"' in shown
    assert "Artistes en résidence" in shown
    assert page.get(f"/organise/programmes/{made.pk}/").status_code == 200


def test_the_form_of_graduates_begins_with_what_is_known(organiser, enter):
    page = enter(organiser).get("/organise/programmes/new/?kind=graduates").content.decode()
    assert 'value="graduate"' in page
    given = typed(slug="graduates", guest="graduate")
    enter(organiser).post("/organise/programmes/new/?kind=graduates", given)
    assert Programme.objects.get().eligibility == kinds()["graduates"].fields["eligibility"]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(organiser, enter, founder):
    for changes, said in (
        ({"guest_one_en": "", "guest_one_fr": ""}, "Say what one guest is called, and what several are called."),
        ({"place_city": "1"}, "Two parties have the same place in the order of signing."),
        ({"place_host": ""}, "This field is required."),
        ({"guest": "startup"}, "A start-up is an organisation: give a person another short word."),
        ({"guest": "not a word"}, "Enter a valid “slug”"),
    ):
        page = enter(organiser).post("/organise/programmes/new/", typed(**changes)).content.decode()
        assert said in page, changes
        assert "Artistes en résidence" in page
    assert not Programme.objects.exists()
    assert enter(founder).post("/organise/programmes/new/", typed()).status_code == 404


def test_whom_a_programme_is_for_stays_once_somebody_is_admitted(organiser, city):
    programme = build.programme()
    build.candidate(programme, "Sensors", city, 1)
    with pytest.raises(Refusal) as caught:
        save_programme(by=organiser, programme=programme, guest="artist", guest_one="artist", guest_many="artists",
                       parties=["host", "guest"])  # fmt: skip
    assert caught.value.code == "programme.guest_fixed"
    assert save_programme(by=organiser, programme=programme, parties=["startup", "host"]).parties == ["startup", "host"]
    with pytest.raises(Refusal) as caught:
        save_programme(by=organiser, programme=programme, parties=["startup", "city"])
    assert caught.value.code == "programme.parties"
