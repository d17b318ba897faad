"""Lead times: how many days before a start a decision must fall, by nationality and host country. Pure. Never legal advice.

`table` maps (nationality, host country) to days. Either may be EU, for every member; an empty nationality stands for every one
that has no row of its own. The row that says most about a person counts: nationality before union before everybody, and for
each of these the country before the union. A team's lead time is the longest of its people's; at home, nobody needs one.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

Key = tuple[str, str]
Table = Mapping[Key, int]
EU = "EU"
MEMBERS = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)  # since 2020


def keys_of(nationality: str, host_country: str) -> Iterator[Key]:
    """The rows that may speak of a person, the one that says most first. None at home."""
    if nationality == host_country:
        return
    for whose in [nationality, *([EU] if nationality in MEMBERS else []), ""]:
        for where in [host_country, *([EU] if host_country in MEMBERS else [])]:
            yield whose, where


def lead_days(nationalities: Iterable[str], host_country: str, table: Table) -> int:
    """The days that a team needs for a host country; 0 where nothing is known or nothing is needed."""
    return max((_days(one, host_country, table) for one in nationalities), default=0)


def _days(nationality: str, host_country: str, table: Table) -> int:
    return next((table[key] for key in keys_of(nationality, host_country) if key in table), 0)


def feasible_from(nationalities: Iterable[str], host_country: str, decided_on: date, table: Table) -> date | None:
    """The first day on which the team may start, if decided on a day; None without a lead time."""
    days = lead_days(nationalities, host_country, table)
    return decided_on + timedelta(days=days) if days else None


def latest_decision(nationalities: Iterable[str], host_country: str, starts: date, table: Table) -> date | None:
    """The last day on which a stay that starts on a day may still be decided; None without a lead time."""
    days = lead_days(nationalities, host_country, table)
    return starts - timedelta(days=days) if days else None
