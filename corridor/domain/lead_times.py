"""Lead times: how many days before a start a decision must fall, by nationality and host country. Pure. Never legal advice.

`table` maps (nationality, host country) to days; an empty nationality stands for every one that has no row of its own.
A team's lead time is the longest of its people's; at home, nobody needs one.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

Table = Mapping[tuple[str, str], int]


def lead_days(nationalities: Iterable[str], host_country: str, table: Table) -> int:
    """The days that a team needs for a host country; 0 where nothing is known or nothing is needed."""
    return max((_days(one, host_country, table) for one in nationalities), default=0)


def _days(nationality: str, host_country: str, table: Table) -> int:
    if nationality == host_country:
        return 0
    return table.get((nationality, host_country), table.get(("", host_country), 0))


def feasible_from(nationalities: Iterable[str], host_country: str, decided_on: date, table: Table) -> date | None:
    """The first day on which the team may start, if decided on a day; None without a lead time."""
    days = lead_days(nationalities, host_country, table)
    return decided_on + timedelta(days=days) if days else None


def latest_decision(nationalities: Iterable[str], host_country: str, starts: date, table: Table) -> date | None:
    """The last day on which a stay that starts on a day may still be decided; None without a lead time."""
    days = lead_days(nationalities, host_country, table)
    return starts - timedelta(days=days) if days else None
