from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JudgingConfig(AppConfig):
    name = "judging"
    verbose_name = _("Judging")
    provides = {
        "entry_readers": "judging.querysets.entry_readers",
    }
    accepts = {"juror": "judging.services.accept_juror"}
