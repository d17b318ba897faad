"""What organisers type into the templates of documents: every field once for each language of the version."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nFormField, I18nTextInput

from corridor.agreements.templates.languages import LANGUAGES
from corridor.models import AgreementTemplate, Programme
from network.countries import every_country
from toolkit.offers import offer


class TemplateForm(forms.Form):
    """For whom a template is. Empty means any."""

    slug = forms.SlugField(label=_("Short name, for the address"), max_length=60)
    name = I18nFormField(label=_("Name"), widget=I18nTextInput, max_length=100)
    guest = forms.SlugField(
        label=_("Guest"),
        max_length=20,
        required=False,
        help_text=_("The short word of the programme: startup, graduate … Empty: any guest."),
    )
    host_country = forms.ChoiceField(label=_("Country of the host"), required=False)
    programmes = forms.ModelMultipleChoiceField(
        label=_("Only for these programmes"),
        queryset=Programme.objects.order_by("-id"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: for every programme that chose none of its own."),
    )

    def __init__(self, *args: Any, template: AgreementTemplate | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "host_country", [("", _("any country")), *every_country()])
        if template is not None:
            del self.fields["slug"]


class InLanguages(forms.Form):
    """Texts by language: `rows` names the fields of each as (key, label, is_long)."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        languages: Sequence[str],
        rows: Sequence[tuple[str, Any, bool]],
        said: Mapping[str, Mapping[str, str]],
        revision: int,
    ) -> None:
        super().__init__(data, initial={"revision": revision})
        self.languages, self.rows = list(languages), list(rows)
        for key, label, is_long in rows:
            for language in languages:
                attrs: dict[str, object] = {"lang": language}
                widget = forms.Textarea(attrs={**attrs, "rows": 12}) if is_long else forms.TextInput(attrs=attrs)
                self.fields[f"{key}__{language}"] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=20_000 if is_long else 1_000,
                    initial=said.get(language, {}).get(key, ""),
                    widget=widget,
                )

    def columns(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """(language, its name, its fields), for columns that stand side by side."""
        return [
            (code, LANGUAGES[code], [self[f"{key}__{code}"] for key, _label, _long in self.rows])
            for code in self.languages
        ]

    def texts(self) -> dict[str, dict[str, str]]:
        return {
            code: {key: self.cleaned_data[f"{key}__{code}"] for key, _label, _long in self.rows}
            for code in self.languages
        }


class NoteForm(forms.Form):
    note = forms.CharField(label=_("What has changed in this version"), max_length=500, required=False)


class ClauseCodeForm(forms.Form):
    code = forms.SlugField(
        label=_("Code of the new clause"), max_length=40, help_text=_("Small letters, figures and _: place_of_work.")
    )
