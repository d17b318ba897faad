"""Names of the countries in which cities of the network lie, by ISO 3166-1 code."""

import importlib.resources
from functools import cache

from django.utils.translation import gettext_lazy as _

NAMES = {
    "BE": _("Belgium"),
    "BR": _("Brazil"),
    "CA": _("Canada"),
    "CN": _("China"),
    "CZ": _("Czech Republic"),
    "DE": _("Germany"),
    "ES": _("Spain"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "HU": _("Hungary"),
    "IN": _("India"),
    "IT": _("Italy"),
    "JP": _("Japan"),
    "MX": _("Mexico"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "RO": _("Romania"),
    "RS": _("Serbia"),
    "TH": _("Thailand"),
    "US": _("United States"),
}


def country_name(code: str) -> str:
    """The country's name in the reader's language; the English one where it has none here."""
    return str(NAMES.get(code) or _iso().get(code, code))


@cache
def _iso() -> dict[str, str]:
    """{code: English name} of every country, from the table that the time zone data carry."""
    table = importlib.resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {code: name.replace("Britain (UK)", "United Kingdom") for code, name in rows}


def every_country() -> list[tuple[str, str]]:
    """(code, name) of every country, by name: in the reader's language where the network has its name, in English otherwise."""
    return sorted(((code, str(NAMES.get(code, name))) for code, name in _iso().items()), key=lambda row: row[1])
