"""What people type about incubators and the places they offer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from corridor.forms import (
    LANGUAGES,
    MOST_DESKS,
    ONE_DAY,
    SECTORS,
    SERVICES,
    DateInput,
    PlainForm,
    from_languages,
    in_languages,
)
from corridor.models import Blackout, Incubator, Opening
from network.models import Organisation
from network.states import OrganisationKind


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

    def values(self) -> dict[str, Any]:
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
        found: date = self.cleaned_data["ends"] + ONE_DAY
        return found


class BlackoutForm(PlainForm):
    class Meta:
        model = Blackout
        fields = ["starts", "ends", "arrivals_only", "note"]
        widgets = {"starts": DateInput, "ends": DateInput}
        labels = {
            "starts": _("From"),
            "ends": _("Last day"),
            "arrivals_only": _("Only nobody arrives: who is there may stay"),
            "note": _("Note"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.ends:
            self.initial["ends"] = self.instance.ends - ONE_DAY

    def clean_ends(self) -> date:
        """People say the last day; a period is kept with the first day after it."""
        found: date = self.cleaned_data["ends"] + ONE_DAY
        return found


class HostDocumentForm(forms.Form):
    title = forms.CharField(
        label=_("What it is"), max_length=150, help_text=_("House rules, floor plan, insurance form …")
    )
    file = forms.FileField(
        label=_("File"), help_text=_("A PDF."), widget=forms.FileInput({"accept": "application/pdf,.pdf"})
    )
