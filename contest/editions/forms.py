"""What the organiser sets up: every language of the site in one form, dates in the edition's own zone."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.forms import DayInput, in_languages, read_languages
from contest.models import Edition
from contest.states import Phase
from network.forms import ZoneField
from toolkit.years import check_year
from toolkit.zones import present_name

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


MOMENTS = ("call_opens", "call_closes", "nominations_close")
MOMENT_FORMAT = "%Y-%m-%dT%H:%M"
PLAIN = (
    "slug",
    "time_zone",
    "reference_date",
    "max_age_years",
    "quota_sent",
    "quota_competing",
    "final_from",
    "final_until",
    "final_place",
)


def _moment(label: str | StrPromise) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.TextInput({"type": "datetime-local", "class": "moment"})
    )


class EditionForm(forms.Form):
    slug = forms.SlugField(
        label=gettext_lazy("Address"), help_text=gettext_lazy("Small letters, digits and hyphens: 2027")
    )
    time_zone = ZoneField(
        label=gettext_lazy("Time zone of the deadlines"),
        help_text=gettext_lazy("The times below are in this zone. It is named wherever they are shown."),
    )
    call_opens = _moment(gettext_lazy("Call opens"))
    call_closes = _moment(gettext_lazy("Call closes"))
    nominations_close = _moment(gettext_lazy("Cities choose until"))
    reference_date = forms.DateField(
        label=gettext_lazy("Age is measured on"),
        help_text=gettext_lazy("Left empty: the day on which the call closes."),
        required=False,
        widget=DayInput(),
    )
    max_age_years = forms.IntegerField(label=gettext_lazy("Younger than (years)"), min_value=1, max_value=99)
    quota_sent = forms.IntegerField(label=gettext_lazy("Start-ups a city may send"), min_value=0, max_value=99)
    quota_competing = forms.IntegerField(label=gettext_lazy("Of which may compete"), min_value=0, max_value=99)
    final_from = forms.DateField(label=gettext_lazy("Final, first day"), required=False, widget=DayInput())
    final_until = forms.DateField(label=gettext_lazy("Final, last day"), required=False, widget=DayInput())
    final_place = forms.CharField(label=gettext_lazy("Final, place"), required=False, max_length=150)
    reason_for_early = forms.CharField(
        label=gettext_lazy("Why the call, or the choice of the cities, is open anew"),
        help_text=gettext_lazy(
            "Asked only while a round of the jury is open. Stands on its pages and on the public page of the edition."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, edition: Edition | None = None) -> None:
        self.source = source = edition or Edition()
        zone = source.zone
        initial = {name: getattr(source, name) for name in PLAIN}
        for name in MOMENTS:
            moment = getattr(source, name)
            initial[name] = moment.astimezone(zone).strftime(MOMENT_FORMAT) if moment else ""
        super().__init__(data, initial=initial)
        in_languages(self, "name", gettext_lazy("Name"), value=source.name, required=True, max_length=200)
        area = forms.Textarea
        in_languages(self, "summary", gettext_lazy("Summary"), value=source.summary, widget=area({"rows": 3}))
        in_languages(self, "rules_text", gettext_lazy("Rules"), value=source.rules_text, widget=area({"rows": 8}))
        names = [name for name in self.fields if name.startswith("name_")]
        self.order_fields([*names, *self.fields])
        if source.pk is None or source.phase in (Phase.UPCOMING, Phase.CALL):
            del self.fields["reason_for_early"]

    def reason(self) -> dict[str, str]:
        """Why what had ended is open anew: asked where something has ended."""
        return {name: self.cleaned_data[name] for name in ("reason_for_early",) if name in self.fields}

    def clean(self) -> dict[str, object]:
        super().clean()
        values = self.cleaned_data
        if "time_zone" in values:
            zone = zoneinfo.ZoneInfo(values["time_zone"] or "UTC")
            for name in MOMENTS:
                values[name] = self._read(name, values.get(name, ""), zone)
        return values

    def _read(self, name: str, text: str, zone: zoneinfo.ZoneInfo) -> datetime | None:
        if not text:
            return None
        if text == self.initial[name] and zone.key == present_name(self.source.time_zone):
            found: datetime | None = getattr(
                self.source, name
            )  # untouched: its seconds, which the field does not show, stay
            return found
        try:
            naive = datetime.fromisoformat(text)
            check_year(naive)
            moment = make_aware(naive, zone) if naive.tzinfo is None else naive
        except ValueError:
            self.add_error(name, _("Write a day and a time."))
            return None
        except forms.ValidationError as fault:
            self.add_error(name, fault)
            return None
        if moment.astimezone(zoneinfo.ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != naive:
            self.add_error(name, _("This time does not exist in that zone: the clocks change then."))
        return moment

    def values(self) -> dict[str, Any]:
        """The set-up as the service takes it."""
        texts = {name: read_languages(self, name) for name in ("name", "summary", "rules_text")}
        return {**{name: self.cleaned_data[name] for name in (*PLAIN, *MOMENTS)}, **texts}
