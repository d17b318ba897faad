"""Time zones: whose data we count with, which of a zone's names is the present one,
and what people call it (“Paris time”).

Zones of the network's cities have names of their own, which can be translated.
"""

import importlib.resources
import zoneinfo
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NAMES = {
    "America/Chicago": gettext_lazy("Chicago time"),
    "America/Halifax": gettext_lazy("Halifax time"),
    "America/Mexico_City": gettext_lazy("Mexico City time"),
    "America/New_York": gettext_lazy("New York time"),
    "America/Sao_Paulo": gettext_lazy("São Paulo time"),
    "America/Toronto": gettext_lazy("Toronto time"),
    "Asia/Bangkok": gettext_lazy("Bangkok time"),
    "Asia/Kolkata": gettext_lazy("Kolkata time"),
    "Asia/Shanghai": gettext_lazy("Shanghai time"),
    "Asia/Tokyo": gettext_lazy("Tokyo time"),
    "Europe/Berlin": gettext_lazy("Berlin time"),
    "Europe/Brussels": gettext_lazy("Brussels time"),
    "Europe/Bucharest": gettext_lazy("Bucharest time"),
    "Europe/Lisbon": gettext_lazy("Lisbon time"),
    "Europe/London": gettext_lazy("London time"),
    "Europe/Madrid": gettext_lazy("Madrid time"),
    "Europe/Paris": gettext_lazy("Paris time"),
    "Europe/Rome": gettext_lazy("Rome time"),
}


# Old names whose place has one of its own, while the link leads to another place that has kept the same hours.
RENAMED = {
    "Africa/Asmera": "Africa/Asmara",
    "Africa/Timbuktu": "Africa/Bamako",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Virgin": "America/St_Thomas",
    "Antarctica/South_Pole": "Antarctica/McMurdo",
    "Atlantic/Jan_Mayen": "Arctic/Longyearbyen",
    "Iceland": "Atlantic/Reykjavik",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
    "Pacific/Yap": "Pacific/Chuuk",
}


# Names of no place, like those in capitals alone (EST, UTC).
ABBREVIATIONS = {"EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "Greenwich", "Universal", "Zulu"}


def use_pinned_zones() -> None:
    """From now on this process reads time zones from the package tzdata alone, whose version is pinned: a machine's own
    files are as old as the machine, and governments change clocks every year.
    """
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()


def _table(name: str) -> list[list[str]]:
    text = importlib.resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


@cache
def present_names() -> frozenset[str]:
    """The IANA names of places that are in use (zone.tab), which lists offer."""
    return frozenset(row[2] for row in _table("zone.tab"))


@cache
def _links() -> dict[str, str]:
    """{another name: zone}, of every name that the database keeps beside a zone's own
    (lines “L zone name” of tzdata.zi)."""
    return {row[2]: row[1] for row in _table("tzdata.zi") if row[0] == "L"}


def present_name(key: str) -> str:
    """The name that is in use today of a zone that a browser or an old row calls otherwise:
    “Asia/Kolkata” for “Asia/Calcutta”.

    Names of no place (“UTC”, “EST”, “Etc/GMT+5”) and unknown ones stay as they are.
    """
    if key in present_names() or key.startswith("Etc/"):
        return key
    found = RENAMED.get(key, _links().get(key, key))
    return found if found in present_names() and not key.isupper() and key not in ABBREVIATIONS else key


def name_of_zone(key: str) -> str:
    """The name of an IANA zone in the reader's language; its city where it has no name here."""
    key = present_name(key)
    if key in ("UTC", "Etc/UTC"):
        return "UTC"
    if key in NAMES:
        return str(NAMES[key])
    return _("%(city)s time") % {"city": key.rsplit("/", 1)[-1].replace("_", " ")}
