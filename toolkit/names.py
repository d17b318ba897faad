"""Names of people, bodies and files: one line of letters that stay where they stand, whatever way they came in."""

import unicodedata
from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import models
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse

from toolkit.letters import undrawn_words

# The names that forms read while a request is answered.
typed_names: ContextVar[list[str] | None] = ContextVar("typed_names", default=None)
BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
# Between letters of Persian or Hindi these two decide how a name is written; everything else that can't be seen goes.
JOINERS = "\u200c\u200d"


def clean_name(text: str) -> str:
    """The name on one line, composed (NFC): line breaks are spaces; control characters and those that turn the
    direction of a line (U+202A to U+202E, U+2066 to U+2069, U+200E, U+200F, U+061C) are gone, as is what has no width.
    """
    spaced = "".join(" " if letter in BREAKS else letter for letter in unicodedata.normalize("NFC", text))
    seen = "".join(
        letter for letter in spaced if letter in JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    )
    return " ".join(seen.split())


if TYPE_CHECKING:
    TextColumn = models.CharField[str | Combinable, str]
else:
    TextColumn = models.CharField


class NameField(TextColumn):
    """A CharField whose text is a name: cleaned on each way into the database, bulk and import included."""

    def deconstruct(self) -> Any:
        name, _path, positional, named = super().deconstruct()
        return name, "django.db.models.CharField", positional, named  # to the database it is nothing else

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean_name(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean_name(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": NameInput, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class NameInput(forms.CharField):
    """A form's field for a name: what nobody can see is no name. Letters that no font draws are taken, and told: beside
    the field (NameShown), and once the form is accepted by UndrawnMiddleware."""

    def to_python(self, value: Any) -> str:
        name = clean_name(super().to_python(value) or "")
        typed = typed_names.get()
        if typed is not None:
            typed.append(name)
        return name

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        return NameShown(form, self, field_name)


class NameShown(forms.BoundField):
    """A name on a page: its help says which letters of it documents show by their number."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        told = undrawn_words(clean_name(str(self.value() or "")))
        self.help_text = " ".join(str(text) for text in (self.help_text, told) if text)


class UndrawnMiddleware:
    """When a form was accepted, its page has gone: the next one says which letters of the names typed no font draws."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = typed_names.set([])
        try:
            response = self.get_response(request)
            told = undrawn_words("".join(typed_names.get() or [])) if response.status_code in (302, 303) else ""
        finally:
            typed_names.reset(token)
        if told:
            messages.warning(request, told, fail_silently=True)
        return response
