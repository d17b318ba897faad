"""What a step of a dossier asks: fields that know what is kept, and the version that they were made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from contest.kinds.question_kinds import QUESTION_KINDS
from contest.models import Asked

if TYPE_CHECKING:
    from django.http import QueryDict


class VersionedForm(forms.Form):
    """A form that carries the version of the dossier that it was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, entry: Any, **kwargs: Any) -> None:
        self.entry = entry
        kwargs["initial"] = {"version": entry.version, **self.kept(entry)}
        super().__init__(*args, **kwargs)

    def kept(self, entry: Any) -> dict[str, Any]:
        """What is kept, by field."""
        return {}

    def values(self) -> dict[str, Any]:
        """What save takes by column."""
        return {}

    def answers(self) -> dict[int, str]:
        """What save takes by question id."""
        return {}

    def compare(self, entry: Any) -> list[dict[str, object]]:
        """Fields whose text here differs from what is kept in `entry`, with what is kept in words."""
        kept = self.kept(entry)
        found: list[dict[str, object]] = []
        for name, value in kept.items():
            if name in self.fields and self._typed(name, value) != _as_typed(value):
                found.append({"label": self.fields[name].label, "kept": self.in_words(name, value)})
        return found

    def _typed(self, name: str, value: Any) -> str | list[str]:
        """What stands in the form, of the kind that `value` is: one text, or of a list all that were chosen."""
        given = self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return _as_typed((given or []) if isinstance(value, (list, tuple)) else self.data.get(name, ""))

    def in_words(self, name: str, value: Any) -> str:
        choices = dict(getattr(self.fields[name], "choices", []))
        if isinstance(value, (list, tuple)):
            return ", ".join(str(choices.get(one, one)) for one in value)
        return str(choices.get(value, value) or "")


def with_version(typed: QueryDict, version: int) -> QueryDict:
    """What was typed, on top of a newer version."""
    data = typed.copy()
    data["version"] = str(version)
    return data


def _as_typed(value: Any) -> str | list[str]:
    if isinstance(value, (list, tuple)):
        return sorted(str(one) for one in value)
    return str(value or "").replace("\r\n", "\n").strip()


class QuestionsAsked(VersionedForm):
    """The questions of whoever asks, after the form's own fields. A required one may still be empty in a draft."""

    asker: str  # the dossier's field for whoever asks

    def __init__(self, *args: Any, entry: Any, **kwargs: Any) -> None:
        self.questions: list[Asked] = list(getattr(entry, self.asker).questions.all())
        super().__init__(*args, entry=entry, **kwargs)
        for question in self.questions:
            self.fields[f"question_{question.pk}"] = field_of(question)

    def kept(self, entry: Any) -> dict[str, Any]:
        texts = dict(entry.answers.values_list("question_id", "value"))
        return {f"question_{question.pk}": texts.get(question.pk, "") for question in self.questions}

    def clean(self) -> dict[str, object]:
        super().clean()
        values = self.cleaned_data
        for question in self.questions:
            name = f"question_{question.pk}"
            fault = question.fault_in(values.get(name, "") or "")
            if fault:
                self.add_error(name, fault)
        return values

    def answers(self) -> dict[int, str]:
        return {question.pk: self.cleaned_data[f"question_{question.pk}"] for question in self.questions}


def field_of(question: Asked) -> forms.Field:
    """The field in which a question is answered. None is required here: a draft may be empty. Raises UnknownKind."""
    kind = QUESTION_KINDS.ask(question.kind)
    needed = _("Required.") if question.is_required else _("Optional.")
    told = " ".join(part for part in (needed, str(question.help), kind.help(question)) if part)
    return kind.field(question, label=str(question.text), required=False, help_text=told)
