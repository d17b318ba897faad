from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    name = "toolkit"

    def ready(self) -> None:
        from toolkit.folding import connect
        from toolkit.years import teach_forms

        connect()
        teach_forms()
