from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorridorConfig(AppConfig):
    name = "corridor"
    verbose_name = _("Corridor")
    provides: dict[str, str] = {}
    accepts: dict[str, str] = {}
