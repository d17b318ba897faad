from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContestConfig(AppConfig):
    name = "contest"
    verbose_name = _("Contest")
    provides = {
        "to_do": "contest.overview.to_do",
        "watch": "contest.nominations.overview.entries_to_watch",
        "edition_road": "contest.road_overview.edition_road",
        "navigation": "contest.overview.navigation",
        "city_navigation": "contest.overview.city_navigation",
        "edition_navigation": "contest.overview.edition_navigation",
        "road": "contest.road_overview.road",
        "due": "contest.overview.due",
        "entry_readers": "contest.reads.entries.entries_known_to",
    }
    mails = (  # what tells of what happens: each kind of mail is a class there
        "contest.editions.notices",
        "contest.entries.notices",
        "contest.nominations.notices",
    )
    accepts: dict[str, str] = {}

    def ready(self) -> None:
        import_module("contest.reads")  # each puts itself above its model
