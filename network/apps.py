from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")
    provides = {
        "to_do": "network.overview.to_do",
        "roles": "network.overview.roles",
        "navigation": "network.overview.navigation",
        "due": "network.overview.due",
    }

    def ready(self) -> None:
        import network.account_events  # noqa: F401  its receivers

    accepts = {"membership": "network.services.accept_membership"}
