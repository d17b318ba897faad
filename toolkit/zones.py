"""What people call a time zone: “Paris time”. Zones of the network's cities have names of their own, which can be translated."""

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


def name_of_zone(key: str) -> str:
    """The name of an IANA zone in the reader's language; its city where it has no name here."""
    if key in ("UTC", "Etc/UTC"):
        return "UTC"
    if key in NAMES:
        return str(NAMES[key])
    return _("%(city)s time") % {"city": key.rsplit("/", 1)[-1].replace("_", " ")}
