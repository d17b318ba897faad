from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    provides = {
        "public_navigation": "config.public.navigation",
        "edition_navigation": "config.exports.edition_navigation",
    }

    def ready(self) -> None:
        from config import checks  # noqa: F401  registers the checks
        from config.former_names import answer_to_former_names

        answer_to_former_names()
