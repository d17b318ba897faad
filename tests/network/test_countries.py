"""Countries by name, in the reader's language."""

import importlib.resources

import pytest
from django.conf import settings
from django.utils import translation

from network.countries import country_name, every_country


def test_every_country_of_iso_3166_has_a_name_in_every_language():
    table = importlib.resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    codes = {line.split("\t")[0] for line in table.splitlines() if line and not line.startswith("#")}
    for language, _name in (*settings.LANGUAGES, ("es", "")):
        with translation.override(language):
            assert {code for code, name in every_country() if name.strip() and name != code} == codes


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Czechia", "Egypt", "Turks & Caicos Islands"]),
        ("fr", ["Tchéquie", "Égypte", "Îles Turques-et-Caïques"]),
        ("es", ["Chequia", "Egipto", "Islas Turcas y Caicos"]),  # agreements are drawn up in Spanish too
        ("de", ["Czechia", "Egypt", "Turks & Caicos Islands"]),
    ],
)
def test_names(language, names):
    with translation.override(language):
        assert [country_name(code) for code in ("CZ", "EG", "TC")] == names
        assert country_name("ZZ") == "ZZ"


def test_an_accent_does_not_send_a_country_to_the_end_of_the_list():
    with translation.override("fr"):
        names = [name for _code, name in every_country()]
    assert names.index("Égypte") < names.index("Finlande")
    assert names[-1] == "Zimbabwe"
