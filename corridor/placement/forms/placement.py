"""What people type about placements: closed days, a host's answers, lead times, the ledger, where a stay moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.domain.calendar.lead_times import EU
from corridor.forms import DateInput, PlainForm
from corridor.models import Incubator, LeadTime
from corridor.states import HOLDS_PLACES
from network.countries import every_country
from network.models import City
from toolkit.offers import choose_from, offer

if TYPE_CHECKING:
    from corridor.models import HostAnswer


class AnswersForm(forms.Form):
    """A host's answers about the candidates of a programme: a place, or the reason of a refusal."""

    def __init__(self, *args: Any, candidates: Any, answers: dict[int, HostAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = list(candidates)
        for one in self.candidates:
            known = answers.get(one.pk)
            name = {"name": one.name}
            self.fields[f"place_{one.pk}"] = forms.IntegerField(
                label=_("Place of %(name)s") % name,
                required=False,
                min_value=1,
                max_value=999,
                initial=known.place if known else None,
            )
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=_("Reason why %(name)s can’t come") % name,
                required=False,
                max_length=500,
                initial=known.reason if known else "",
            )

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"candidate": one, "place": self[f"place_{one.pk}"], "reason": self[f"reason_{one.pk}"]}
            for one in self.candidates
        ]

    def values(self) -> list[tuple[int, int | None, str]]:
        """(candidate, place, reason)"""
        data = self.cleaned_data
        return [(one.pk, data[f"place_{one.pk}"], data[f"reason_{one.pk}"]) for one in self.candidates]


class LeadTimeForm(PlainForm):
    class Meta:
        model = LeadTime
        fields = ["nationality", "host_country", "days", "source", "as_of", "note"]
        widgets = {"as_of": DateInput}
        labels = {
            "nationality": _("Nationality"),
            "host_country": _("Host country"),
            "days": _("Days before the start"),
            "source": _("Source"),
            "as_of": _("As of"),
            "note": _("Note"),
        }
        help_texts = {
            "source": _("An address on the web, or who told you."),
            "days": _("Leave it empty if it isn’t known; the note can say what is."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = [(EU, _("European Union")), *every_country()]
        self.fields["nationality"] = forms.ChoiceField(
            label=_("Nationality"), choices=[("", _("every other nationality")), *countries], required=False
        )
        self.fields["host_country"] = forms.ChoiceField(label=_("Host country"), choices=countries)


class BalanceForm(forms.Form):
    city = forms.ModelChoiceField(label=_("City"), queryset=City.objects.order_by("name"))
    sent = forms.IntegerField(label=_("Stays sent before"), min_value=0, max_value=100_000, initial=0)
    hosted = forms.IntegerField(label=_("Stays hosted before"), min_value=0, max_value=100_000, initial=0)
    note = forms.CharField(label=_("Source"), max_length=300, required=False)


class CalendarFilter(forms.Form):
    city = forms.ChoiceField(label=_("Host city"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all states")), *((state.value, state.label) for state in HOLDS_PLACES)],
    )

    def __init__(self, *args: Any, cities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "city", [("", _("all cities")), *cities])


class MoveForm(forms.Form):
    starts = forms.DateField(label=_("New start"), widget=DateInput)
    incubator = forms.ModelChoiceField(label=_("Incubator"), queryset=Incubator.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Incubator.objects.select_related("organisation").order_by("organisation__name")
        choose_from(self, "incubator", choices)
