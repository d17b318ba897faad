"""The address of an account, the old one and the new one: its way in is to be reset, and has been."""

from network.kinds.mail_kinds import MAIL_KINDS, MailKind


@MAIL_KINDS.register
class ResetAsked(MailKind):
    code = "account_reset_asked"


@MAIL_KINDS.register
class ResetDone(MailKind):
    code = "account_reset_done"
