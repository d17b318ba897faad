"""Every page of the contest for every role, and lists that ask the same number of queries for 3 rows as for 30."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contest.models import Claim, Nomination
from tests import build
from tests.contest import cast


@pytest.fixture
def edition(db):
    return build.edition()


@pytest.fixture
def people(founder, coordinator, organiser, stranger):
    return {
        "founder": founder,
        "coordinator": coordinator,
        "organiser": organiser,
        "rival": cast.team("Rivals", build.city("braga")),
        "neighbour": cast.coordinator_of(build.city("braga")),
        "stranger": stranger,
    }


PAGES = {
    "entries": (["founder", "coordinator", "organiser", "rival", "neighbour", "stranger"], lambda e: []),
    "startup_new": (["founder", "coordinator", "organiser", "rival", "neighbour", "stranger"], lambda e: []),
    "startup": (["founder"], lambda e: [e.startup_id]),
    "entry": (["founder"], lambda e: [e.pk]),
    "entry_withdraw": (["founder"], lambda e: [e.pk]),
    "city_entry": (["coordinator"], lambda e: [e.pk]),
    "city_edition": (["coordinator"], lambda e: [e.city.slug, e.edition.slug]),
    "organise": (["organiser"], lambda e: []),
    "edition_new": (["organiser"], lambda e: []),
    "organise_edition": (["organiser"], lambda e: [e.edition.slug]),
    "edition_set_up": (["organiser"], lambda e: [e.edition.slug]),
    "edition_questions": (["organiser"], lambda e: [e.edition.slug]),
    "question_new": (["organiser"], lambda e: [e.edition.slug]),
    "question": (["organiser"], lambda e: [e.edition.slug, e.edition.questions.get().pk]),
    "category_new": (["organiser"], lambda e: [e.edition.slug]),
    "category": (["organiser"], lambda e: [e.edition.slug, e.edition.categories.get().pk]),
    "organise_entries": (["organiser"], lambda e: [e.edition.slug]),
    "organise_entry": (["organiser"], lambda e: [e.edition.slug, e.pk]),
    "organise_cities": (["organiser"], lambda e: [e.edition.slug]),
    **{
        f"entry_step/{step}": (["founder"], lambda e, step=step: [e.pk, step])
        for step in ("startup", "pitch", "questions", "files", "check")
    },
}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_there_for_its_roles_and_404_for_the_others(page, founder, edition, people, enter, client):
    cast.ask(edition)
    entry = cast.submitted(founder, edition)
    allowed, arguments = PAGES[page]
    address = reverse(page.split("/")[0], args=arguments(entry))
    seen = {role: enter(person).get(address).status_code for role, person in people.items()}
    assert seen == {role: 200 if role in allowed else 404 for role in people}
    assert client.get(address).status_code == 302


def test_a_step_that_does_not_exist_is_404(founder, edition, enter):
    entry = cast.draft(founder, edition)
    assert enter(founder).get(f"{reverse('entry', args=[entry.pk])}nothing/").status_code == 404


def test_a_coordinator_counts_a_draft_but_does_not_read_it(founder, coordinator, edition, enter):
    entry = cast.draft(founder, edition)
    page = enter(coordinator).get(reverse("city_edition", args=[entry.city.slug, edition.slug])).content.decode()
    assert "1 draft of your city is being written" in page
    assert "Sensors" not in page
    assert "Clean rivers" not in page
    assert enter(coordinator).get(reverse("city_entry", args=[entry.pk])).status_code == 404


def fill(edition, city, numbers, coordinator):
    """Entries in every state of a list, with nominations and claims."""
    other = build.city("braga")
    for number in numbers:
        startup = build.startup(f"Firm {number}", city)
        state = ("draft", "submitted", "nominated")[number % 3]
        entry = build.entry(edition, startup, state)
        if state == "nominated":
            Nomination.objects.create(
                edition=edition, city=city, entry=entry, slot=number + 1, by=coordinator, at=entry.created_at
            )
        if state == "submitted":
            Claim.objects.create(entry=entry, city=other, by=coordinator, reason="Ours.", created_at=entry.created_at)


@pytest.mark.parametrize("page", ["city_edition", "organise_entries", "organise_cities", "organise_edition", "home"])
def test_lists_ask_as_many_queries_for_30_rows_as_for_3(page, city, edition, people, enter):
    coordinator = people["coordinator"]
    who = people["organiser"] if page.startswith("organise") else coordinator
    args = {"city_edition": [city.slug, edition.slug], "home": []}.get(page, [edition.slug])
    address = reverse(page, args=args)

    def count() -> int:
        browser = enter(who)
        browser.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(address).status_code == 200
        return len(asked)

    fill(edition, city, range(3), coordinator)
    few = count()
    fill(edition, city, range(3, 30), coordinator)
    assert count() == few


def test_a_teams_list_too(founder, edition, enter):
    def count() -> int:
        browser = enter(founder)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(reverse("entries")).status_code == 200
        return len(asked)

    startup = cast.startup_of(founder)
    for number in range(3):
        build.entry(build.edition(f"e{number}"), startup, "draft")
    few = count()
    for number in range(3, 30):
        build.entry(build.edition(f"e{number}"), startup, "draft")
    assert count() == few


def test_the_organisers_list_of_editions_too(organiser, city, enter):
    def count() -> int:
        browser = enter(organiser)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(reverse("organise")).status_code == 200
        return len(asked)

    for number in range(3):
        build.entry(build.edition(f"e{number}"), build.startup("Sensors", city))
    few = count()
    for number in range(3, 30):
        build.entry(build.edition(f"e{number}"), build.startup("Sensors", city))
    assert count() == few


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["Alpha", "Beta"]),
        ({"state": "draft"}, []),
        ({"city": "braga"}, ["Beta"]),
        ({"words": "alp"}, ["Alpha"]),
        ({"words": "pitches beta"}, ["Beta"]),
        ({"category": "energy", "state": "submitted"}, ["Alpha", "Beta"]),
        ({"state": "nonsense", "page": "x"}, ["Alpha", "Beta"]),
        ({"words": "nothing"}, []),
    ],
)
def test_the_organiser_filters_entries(organiser, city, edition, enter, filters, found):
    build.entry(edition, build.startup("Alpha", city))
    build.entry(edition, build.startup("Beta", build.city("braga")))
    build.entry(edition, build.startup("Gamma", city), "draft")
    build.entry(build.edition("other"), build.startup("Delta", city))
    page = enter(organiser).get(reverse("organise_entries", args=[edition.slug]), filters).context["page"]
    assert [entry.startup.name for entry in page] == found
