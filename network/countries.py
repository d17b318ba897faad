"""Names of the countries in which cities of the network lie, by ISO 3166-1 code."""

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
    """The country's name in the reader's language; the code itself for one that has none here yet."""
    return str(NAMES.get(code, code))
