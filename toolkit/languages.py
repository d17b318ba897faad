"""Texts in all languages, as models hold them: also before they were read back from the database."""

from typing import Any

from django.db.models.query_utils import DeferredAttribute
from i18nfield.fields import I18nCharField as WordsField
from i18nfield.fields import I18nTextField as ProseField
from i18nfield.strings import LazyI18nString


class InLanguages(DeferredAttribute):
    """Given a dict, holds the text that speaks the reader's language:
    a new row says what it will say once it is read back."""

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = LazyI18nString(value) if isinstance(value, dict) else value


class _CharField(WordsField):  # type: ignore[misc]  # the library is not typed
    descriptor_class = InLanguages

    def deconstruct(self) -> Any:
        name, _path, positional, named = super().deconstruct()
        return name, "i18nfield.fields.I18nCharField", positional, named


class _TextField(ProseField):  # type: ignore[misc]  # the library is not typed
    descriptor_class = InLanguages

    def deconstruct(self) -> Any:
        name, _path, positional, named = super().deconstruct()
        return name, "i18nfield.fields.I18nTextField", positional, named


# As untyped as the library's own: a row takes a dict or a text, and gives the text that speaks the reader's language.
I18nCharField: Any = _CharField
I18nTextField: Any = _TextField
