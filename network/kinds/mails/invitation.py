"""Whoever holds the address: a role waits to be taken on."""

from network.kinds.mail_kinds import MAIL_KINDS, MailKind


@MAIL_KINDS.register
class InvitationMail(MailKind):
    code = "invitation"
