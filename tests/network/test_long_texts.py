"""What is typed long and stays on its writer's device: the key it is kept with, and when the device forgets it."""

import pytest

from contest.models import Startup
from tests import build


@pytest.fixture
def profile(db, enter):
    """A start-up's page: (client of a founder, address, what its form sends)."""
    startup = build.startup("Clay", build.city())
    client = enter(build.person("ana@clay.example", "Ana", "founder", startup.organisation))
    city = startup.organisation.city_id
    return client, f"/startups/{startup.pk}/", {"name": "Clay", "city": city, "founded_on": "2023-05-01"}


def told(answer):
    """Which texts the device is told to forget."""
    return answer.cookies["typed_sent"].value if "typed_sent" in answer.cookies else None


def test_each_person_has_boxes_and_keys_of_their_own(db, enter):
    people = [build.person(f"{name}@mail.example", name) for name in ("ana", "bo")]
    boxes = [enter(person).get("/me/device/").json()["boxes"][0] for person in people]
    assert boxes[0]["name"] != boxes[1]["name"]
    assert boxes[0]["key"] != boxes[1]["key"]
    assert boxes[0] == enter(people[0]).get("/me/device/").json()["boxes"][0]


def test_its_words_are_in_the_readers_language(db, enter):
    person = build.person("ana@mail.example", "Ana")
    person.language = "fr"
    person.save()
    answer = enter(person).get("/me/device/")
    assert "no-store" in answer["Cache-Control"]
    assert answer.json()["words"]["drop"] == "L’effacer"


def test_the_device_is_told_once_the_text_has_arrived(profile):
    client, address, values = profile
    answer = client.post(address, {**values, "description": "Better", "typed_here": "k3x"})
    assert (answer.status_code, told(answer)) == (302, "k3x")
    assert Startup.objects.get().description == "Better"
    again = client.post(address, {**values, "description": "Best", "typed_here": "z9"})
    assert told(again) == "k3x.z9"  # no page has read the first yet


def test_a_form_that_is_refused_is_shown_again_and_nothing_is_forgotten(profile):
    client, address, values = profile
    answer = client.post(address, {**values, "name": "", "description": "Better", "typed_here": "k3x"})
    assert (answer.status_code, told(answer)) == (200, None)
    assert 'data-typed-here="k3x"' in answer.content.decode()
    assert "data-typed-here" not in client.get(address).content.decode()


def test_a_page_that_leads_on_with_a_reason_lets_nothing_be_forgotten(profile):
    client, _address, _values = profile
    entry = build.entry(build.edition(), Startup.objects.get())  # submitted: nobody needs help with a draft
    address = f"/entries/{entry.pk}/help/"
    answer = client.post(address, {"asks": "yes", "typed_here": "k3x"})
    assert (answer.status_code, told(answer)) == (302, None)
    assert 'class="note error"' in client.get(answer["Location"]).content.decode()  # looked at, and still shown


@pytest.mark.parametrize("name", ["", "K3X", "a.b", "x" * 21, "é"])
def test_a_name_that_no_script_gave_is_left_alone(profile, name):
    client, address, values = profile
    assert told(client.post(address, {**values, "typed_here": name})) is None


def test_after_a_log_out_nothing_is_forgotten(profile):
    client, address, values = profile
    client.logout()
    answer = client.post(address, {**values, "typed_here": "k3x"})
    assert (answer.status_code, told(answer)) == (302, None)
