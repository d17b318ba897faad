"""A code to the account's address. A session's own word that one was typed does not sign: another is sent for it."""

from django.utils.translation import gettext_lazy as _

from corridor.kinds.second_steps import SECOND_STEPS, SecondStep


@SECOND_STEPS.register
class MailStep(SecondStep):
    code, order, name = "mail", 10, _("a code sent by mail")
    records = ("code",)
    signs = False

    def counts_outside(self, has_device: bool) -> bool:
        return not has_device  # where it is all that the account has
