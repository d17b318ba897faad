"""Names of all countries, by ISO 3166-1 code, in every language that people read here (data/countries.csv,
from Unicode's CLDR)."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache

from django.conf import settings
from django.utils.translation import get_language

from toolkit.folding import fold


def country_name(code: str) -> str:
    """The country's name in the reader's language; the code itself where it is none."""
    return _names().get(code, code)


def countries_in_words(codes: Iterable[str], named: Mapping[str, str]) -> str:
    """“France / Senegal”: countries by code, by the names that a text has for them where it has one."""
    return " / ".join(named.get(code) or country_name(code) for code in codes)


def every_country() -> list[tuple[str, str]]:
    """(code, name) of every country, by name as the reader's language writes it: É stands with E."""
    return sorted(_names().items(), key=lambda row: fold(row[1]))


def _names() -> dict[str, str]:
    tables = _tables()
    return tables.get((get_language() or "en").split("-")[0]) or tables["en"]


@cache
def _tables() -> dict[str, dict[str, str]]:
    """{language: {code: name}}."""
    with (settings.BASE_DIR / "data" / "countries.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {language: {row["code"]: row[language] for row in rows} for language in rows[0] if language != "code"}
