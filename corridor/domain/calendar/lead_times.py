"""Lead times: how many days before a start a decision must fall, by nationality and host country. Pure.
Never legal advice.

`table` maps (nationality, host country) to days. Either may be EU, for every member; an empty nationality stands for
every one that has no row of its own. The row that says most about a person counts: nationality before union before
everybody, and for each of these the country before the union. A person may have several nationalities and comes by the
one that takes least; a team waits for the longest of its people. At home, nobody needs a lead time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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


def people_of(told: Iterable[Iterable[str] | str]) -> list[tuple[str, ...]]:
    """Each person's nationalities. A code alone is a person with one."""
    return [(one,) if isinstance(one, str) else tuple(one) for one in told]


@dataclass(frozen=True)
class Cost:
    """What a team waits for: `days` of the person at `place` (0:
    the first), whose shortest way in is by `nationality`."""

    place: int
    nationality: str
    days: int


def shortest(nationalities: Iterable[str], host_country: str, table: Table) -> tuple[str, int] | None:
    """(nationality, days) of a person's shortest way in; None where nothing is known of any.

    What nothing is known of is no way in, as long as something is known of another nationality.
    """
    known = [(days, one) for one in nationalities if (days := _days(one, host_country, table)) is not None]
    days, nationality = min(known, default=(None, ""))
    return None if days is None else (nationality, days)


def cost_of(people: Iterable[Iterable[str] | str], host_country: str, table: Table) -> Cost | None:
    """Who costs most days, the first of several; None where nobody has to wait."""
    ways = [(place, shortest(one, host_country, table)) for place, one in enumerate(people_of(people))]
    costs = [Cost(place, *way) for place, way in ways if way is not None and way[1] > 0]
    return max(costs, key=lambda cost: (cost.days, -cost.place), default=None)


def lead_days(people: Iterable[Iterable[str] | str], host_country: str, table: Table) -> int:
    """The days that a team needs for a host country; 0 where nothing is known or nothing is needed."""
    cost = cost_of(people, host_country, table)
    return cost.days if cost else 0


def _days(nationality: str, host_country: str, table: Table) -> int | None:
    """The days of one nationality: none at home, none within the Union unless a row says otherwise,
    None when not known."""
    free = nationality == host_country or {nationality, host_country} <= MEMBERS
    return next((table[key] for key in keys_of(nationality, host_country) if key in table), 0 if free else None)


def feasible_from(
    people: Iterable[Iterable[str] | str], host_country: str, decided_on: date, table: Table
) -> date | None:
    """The first day on which the team may start, if decided on a day; None without a lead time."""
    days = lead_days(people, host_country, table)
    return decided_on + timedelta(days=days) if days else None


def latest_decision(
    people: Iterable[Iterable[str] | str], host_country: str, starts: date, table: Table
) -> date | None:
    """The last day on which a stay that starts on a day may still be decided; None without a lead time."""
    days = lead_days(people, host_country, table)
    return starts - timedelta(days=days) if days else None
