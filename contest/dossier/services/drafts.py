"""Saving what is written into a dossier: the one path for entries, applications and what comes.

A save carries the version that it started from: a stale one is shown, never applied. What was sent must stay whole, and
is sent again by the save.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Generic, NoReturn, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from contest.domain.answers import Fault, tidy
from contest.dossier.reading import Missing
from contest.dossier.words import say_fault
from contest.models import Dossier, DossierFile
from network.models import User
from network.services import record_event
from toolkit.refusals import Refusal

Row = TypeVar("Row", bound=Dossier)


class Stale(Refusal):
    """Somebody saved the dossier after this form was opened. `row` is what is kept now."""

    def __init__(self, sentence: str, *, code: str, row: Any) -> None:
        super().__init__(sentence, code=code)
        self.row = row


class DossierKind(ABC, Generic[Row]):
    """A kind of dossier. A subclass says who writes it and until when, what it holds, and what follows a save.

    `name` begins the codes of its refusals; `written` are the columns that a save may change, `limits` how many
    characters those of them that are texts may have.
    """

    name: str
    written: tuple[str, ...]
    limits: Mapping[str, int]
    writable: tuple[str, ...]  # the states in which it is written

    # What a kind says.

    @abstractmethod
    def held(self, row: Row) -> Row:
        """The row, locked and read anew. Inside a transaction only."""

    @abstractmethod
    def require_author(self, by: User, row: Row) -> None:
        """Raises Forbidden unless `by` writes it."""

    @abstractmethod
    def require_open(self, row: Row) -> None:
        """Raises Refusal outside its call, with the dates."""

    @abstractmethod
    def questions(self, row: Row) -> QuerySet[Any]:
        """What is asked of it: rows of an Asked."""

    @abstractmethod
    def missing_of(self, row: Row) -> list[Missing]:
        """What has to be filled in before it can be sent, in the order of the steps."""

    @abstractmethod
    def send_again(self, by: User, row: Row) -> None:
        """After a save of what was sent: refuses what is no longer whole, else sends it again."""

    @abstractmethod
    def say(self, code: str) -> str:
        """The kind's own sentence for stale, fixed (takes the state) and not_asked."""

    def require_sound(self, row: Row, values: Mapping[str, Any]) -> None:
        """Raises Refusal for a value that is none, beside texts that are too long."""

    def saved(self, by: User, row: Row, changed: Mapping[str, Any]) -> None:
        """What else follows a save, in its transaction."""

    def require_place(self, row: Row, place: Mapping[str, Any]) -> None:
        """Raises what says that no file is asked at this place."""

    def file_values(self, by: User) -> dict[str, object]:
        """Columns of a file beside those that all have."""
        return {}

    def file_kept(self, file: Any) -> None:
        """What is owed of a file that was kept, in its transaction."""

    def file_forgotten(self, file: DossierFile) -> None:
        """After a file is gone for certain."""

    # What is the same for all.

    @transaction.atomic
    def save_parts(
        self,
        *,
        by: User,
        row: Row,
        version: int,
        values: Mapping[str, Any] | None = None,
        answers: Mapping[int, str] | None = None,
        is_typed: bool = False,
    ) -> Row:
        """Saves the parts given and leaves the others. `values` takes names of
        `written`, `answers` text by question id.

        Raises Stale when `version` is not the row's (unless nothing would change), Refusal for a bad value, outside the
        call, or once it is decided on. What is typed on (`is_typed`) is kept, and told of only once it was sent.
        """
        row = self.held(row)
        self.require_author(by, row)
        changed, texts = self._changed_values(row, values or {}), _changed_answers(row, answers or {})
        if not changed and not texts:
            return row
        if version != row.version:
            self.refuse_stale(row)
        self.require_writable(row)
        self._require_values(row, changed)
        self._require_answers(row, texts)
        for name, value in changed.items():
            setattr(row, name, value)
        for question_id, text in texts.items():
            row.answers.update_or_create(question_id=question_id, defaults={"value": text})
        parts = [*changed, *(f"question_{pk}" for pk in texts)]
        self.touch(by=by, row=row, parts=parts, is_told=row.was_sent or not is_typed)
        self.saved(by, row, changed)
        return row

    def touch(self, *, by: User, row: Row, parts: list[str], is_told: bool = True) -> None:
        """Counts one more version and records which parts changed, never what they say. Under the row's lock."""
        row.version += 1
        row.save()
        if is_told:
            record_event(by=by, verb="save", thing=row, after={"version": row.version, "parts": parts})
        if row.was_sent:
            self.send_again(by, row)

    def require_writable(self, row: Row) -> None:
        """Raises Refusal outside the call, and once it is decided on or withdrawn."""
        self.require_open(row)
        if row.state not in self.writable:
            raise Refusal(self.say("fixed") % {"state": row.get_state_display()}, code=f"{self.name}.fixed")

    def refuse_stale(self, row: Row) -> NoReturn:
        raise Stale(self.say("stale"), code=f"{self.name}.stale", row=row)

    def _changed_values(self, row: Row, values: Mapping[str, Any]) -> dict[str, object]:
        unknown = set(values) - set(self.written)
        if unknown:
            raise TypeError(f"not written in this dossier: {', '.join(sorted(unknown))}")
        tidied = {name: tidy(value) if isinstance(value, str) else value for name, value in values.items()}
        return {name: value for name, value in tidied.items() if getattr(row, name) != value}

    def _require_values(self, row: Row, values: Mapping[str, Any]) -> None:
        for name, limit in self.limits.items():
            if len(values.get(name, "")) > limit:
                fault = Fault("too_long", limit=limit, length=len(values[name]))
                raise Refusal(say_fault(fault), code=f"{self.name}.{name}", field=name, status=422)
        self.require_sound(row, values)

    def _require_answers(self, row: Row, texts: Mapping[int, str]) -> None:
        questions = {question.pk: question for question in self.questions(row)} if texts else {}
        for question_id, text in texts.items():
            question = questions.get(question_id)
            if question is None:
                raise Refusal(self.say("not_asked"), code=f"{self.name}.question", status=422)
            fault = question.fault_in(text)
            if fault:
                raise Refusal(fault, code=f"{self.name}.answer", field=f"question_{question_id}", status=422)


def _changed_answers(row: Dossier, answers: Mapping[int, str]) -> dict[int, str]:
    kept = dict(row.answers.filter(question_id__in=answers).values_list("question_id", "value")) if answers else {}
    tidied = {question_id: tidy(text) for question_id, text in answers.items()}
    return {question_id: text for question_id, text in tidied.items() if kept.get(question_id, "") != text}


def refuse_missing(missing: list[Missing], sentence: str, *, code: str) -> None:
    """Raises Refusal with the parts named in `sentence`, beside the field of the first, where any is missing."""
    if missing:
        parts = {"parts": "; ".join(part.label for part in missing)}
        raise Refusal(sentence % parts, code=code, field=missing[0].field, status=422)
