"""The columns of a row that owes something, and why its last try failed, in the reader's language."""

import smtplib
import socket

from django.db import DatabaseError, models
from django.utils import translation
from django.utils.translation import gettext as _

from toolkit.refusals import Refusal

LONGEST_FAILURE = 500  # characters


class Owing(models.Model):
    """The columns of a row that owes something. Only this module writes them."""

    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=80, blank=True)  # host:process:token
    failure = models.CharField(max_length=LONGEST_FAILURE, blank=True)  # as the machine said it
    # {"code": one of those of `why`, "said": {language: sentence}}; `said` of a rule that said no
    failure_reason = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def let_go(self) -> None:
        """Nobody holds it any more: whoever still works on it keeps nothing. Does not save."""
        self.leased_until, self.leased_by = None, ""

    def start_over(self) -> None:
        """It is owed anew, as if nothing had been tried. Whoever still works on it keeps nothing. Does not save."""
        for name, value in afresh().items():
            setattr(self, name, value)

    @property
    def why(self) -> str:
        """Why the last try failed, in the reader's language, with the machine's own words; empty if it did not."""
        sentence = self.why_in_short
        if not sentence or self.failure_reason["code"] in ("refused", "interrupted"):
            return sentence or self.failure
        return _("%(sentence)s (The server’s own words: %(detail)s)") % {"sentence": sentence, "detail": self.failure}

    @property
    def why_in_short(self) -> str:
        """The same without the machine's words, for who does not run the site."""
        code = self.failure_reason.get("code", "")
        if code == "refused":
            return self.failure_reason.get("said", {}).get(translation.get_language() or "") or self.failure
        return _words(code)


def afresh() -> dict[str, object]:
    """The columns of a row of which nothing has been tried."""
    return {"attempts": 0, "leased_until": None, "leased_by": "", "failure": "", "failure_reason": {}}


def _words(code: str) -> str:
    said = {
        "interrupted": _("The server stopped while it was at work on this, and nobody knows how far it came."),
        "memory": _("The server had not enough memory for it."),
        "connection": _("Another server did not answer, or said no."),
        "files": _("A file could not be read or written on the server."),
        "database": _("The database did not take it."),
        "broken": _("The program met an error that it does not know."),
    }
    return said.get(code, "")


def code_of(error: Exception) -> str:
    """The code of `Owing.why` that tells people of what kind an error is."""
    kinds: list[tuple[str, tuple[type[BaseException], ...]]] = [
        ("refused", (Refusal,)),
        ("memory", (MemoryError,)),
        ("connection", (ConnectionError, TimeoutError, smtplib.SMTPException, socket.gaierror)),
        ("files", (OSError,)),
        ("database", (DatabaseError,)),
    ]
    return next((code for code, classes in kinds if isinstance(error, classes)), "broken")
