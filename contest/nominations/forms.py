"""What a city and the organiser decide about an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from network.models import City
from toolkit.counted_texts import counted
from toolkit.offers import choose_from

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The team reads it, with your name."),
        max_length=500,
        widget=counted(500, 3),
    )


class ScreeningForm(forms.Form):
    eligible = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[("yes", gettext_lazy("Eligible")), ("no", gettext_lazy("Not eligible"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The team reads it, with your name and the facts above."),
        max_length=1000,
        widget=counted(1000, 3),
    )


class NominationForm(forms.Form):
    competes = forms.BooleanField(label=gettext_lazy("Goes before the jury"), required=False, initial=True)
    reason = forms.CharField(
        label=gettext_lazy("Why this start-up"),
        help_text=gettext_lazy("Optional. The team and the organiser read it."),
        max_length=1000,
        required=False,
        widget=counted(1000, 3),
    )


class CityReasonForm(ReasonForm):
    city = forms.ModelChoiceField(City.objects.none(), label=gettext_lazy("City"))
    field_order = ["city", "reason"]

    def __init__(self, *args: Any, cities: QuerySet[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "city", cities)


class ClaimByCodeForm(ReasonForm):
    code = forms.CharField(
        label=gettext_lazy("Code of the entry"), help_text=gettext_lazy("The team sees it on its page."), max_length=8
    )
    field_order = ["code", "reason"]
