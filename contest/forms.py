"""What the contest's forms share: counted texts, and texts in every language."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def in_languages(
    form: forms.Form, name: str, label: Any, *, value: Any = None, required: bool = False, **options: Any
) -> None:
    """Adds one field per language of the site: name_en, name_fr … The first is the one that may be required."""
    texts = value.data if isinstance(value, LazyI18nString) else value
    texts = texts if isinstance(texts, dict) else {settings.LANGUAGE_CODE: texts or ""}
    for number, (code, language) in enumerate(settings.LANGUAGES):
        values = {"label": label, "language": language}
        field = forms.CharField(
            label=_("%(label)s, %(language)s") % values, required=required and number == 0, strip=True, **options
        )
        field.widget.attrs["lang"] = code
        form.fields[f"{name}_{code}"] = field
        form.initial.setdefault(f"{name}_{code}", texts.get(code, ""))


def read_languages(form: forms.Form, name: str) -> LazyI18nString:
    """The texts typed into the fields of `in_languages`, as one value."""
    return LazyI18nString({code: form.cleaned_data[f"{name}_{code}"] for code, _name in settings.LANGUAGES})
