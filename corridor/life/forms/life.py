"""What people type in the life of a stay."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from corridor.forms import ONE_DAY, DateInput
from corridor.models import Incident, MentorHour
from corridor.states import TaskOwner
from network.countries import every_country
from toolkit import clock
from toolkit.names import NameInput

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from corridor.models import Stay


class TaskForm(forms.Form):
    title = forms.CharField(label=_("What is to be done"), max_length=300)
    owner = forms.ChoiceField(label=_("Who does it"), choices=TaskOwner.choices)
    due = forms.DateField(label=_("Due by"), widget=DateInput)


class TravellerForm(forms.Form):
    """A person who goes, with all nationalities; one field more than are known, two at least.
    An empty name is nobody."""

    name = NameInput(label=_("Name"), max_length=300, required=False)
    starts = forms.DateField(label=_("From"), widget=DateInput, required=False)
    ends = forms.DateField(label=_("Last day"), widget=DateInput, required=False)

    def __init__(self, *args: Any, stay: Stay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stay = stay
        known = self.initial.get("nationalities", ())
        self.codes = ["nationality", *(f"nationality_{place}" for place in range(2, max(2, len(known)) + 1))]
        for place, name in enumerate(self.codes):
            self.fields[name] = forms.ChoiceField(
                label=_("Another nationality, if you have one") if place else _("Nationality"),
                choices=[("", _("Choose")), *every_country()],
                required=False,
                initial=known[place] if place < len(known) else "",
            )
        self.order_fields(["name", *self.codes])
        if not self.initial.get("name"):
            self.empty_permitted = True

    def clean(self) -> dict[str, object]:
        super().clean()
        values = self.cleaned_data
        if values.get("name") and not self._said() and "nationality" not in self.errors:
            self.add_error("nationality", _("Choose the nationality."))
        return values

    def _said(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for name in self.codes if (code := self.cleaned_data.get(name))))

    def person(self) -> dict[str, Any] | None:
        """The person as a TravellerDraft takes it; days left empty are those of the stay."""
        values = self.cleaned_data
        if not values.get("name"):
            return None
        ends = values["ends"] + ONE_DAY if values.get("ends") else self.stay.ends
        return {
            "name": values["name"].strip(),
            "nationalities": self._said(),
            "starts": values["starts"] or self.stay.starts,
            "ends": ends,
        }


class LetterForm(forms.Form):
    text = forms.CharField(label=_("Your message"), max_length=4000, widget=forms.Textarea({"rows": 5}))


if TYPE_CHECKING:
    AnyModelForm = forms.ModelForm[Any]
else:
    AnyModelForm = forms.ModelForm


class PastDayForm(AnyModelForm):
    """Something that happened on a day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget = DateInput()
        self.fields["day"].initial = clock.now().date()

    def clean_day(self) -> date:
        # Where the host is it may be tomorrow already.
        if self.cleaned_data["day"] > clock.now().date() + timedelta(days=1):
            raise forms.ValidationError(_("This day has not come yet."))
        found: date = self.cleaned_data["day"]
        return found


class MentorHourForm(PastDayForm):
    class Meta:
        model = MentorHour
        fields = ["day", "minutes", "mentor", "about"]
        labels = {"day": _("Day"), "minutes": _("Length in minutes"), "mentor": _("Mentor"), "about": _("About")}
        widgets = {"minutes": forms.NumberInput({"min": 1, "max": 1440})}


class IncidentForm(PastDayForm):
    class Meta:
        model = Incident
        fields = ["day", "what", "done"]
        labels = {"day": _("Day"), "what": _("What happened"), "done": _("What was done")}
        widgets = {"what": forms.Textarea({"rows": 4}), "done": forms.Textarea({"rows": 3})}


class UsualTaskForm(forms.Form):
    """A line of a programme's checklist. Without a title it is taken off the list."""

    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    owner = forms.ChoiceField(label=_("Who does it"), choices=TaskOwner.choices)
    days = forms.IntegerField(
        label=_("Days after the start"),
        min_value=-1000,
        max_value=1000,
        initial=0,
        help_text=_("Before it: with a minus."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = add_words(self, "title", _("What is to be done, in %(language)s"), self.initial.get("title", {}))
        self.order_fields([*names, "owner", "days", "code"])

    def line(self) -> dict[str, Any] | None:
        """{code, title, owner, days}; None without a title."""
        values = self.cleaned_data
        title = words_of(self, "title")
        if not title:
            return None
        return {"code": values["code"], "title": title, "owner": values["owner"], "days": values["days"]}


def add_words(form: forms.Form, name: str, label: str | StrPromise, said: dict[str, Any], lines: int = 0) -> list[str]:
    """Adds to a form a field for a text in each language of the site; `lines` high, or of one line.
    Returns their names."""
    names = []
    for code, language in settings.LANGUAGES:
        widget = forms.Textarea({"rows": lines}) if lines else forms.TextInput()
        field = forms.CharField(
            label=label % {"language": language}, max_length=2000 if lines else 300, required=False, widget=widget
        )
        field.initial = said.get(code, "")
        field.widget.attrs["lang"] = code
        form.fields[f"{name}_{code}"] = field
        names.append(f"{name}_{code}")
    return names


def words_of(form: forms.Form, name: str) -> dict[str, str]:
    """{language: text} of what was typed; languages left empty stay out."""
    typed = {code: form.cleaned_data.get(f"{name}_{code}", "").strip() for code, _language in settings.LANGUAGES}
    return {code: text for code, text in typed.items() if text}
