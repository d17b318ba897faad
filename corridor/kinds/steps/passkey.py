"""A passkey of the account."""

from django.utils.translation import gettext_lazy as _

from corridor.kinds.second_steps import SECOND_STEPS, SecondStep


@SECOND_STEPS.register
class PasskeyStep(SecondStep):
    code, order, name = "passkey", 20, _("a passkey")
    records = ("webauthn",)
