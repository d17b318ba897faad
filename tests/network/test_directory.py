"""Loading the cities and organisations of data/."""

import csv

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from network.directory_texts import TEXTS
from network.models import City, Event, Organisation
from network.services.directory import Loaded, is_member_by, load_cities, load_organisations


def rows_of(name: str) -> list[dict]:
    with (settings.BASE_DIR / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("evidence", "member"),
    [("D M C", True), ("D", True), ("M", True), ("D C", True), ("C", False), ("P", False), ("B", False), ("", False)],
)
def test_membership_needs_a_signature_or_a_naming(evidence, member):
    assert is_member_by(evidence) is member


def test_every_row_becomes_a_city(db):
    assert load_cities(by=None, rows=rows_of("cities")) == Loaded(added=32)
    assert set(City.objects.values_list("slug", flat=True)) == {row["slug"] for row in rows_of("cities")}
    braga = City.objects.get(slug="braga")
    assert (braga.name, braga.country, str(braga.latitude), braga.time_zone, braga.is_member) == (
        "Braga",
        "PT",
        "41.5454",
        "Europe/Lisbon",
        True,
    )
    assert City.objects.get(slug="hamburg").is_member is False
    # Thirteen signatories of Querétaro, and the four that are only named as members.
    assert City.objects.filter(is_member=True).count() == 17


def test_loading_again_changes_nothing_and_records_nothing(db):
    load_cities(by=None, rows=rows_of("cities"))
    load_organisations(by=None, rows=rows_of("organisations"))
    events = Event.objects.count()
    assert load_cities(by=None, rows=rows_of("cities")) == Loaded(unchanged=32)
    assert load_organisations(by=None, rows=rows_of("organisations")) == Loaded(unchanged=9)
    assert (City.objects.count(), Organisation.objects.count(), Event.objects.count()) == (32, 9, events)


def test_loading_again_keeps_what_an_organiser_decided(db):
    load_cities(by=None, rows=rows_of("cities"))
    load_organisations(by=None, rows=rows_of("organisations"))
    City.objects.filter(slug="hamburg").update(is_member=True)
    Organisation.objects.filter(slug="busi").update(email_domain="busi.example", website="https://busi.example")
    load_cities(by=None, rows=rows_of("cities"))
    load_organisations(by=None, rows=rows_of("organisations"))
    assert City.objects.get(slug="hamburg").is_member is True
    busi = Organisation.objects.get(slug="busi")
    assert (busi.email_domain, busi.website) == ("busi.example", "https://busi.example")


def test_corrected_evidence_changes_membership_and_is_recorded(db):
    rows = rows_of("cities")
    load_cities(by=None, rows=rows)
    corrected = [{**row, "evidence": "M"} if row["slug"] == "hamburg" else row for row in rows]
    assert load_cities(by=None, rows=corrected) == Loaded(changed=1, unchanged=31)
    hamburg = City.objects.get(slug="hamburg")
    assert hamburg.is_member is True
    event = Event.objects.get(verb="correct")
    assert event.object_id == str(hamburg.pk)
    assert (event.before, event.after) == (
        {"evidence": "B", "is_member": "False"},
        {"evidence": "M", "is_member": "True"},
    )


def test_an_organisation_keeps_its_kind_city_and_source(db):
    load_cities(by=None, rows=rows_of("cities"))
    assert load_organisations(by=None, rows=rows_of("organisations")) == Loaded(added=9)
    bivouac = Organisation.objects.select_related("city").get(slug="bivouac")
    assert (bivouac.kind, bivouac.city.slug, bivouac.is_sample) == ("accelerator", "clermont-ferrand", False)
    assert bivouac.source.startswith("https://www.brefeco.com/")
    assert Organisation.objects.get(slug="acet").city is None


def test_an_unknown_city_leaves_the_file_unwritten(db):
    with pytest.raises(KeyError):
        load_organisations(by=None, rows=rows_of("organisations"))
    assert Organisation.objects.count() == 0


def test_the_command_says_what_it_did_and_what_is_missing(db, capsys, tmp_path):
    call_command("load_network")
    assert capsys.readouterr().out == (
        "cities: 32 added, 0 changed, 0 unchanged\norganisations: 9 added, 0 changed, 0 unchanged\n"
    )
    with pytest.raises(CommandError, match="cities.csv is missing"):
        call_command("load_network", data=tmp_path)


CALLED_ALIKE = [
    "Auvergne-Rhône-Alpes",
    "Bangkok",
    "Gunma",
    "Oklahoma",
    "Querétaro",
    "Rio de Janeiro",
    "Shanghai",
    "São Paulo",
    "Sălaj",
    "Tamil Nadu",
]  # in every language


def test_what_the_data_say_is_said_in_french_too(db, client):
    call_command("load_network")
    cities, bodies = rows_of("cities"), rows_of("organisations")
    said = {row["note"] for row in (*cities, *bodies)} | {row["region"] for row in cities} - set(CALLED_ALIKE)
    assert said - {""} == set(TEXTS)
    answer = client.get("/network/", headers={"accept-language": "fr"})
    assert "A accueilli la conférence de 2019" in answer.content.decode()
    assert {row["region"] for row in answer.context["cities"] if row["city"].slug == "aberdeen"} == {"Écosse"}
    shown = [row["note"] for name in ("cities", "organisations") for row in answer.context[name]]
    assert not set(shown) & set(TEXTS)
