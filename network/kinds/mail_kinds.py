"""What a mail is: one class for each kind, in network/kinds/mails and beside what it tells of, in the modules that apps
name as their `mails` (apps.py).

A kind says whom it is for and when (`tell`, of upper apps), and whether it holds a secret; its words are the templates
mail/<code>.subject.txt, .txt and .html. What the clock has to write of it stands in `due`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from toolkit.kinds import Registry
from toolkit.protocols import Owed


class MailKind:
    """A kind of mail. None can be unsubscribed from: each tells somebody what concerns them and nobody else would."""

    code: ClassVar[str]
    order: ClassVar[int] = 50
    is_secret: ClassVar[bool] = False  # holds a code or a link: never listed, its text erased a day after sending

    @classmethod
    def template(cls, part: str) -> str:
        """The template of its `part`: subject.txt, txt or html."""
        return f"mail/{cls.code}.{part}"

    @classmethod
    def due(cls, now: datetime) -> Iterable[Owed]:
        """What the minute clock has to write of it."""
        return ()


class MailKinds(Registry[MailKind]):
    """Those of this app, and those that the apps above name."""

    def folders(self) -> Iterator[str]:
        yield self.folder
        for config in apps.get_app_configs():
            yield from getattr(config, "mails", ())


MAIL_KINDS = MailKinds(_("Kind of mail"), "network.kinds.mails")
