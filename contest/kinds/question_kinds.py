"""What a kind of question is: one class for each, in contest/kinds/questions. An edition asks its entrants, a
programme those who apply.

A kind says what it is called, what a question of it needs (`refused`), in which field it is answered (`field`,
`help`), what is no answer (`fault_in`) and how an answer is read (`in_words`). An answer is kept as text.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from toolkit.kinds import Registry

USUAL = "long"  # what a new question is until somebody chooses


class AskedOf(Protocol):
    """What a kind may know of a question."""

    choices: list[dict[str, Any]]  # {"code", "name": {"en", "fr"}}
    max_chars: int


class QuestionKind:
    """A kind of question; this one takes any text."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]

    def refused(self, asked: AskedOf) -> tuple[str, str]:
        """(field, sentence): why a question can't be asked like this; empty where it can."""
        return "", ""

    def field(self, asked: AskedOf, **options: Any) -> forms.Field:
        """The field in which it is answered. None is required: a draft may be empty."""
        return forms.CharField(**options)

    def help(self, asked: AskedOf) -> str:
        """What stands below the field besides the question's own help."""
        return ""

    def fault_in(self, asked: AskedOf, text: str) -> str:
        """Why a tidied text that is not empty is no answer, in words; empty where it is one."""
        return ""

    def in_words(self, asked: AskedOf, value: str) -> str:
        """An answer as people read it."""
        return value


class TextKind(QuestionKind):
    """A text with a most of characters."""

    def help(self, asked: AskedOf) -> str:
        most = ngettext("%(count)s character at most.", "%(count)s characters at most.", asked.max_chars)
        return most % {"count": asked.max_chars}

    def fault_in(self, asked: AskedOf, text: str) -> str:
        if len(text) <= asked.max_chars:
            return ""
        return _("%(length)s characters: at most %(limit)s.") % {"length": len(text), "limit": asked.max_chars}


class ListKind(QuestionKind):
    """One of a list: radio buttons."""

    def listed(self, asked: AskedOf) -> Sequence[tuple[str, str]]:
        """(code, name) of each that may be chosen."""
        return ()

    def field(self, asked: AskedOf, **options: Any) -> forms.Field:
        return forms.ChoiceField(widget=forms.RadioSelect, choices=self.listed(asked), **options)

    def fault_in(self, asked: AskedOf, text: str) -> str:
        return "" if text in dict(self.listed(asked)) else _("Choose one of the list.")

    def in_words(self, asked: AskedOf, value: str) -> str:
        return dict(self.listed(asked)).get(value, value)


QUESTION_KINDS: Registry[QuestionKind] = Registry(gettext_lazy("Kind of question"), "contest.kinds.questions")


def offered() -> list[tuple[str, str | Promise]]:
    """What a form offers: (code, name)."""
    return [(kind.code, kind.name) for kind in QUESTION_KINDS.values()]
