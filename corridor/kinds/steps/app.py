"""A code of the account's authenticator app, or one of those kept for the day when it is lost."""

from django.utils.translation import gettext_lazy as _

from corridor.kinds.second_steps import SECOND_STEPS, SecondStep


@SECOND_STEPS.register
class AppStep(SecondStep):
    code, order, name = "app", 30, _("a code of an authenticator app")
    records = ("totp", "recovery_codes")
