"""The archive of INMC 2024 holds what is published, and nothing that isn't."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from contest.editions.services.archive import load_archive
from contest.models import Edition, Entry, Startup
from network.models import Event, Organisation
from tests import build


@pytest.fixture
def archive(db):
    call_command("load_network", verbosity=0)
    call_command("load_archive", verbosity=0)
    return Edition.objects.get(slug="inmc-2024")


def test_the_frame_is_the_published_one(archive):
    assert (archive.is_archive, archive.is_public, archive.is_sample) == (True, True, False)
    assert (archive.final_from, archive.final_until, archive.final_place) == (
        date(2024, 4, 16),
        date(2024, 4, 18),
        "Anderson",
    )
    assert (archive.quota_sent, archive.quota_competing, archive.max_age_years) == (5, 3, 8)
    assert (archive.entries_announced, archive.cities_announced) == (14, 8)
    assert archive.name.localize("fr") == "Prix de la start-up RIVM 2024"


def test_what_is_not_published_is_empty(archive):
    """The call's days, the jury, the marks, the winners and the stays are unknown: no row pretends to know them."""
    assert (archive.call_opens, archive.call_closes, archive.reference_date) == (None, None, None)
    assert archive.results_published_at is None
    assert (Startup.objects.count(), Entry.objects.count()) == (0, 0)
    assert not Organisation.objects.filter(kind="startup").exists()
    related = ["entries", "nominations", "categories", "questions", "jurors", "rounds", "awards", "programmes"]
    assert {name: getattr(archive, name).count() for name in related} == dict.fromkeys(related, 0)


def test_the_four_start_ups_of_clermont_are_named_as_facts(archive):
    assert [(fact["name"], fact["city"], fact["status"]) for fact in archive.facts["startups"]] == [
        ("CIDECO", "clermont-ferrand", "chosen_by_city"),
        ("Clinic’n’Cell", "clermont-ferrand", "chosen_by_city"),
        ("Synegram", "clermont-ferrand", "chosen_by_city"),
        ("Wallace Technologies", "clermont-ferrand", "chosen_by_city"),
    ]
    assert archive.facts["counts"]["entries_not_published"] == 10
    assert len(archive.facts["not_published"]) == 12
    assert archive.facts["dates"]["final_starts"] == "2024-04-16"


def test_loading_again_changes_nothing(archive):
    call_command("load_archive", verbosity=0)
    assert list(Event.objects.filter(object_type="contest.edition").values_list("verb", flat=True)) == ["load"]
    assert Edition.objects.count() == 1


def test_a_correction_of_the_file_is_applied_and_recorded(archive):
    Edition.objects.update(entries_announced=15)
    call_command("load_archive", verbosity=0)
    archive.refresh_from_db()
    assert archive.entries_announced == 14
    assert Event.objects.get(verb="correct").after == {"columns": ["entries_announced"]}


def test_a_live_edition_is_never_overwritten(db):
    build.edition("inmc-2024")
    with pytest.raises(ValueError, match="is not an archive"):
        load_archive(by=None, file={"slug": "inmc-2024"})


def test_the_command_asks_for_the_cities_first(db):
    with pytest.raises(CommandError, match="run load_network first"):
        call_command("load_archive", verbosity=0)
