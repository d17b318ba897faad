"""Names of people, bodies and files: one line of letters that stay where they stand, whatever way they came in."""

import unicodedata
from typing import Any

from django import forms
from django.db import models

BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
# Between letters of Persian or Hindi these two decide how a name is written; everything else that can't be seen goes.
JOINERS = "\u200c\u200d"


def clean_name(text: str) -> str:
    """The name on one line, composed (NFC): line breaks are spaces; control characters and those that turn the direction of a
    line (U+202A to U+202E, U+2066 to U+2069, U+200E, U+200F, U+061C) are gone, as is what has no width.
    """
    spaced = "".join(" " if letter in BREAKS else letter for letter in unicodedata.normalize("NFC", text))
    seen = "".join(
        letter for letter in spaced if letter in JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    )
    return " ".join(seen.split())


class NameField(models.CharField):
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

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class NameInput(forms.CharField):
    """A form's field for a name: what nobody can see is no name."""

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value) or "")
