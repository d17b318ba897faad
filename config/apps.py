from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    provides = {
        "public_navigation": "config.public.navigation",
        "edition_navigation": "config.exports.edition_navigation",
    }

    def ready(self) -> None:
        from config import checks  # noqa: F401  registers the checks
