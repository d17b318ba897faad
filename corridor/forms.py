"""What people type in the corridor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


# What a host may give: constants, so that two hosts mean the same by the same word.
SERVICES = {
    "desk": _("desk and internet"),
    "mentor": _("a named mentor"),
    "lab": _("laboratory or workshop"),
    "meeting_rooms": _("meeting rooms"),
    "legal": _("legal advice"),
    "housing": _("help with housing"),
    "formalities": _("help with visa and formalities"),
    "investors": _("introductions to investors"),
    "customers": _("introductions to customers"),
    "research": _("introductions to research"),
    "language_course": _("language course"),
    "training": _("training"),
}


def services_in_words(services: Iterable[Any]) -> list[str]:
    """What an incubator offers, as people read it: a code of SERVICES, or a text by language.
    Other codes are left out."""
    named = [str(LazyI18nString(one) if isinstance(one, dict) else SERVICES.get(one, "")) for one in services]
    return [name for name in named if name]


SECTORS = {
    "water": _("water"),
    "energy": _("energy"),
    "mobility": _("mobility"),
    "food": _("food and farming"),
    "health": _("health"),
    "materials": _("materials"),
    "industry": _("industry"),
    "digital": _("digital"),
    "construction": _("construction"),
    "environment": _("environment"),
}
LANGUAGES = {
    "en": _("English"),
    "fr": _("French"),
    "es": _("Spanish"),
    "pt": _("Portuguese"),
    "de": _("German"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "pl": _("Polish"),
    "ro": _("Romanian"),
    "zh": _("Chinese"),
}


ONE_DAY = timedelta(days=1)
MOST_DESKS, MOST_PEOPLE = 500, 100  # beyond, somebody mistyped


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def in_languages(form: Any, name: str, label: str | StrPromise, **options: Any) -> None:
    """Adds one field per language of the site, and their first values from the form's instance."""
    stored = getattr(form.instance, name, None)
    texts = stored.data if isinstance(stored, LazyI18nString) else stored
    for code, language in settings.LANGUAGES:
        field = forms.CharField(
            label=_("%(label)s, in %(language)s") % {"label": label, "language": language},
            initial=texts.get(code, "") if isinstance(texts, dict) else (texts or ""),
            **options,
        )
        field.widget.attrs["lang"] = code
        form.fields[f"{name}_{code}"] = field


def from_languages(form: Any, name: str) -> LazyI18nString:
    return LazyI18nString({code: form.cleaned_data[f"{name}_{code}"] for code, _language in settings.LANGUAGES})


if TYPE_CHECKING:
    AnyModelForm = forms.ModelForm[Any]
else:
    AnyModelForm = forms.ModelForm


class PlainForm(AnyModelForm):
    """A form whose rules are told by the service, in words: the database's constraints have none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.validate_constraints = lambda exclude=None: None


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))
