from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorridorConfig(AppConfig):
    name = "corridor"
    verbose_name = _("Corridor")
    provides: dict[str, str] = {
        "to_do": "corridor.overview.to_do",
        "watch": "corridor.programmes.overview.programmes_to_watch",
        "roles": "corridor.applications.overview.roles",
        "edition_road": "corridor.overview.edition_road",
        "navigation": "corridor.overview.navigation",
        "edition_navigation": "corridor.overview.edition_navigation",
        "road": "corridor.road_overview.road",
        "due": "corridor.overview.due",
        "personal_data": "corridor.life.personal_data.personal_data",
        "role_ended": "corridor.placement.services.exchange.renew_feeds_known_to",
    }
    mails = (  # what tells of what happens: each kind of mail is a class there
        "corridor.programmes.notices",
        "corridor.applications.notices",
        "corridor.life.notices",
        "corridor.placement.notices",
        "corridor.agreements.notices",
    )
    accepts: dict[str, str] = {}

    def ready(self) -> None:
        import_module("corridor.reads")  # each puts itself above its model
        from corridor.domain.life.reports import Kinds, know_kinds
        from corridor.domain.placement.change import know_changes
        from corridor.domain.placement.rules import know_placement_rules
        from corridor.kinds.placement_rules import PLACEMENT_RULES
        from corridor.life.kinds.report_answers import ANSWER_KINDS
        from corridor.life.kinds.report_figures import FIGURE_KINDS
        from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES

        know_kinds(Kinds(ANSWER_KINDS, FIGURE_KINDS))
        know_changes(PLACEMENT_CHANGES)
        know_placement_rules(PLACEMENT_RULES)
