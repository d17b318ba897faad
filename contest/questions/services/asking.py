"""What is asked of those who hand in a form: by an edition, by a programme. What was answered stays asked."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from contest.kinds.question_kinds import QUESTION_KINDS
from contest.models import Asked
from network.models import User
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Refusal

Whole = TypeVar("Whole", bound=Model)
Row = TypeVar("Row", bound=Asked)


class Asking(ABC, Generic[Whole, Row]):
    """Questions of one kind of asker, the `whole` below. A subclass says who may change them and what else follows.

    `asked` are the columns that a save may change.
    """

    asked: tuple[str, ...] = ("code", "text", "help", "kind", "choices", "max_chars", "is_required", "order")

    @abstractmethod
    def held(self, by: User, whole: Whole) -> Whole:
        """The asker, locked and read anew. Raises Forbidden, or Refusal, where `by` may not change what it asks."""

    @abstractmethod
    def whole_of(self, question: Row) -> Whole: ...

    @abstractmethod
    def rows(self, whole: Whole) -> QuerySet[Row]: ...

    @abstractmethod
    def begun(self, whole: Whole) -> Row:
        """A question that nobody has saved yet."""

    @abstractmethod
    def told(self, whole: Whole) -> dict[str, Any]:
        """What events say of the asker."""

    @abstractmethod
    def say(self, code: str) -> str:
        """The kind's own sentence for answered, kind_late, max_late and choices_late."""

    def require_fair(self, whole: Whole, question: Row, kept: Mapping[str, Any], *, is_new: bool) -> None:
        """Raises Refusal for what else may not change now. `kept` is what was asked before."""

    def saved(self, by: User, whole: Whole, question: Row, changed: list[str]) -> None:
        """What else follows a save, in its transaction."""

    @transaction.atomic
    def save(self, *, by: User, whole: Whole, question: Row | None = None, **fields: Any) -> Row:
        """Adds or changes a question; `fields` are those of `asked`, the others keep their value.

        An answered one keeps its kind and its choices, and its room can only grow.
        """
        unknown = set(fields) - set(self.asked)
        if unknown:
            raise TypeError(f"not part of a question: {', '.join(sorted(unknown))}")
        whole = self.held(by, whole)
        is_new = question is None
        row = self.begun(whole) if question is None else locked(self.rows(whole).filter(pk=question.pk)).get()
        kept = {name: getattr(row, name) for name in self.asked}
        for name, value in fields.items():
            setattr(row, name, value)
        self._require_sound(whole, row)
        self.require_fair(whole, row, kept, is_new=is_new)
        if not is_new and _is_answered(row):
            self._require_same(row, kept)
        changed = [name for name in self.asked if is_new or str(kept[name]) != str(getattr(row, name))]
        row.save()
        record_event(by=by, verb="save", thing=row, after={**self.told(whole), "code": row.code, "changed": changed})
        self.saved(by, whole, row, changed)
        return row

    @transaction.atomic
    def remove(self, *, by: User, question: Row) -> None:
        """Removes a question that nobody has answered."""
        self.held(by, self.whole_of(question))
        if _is_answered(question):
            raise Refusal(self.say("answered"), code="question.answered")
        record_event(by=by, verb="remove", thing=question, before={"code": question.code})
        _answers(question).delete()
        question.delete()

    def _require_sound(self, whole: Whole, question: Row) -> None:
        same = self.rows(whole).filter(code=question.code).exclude(pk=question.pk)
        if not question.code or same.exists():
            raise Refusal(_("Another question has this code."), code="question.code", field="code", status=422)
        if not str(question.text).strip():
            raise Refusal(_("Write the question."), code="question.text", field="text", status=422)
        if question.max_chars < 1:
            sentence = _("Leave room for at least one character.")
            raise Refusal(sentence, code="question.max", field="max_chars", status=422)
        field, sentence = QUESTION_KINDS.ask(question.kind, field="kind").refused(question)
        if sentence:
            raise Refusal(sentence, code=f"question.{field}", field=field, status=422)

    def _require_same(self, question: Row, kept: Mapping[str, Any]) -> None:
        if question.kind != kept["kind"]:
            raise Refusal(self.say("kind_late"), code="question.kind_late", field="kind")
        if question.max_chars < kept["max_chars"]:
            raise Refusal(self.say("max_late"), code="question.max_late", field="max_chars")
        if {choice["code"] for choice in kept["choices"]} - {choice["code"] for choice in question.choices}:
            raise Refusal(self.say("choices_late"), code="question.choices_late", field="choices")


def _answers(question: Asked) -> QuerySet[Any]:
    answers: QuerySet[Any] = getattr(question, "answers").all()  # noqa: B009  # each kind has its own model of them
    return answers


def _is_answered(question: Asked) -> bool:
    return _answers(question).exclude(value="").exists()
