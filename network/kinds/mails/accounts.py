"""What allauth writes about an account: one kind for each of its templates, which hold codes and links."""

from collections.abc import Iterator
from pathlib import Path

import allauth

from network.kinds.mail_kinds import MAIL_KINDS, MailKind

SUBJECT = "_subject.txt"


class AccountMail(MailKind):
    """Rendered by network.accounts from the library's own names: account/email/login_code_message.txt …"""

    order = 90
    is_secret = True


def code_of(prefix: str) -> str:
    """What columns hold, of the library's name of a mail: “account/email/login_code”."""
    return prefix.replace("/", ".")


def prefixes() -> Iterator[str]:
    """The library's names of the mails that it may write."""
    templates = Path(allauth.__file__).parent / "templates"
    for path in sorted(templates.glob(f"*/email/*{SUBJECT}")):
        yield str(path.relative_to(templates)).removesuffix(SUBJECT)


for _prefix in prefixes():
    MAIL_KINDS.register(type("AccountMail", (AccountMail,), {"code": code_of(_prefix), "__module__": __name__}))
