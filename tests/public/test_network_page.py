"""/network/: every city with its evidence and source, for anybody."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.models import City, Organisation
from tests import build


def queries_of(url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(url).status_code == 200
    return len(captured)


@pytest.fixture
def page(db):
    call_command("load_network", verbosity=0)
    return Client().get(reverse("public_network")).content.decode()


def test_every_city_is_on_the_map_and_in_the_table(page):
    drawn = re.findall(r"<circle[^>]*><title>([^<]+)</title>", page)
    listed = re.findall(r'<tr id="([a-z-]+)">\s*<th scope="row">([^<]+)</th>', page)
    cities = dict(City.objects.values_list("slug", "name"))
    assert dict(listed) == cities
    assert set(drawn) == set(cities.values())


def test_every_name_is_written_on_some_map(page):
    assert sorted(re.findall(r"<text[^>]*>([^<]+)</text>", page)) == sorted(City.objects.values_list("name", flat=True))


def test_a_row_shows_the_marks_their_meaning_and_the_sources(page):
    row = re.search(r'<tr id="magog">(.*?)</tr>', page, re.DOTALL)[1]
    assert re.findall(r'<abbr class="mark" title="([^"]+)">(\w)</abbr>', row) == [
        ("named as a member, or in an organ, of the network", "M"),
        ("agreed the charter of the incubator corridor", "C"),
    ]
    assert re.findall(r'href="([^"]+)"', row) == [
        "https://inmc21.com/event/annonce-officielle-de-la-4eme-conference-en-2024-a-anderson-usa/",
        "https://inmc21.com/innovation-and-technology-lab",
    ]


def test_membership_is_said_in_words_and_by_the_rule(page):
    members = {
        slug
        for slug in City.objects.values_list("slug", flat=True)
        if 'class="badge ok"' in re.search(rf'<tr id="{slug}">(.*?)</tr>', page, re.DOTALL)[1]
    }
    assert members == set(City.objects.filter(is_member=True).values_list("slug", flat=True))
    assert "17 cities are known as members" in page


def test_bodies_that_are_not_hosts_and_people_stay_out(db, city):
    """Start-ups, city halls, the secretariat and everyone's address exist, and are not on the page."""
    build.startup("Hidden Start-up", city)
    build.organisation("Hidden City Hall", "city", city)
    incubator = build.organisation("Open Incubator", "incubator", city, email_domain="host.example", is_sample=True)
    build.person("someone@host.example", "Hidden Host", role="host", organisation=incubator)
    page = Client().get(reverse("public_network")).content.decode()
    assert "Hidden" not in page
    assert "host.example" not in page
    assert re.search(r'Open Incubator <span class="badge info">Sample</span>', page)


def test_an_address_that_is_not_of_the_web_is_no_link(db):
    Organisation.objects.create(slug="odd", name="Odd", kind="agency", source="javascript:alert(1)")
    page = Client().get(reverse("public_network")).content.decode()
    assert "javascript:" not in page


def test_the_number_of_queries_does_not_grow(db):
    for number in range(3):
        build.organisation(f"Incubator {number}", "incubator", build.city(f"city-{number}"))
    few = queries_of(reverse("public_network"))
    for number in range(3, 30):
        build.organisation(f"Incubator {number}", "incubator", build.city(f"city-{number}"))
    assert queries_of(reverse("public_network")) == few
