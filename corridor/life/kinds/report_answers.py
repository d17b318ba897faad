"""How a question of a report is answered: one class for each kind, in corridor/life/kinds/answers.

A kind says what its question needs (`fault_of`), how what was typed is read (`read`, `problems`), how it is asked
(`is_listed`, `is_long`, `keyboard`) and said (`in_words`).
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from corridor.domain.life.reports import Question
from toolkit.kinds import Registry


class AnswerKind:
    """A kind of answer; this one takes any text. `problems` are the sentences for the codes that `read` raises."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    problems: ClassVar[Mapping[str, str | Promise]] = {}
    usual_unit: ClassVar[str] = ""
    is_listed: ClassVar[bool] = False  # one of the question's choices
    is_long: ClassVar[bool] = False  # several lines: may hold anything about anybody
    keyboard: ClassVar[str] = ""  # of a phone: numeric or decimal

    def fault_of(self, question: Question) -> str:
        """Why a question can't be asked like this, for who writes it down; empty where it can."""
        if self.is_listed != bool(question.choices):
            return "choices that do not fit its kind"
        return ""

    def unit_of(self, typed: str) -> str:
        """What the organiser typed as the unit, as it is kept."""
        return typed

    def read(self, question: Question, typed: str) -> int | str:
        """What was typed (not empty) as it is kept: an int, or a Decimal, a text or a choice as text. Raises ValueError
        with one of `problems`."""
        return typed

    def in_words(self, question: Question, answer: Any) -> str:
        """An answer as people read it, without the unit."""
        return str(answer)


class ListedAnswer(AnswerKind):
    """One of the question's choices."""

    is_listed = True
    problems = {"choice": _("Choose one of the answers.")}

    def read(self, question: Question, typed: str) -> int | str:
        if typed not in question.choices:
            raise ValueError("choice")
        return typed

    def in_words(self, question: Question, answer: Any) -> str:
        return str(LazyI18nString(dict(question.choices[answer])))


ANSWER_KINDS: Registry[AnswerKind] = Registry(_("Kind of answer"), "corridor.life.kinds.answers")
