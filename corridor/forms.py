"""What people type in the corridor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from corridor.domain.lead_times import people_of
from corridor.models import Candidate, Incubator, Opening
from network.countries import every_country
from network.models import Organisation
from network.states import OrganisationKind

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
MOST_ROWS = 12  # of so many people nationalities are asked; of more when they are known


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
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


class PlainForm(forms.ModelForm):
    """A form whose rules are told by the service, in words: the database's constraints have none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.validate_constraints = lambda exclude=None: None  # type: ignore[method-assign]


class IncubatorForm(PlainForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), choices=LANGUAGES.items, required=False, widget=forms.CheckboxSelectMultiple
    )
    services = forms.MultipleChoiceField(
        label=_("What you give"), choices=SERVICES.items, required=False, widget=forms.CheckboxSelectMultiple
    )

    sectors = forms.MultipleChoiceField(
        label=_("Sectors you know best"), choices=SECTORS.items, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Incubator
        fields = [
            "address",
            "languages",
            "services",
            "sectors",
            "arrivals_per_month",
            "signatory_name",
            "signatory_role",
            "is_open",
        ]
        labels = {
            "address": _("Address"),
            "arrivals_per_month": _("Guests who may arrive in a month, at most"),
            "signatory_name": _("Who signs agreements"),
            "signatory_role": _("In which capacity"),
            "is_open": _("Takes part in the corridor"),
        }
        help_texts = {"arrivals_per_month": _("Leave it empty if any number may arrive.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = {"required": False, "max_length": 2000, "widget": forms.Textarea({"rows": 4})}
        in_languages(self, "description", _("Description"), **area)
        in_languages(self, "authority", _("By virtue of"), required=False, max_length=400)

    def values(self) -> dict:
        """What save_incubator takes."""
        plain = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {
            **plain,
            "description": from_languages(self, "description"),
            "authority": from_languages(self, "authority"),
        }


class NewIncubatorForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.filter(
            kind__in=[OrganisationKind.INCUBATOR, OrganisationKind.AGENCY], incubator__isnull=True
        ).select_related("city"),
    )
    email = forms.EmailField(
        label=_("E-mail of its first person"), required=False, help_text=_("This person is invited as its host.")
    )


class OpeningForm(PlainForm):
    class Meta:
        model = Opening
        fields = ["starts", "ends", "desks", "note"]
        widgets = {"starts": DateInput, "ends": DateInput, "desks": forms.NumberInput({"min": 1, "max": MOST_DESKS})}
        labels = {
            "starts": _("From"),
            "ends": _("Last day"),
            "desks": _("Desks"),
            "note": _("Note"),
        }
        help_texts = {"ends": _("Places are free again on the day after.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desks"].validators.append(MaxValueValidator(MOST_DESKS))
        if self.instance.ends:
            self.initial["ends"] = self.instance.ends - ONE_DAY

    def clean_ends(self) -> date:
        """People say the last day; a period is kept with the first day after it."""
        return self.cleaned_data["ends"] + ONE_DAY


class WishesForm(PlainForm):
    """Wishes as numbers: one field per incubator, empty where it is not wished."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Candidate
        fields = ["people", "earliest_start", "latest_start", "needs"]
        widgets = {"earliest_start": DateInput, "latest_start": DateInput, "needs": forms.Textarea({"rows": 3})}
        labels = {
            "people": _("People who travel"),
            "earliest_start": _("Earliest start"),
            "latest_start": _("Latest start"),
            "needs": _("What you need"),
        }
        help_texts = {
            "people": _("One desk each."),
            "earliest_start": _("Leave it empty if any start suits you."),
            "latest_start": _("Leave it empty if any start suits you."),
            "needs": _("A laboratory, access for a wheelchair, a language. The incubators that you wish for read it."),
        }

    def __init__(self, *args: Any, incubators: list[Incubator], ranks: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].validators.append(MaxValueValidator(MOST_PEOPLE))
        if self.instance.user_id:  # a person travels alone
            del self.fields["people"]
        self._ask_nationalities()
        self.incubators = {f"wish_{incubator.pk}": incubator for incubator in incubators}
        for name, incubator in self.incubators.items():
            self.fields[name] = forms.IntegerField(
                label=_("Wish number for %(name)s") % {"name": incubator.name},
                required=False,
                min_value=1,
                max_value=99,
                initial=ranks.get(incubator.pk),
            )

    def _ask_nationalities(self) -> None:
        """For each person who travels, and one more, one nationality and another one; as many as are known already."""
        known = people_of(self.instance.nationalities)
        rows = 1 if self.instance.user_id else max(min(self.instance.people + 1, MOST_ROWS), len(known))
        countries = [("", _("Choose")), *every_country()]
        self.people_rows: list[dict[str, Any]] = []
        for number in range(1, rows + 1):
            codes = known[number - 1] if number <= len(known) else ()
            names = [f"nationality_{number}_{place}" for place in range(1, max(2, len(codes)) + 1)]
            for place, name in enumerate(names, start=1):
                text = (
                    _("Person %(number)s, nationality") if place == 1 else _("Person %(number)s, another nationality")
                )
                if self.instance.user_id:
                    text = _("Your nationality") if place == 1 else _("Another nationality, if you have one")
                self.fields[name] = forms.ChoiceField(
                    label=str(text) % {"number": number},
                    choices=countries,
                    required=False,
                    initial=codes[place - 1] if place <= len(codes) else "",
                )
            self.people_rows.append({"number": number, "names": names})

    def nationality_rows(self) -> list[list[Any]]:
        """The fields of each person."""
        return [[self[name] for name in row["names"]] for row in self.people_rows]

    def nationalities(self) -> list[list[str]]:
        """Each person's nationalities as they were chosen; nobody without one."""
        told = [[self.cleaned_data.get(name, "") for name in row["names"]] for row in self.people_rows]
        return [codes for row in told if (codes := [code for code in row if code])]

    def wishes(self) -> list[tuple[Incubator, int]]:
        """(incubator, rank) of the fields that hold a number."""
        return [(inc, self.cleaned_data[name]) for name, inc in self.incubators.items() if self.cleaned_data.get(name)]


def moved(data: QueryDict, move: str, names: list[str]) -> dict:
    """A copy of the typed values in which the wish `move` (“up:wish_3”, “down:wish_3”) has gone one place up or down.

    Wishes are numbered anew from 1; an incubator without a number that goes up becomes the last wish.
    """
    verb, _colon, name = move.partition(":")
    typed = {key: data.get(key, "") for key in names}
    wished = [
        key
        for key in sorted(names, key=lambda key: int(typed[key]) if typed[key].isdigit() else 0)
        if typed[key].isdigit()
    ]
    if name in names:
        if name not in wished and verb == "up":
            wished.append(name)
        elif name in wished:
            at = wished.index(name)
            to = at - 1 if verb == "up" else at + 1
            if verb == "out":
                wished.remove(name)
            elif 0 <= to < len(wished):
                wished[at], wished[to] = wished[to], wished[at]
    numbers = {key: str(place) for place, key in enumerate(wished, start=1)}
    return {**data.dict(), **{key: numbers.get(key, "") for key in names}}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))
