"""What organisers state about a programme: whom it is for, how long, who signs."""

import zoneinfo
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.forms import DateInput, PlainForm, from_languages, in_languages
from corridor.kinds.placement_rules import PLACEMENT_RULES
from corridor.models import Programme
from corridor.programmes.parties import guest_party
from corridor.states import GUESTS
from network.forms import ZoneField, zones
from toolkit.kinds import choices_of

PLACES = {"host": _("The host"), "guest": _("The guest"), "city": _("The home city"), "network": _("The network")}
ALWAYS = ("host", "guest")


class ProgrammeForm(PlainForm):
    wishes_close = forms.DateTimeField(
        label=_("Wishes until"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In the programme’s time zone."),
    )
    time_zone = ZoneField(label=_("Time zone"), choices=lambda: [("UTC", "UTC"), *zones()[1:]])

    class Meta:
        model = Programme
        fields = [
            "slug",
            "months",
            "start_day",
            "first_start",
            "last_start",
            "time_zone",
            "wishes_close",
            "home_city_allowed",
            "placement_rule",
            "guest",
            "guest_is_person",
            "is_public",
        ]
        widgets = {"first_start": DateInput, "last_start": DateInput}
        labels = {
            "slug": _("Address"),
            "months": _("Months of a stay"),
            "start_day": _("Day of the month on which stays start"),
            "first_start": _("First start"),
            "last_start": _("Last start"),
            "home_city_allowed": _("A stay in one’s own city is allowed"),
            "placement_rule": _("Rule of the placement"),
            "guest": _("Short word for the guest"),
            "guest_is_person": _("The guest is a person, not an organisation"),
            "is_public": _("Shown to the public"),
        }
        help_texts = {
            "guest": _(
                "One word without spaces, such as startup, graduate or artist: templates of agreements are found by it."
            ),
            "guest_is_person": _("A person applies, travels and signs in their own name."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_languages(self, "name", _("Name"), max_length=200)
        in_languages(self, "guest_one", _("What one guest is called"), max_length=80, required=False)
        in_languages(self, "guest_many", _("What several guests are called"), max_length=80, required=False)
        self.fields["placement_rule"] = forms.ChoiceField(
            label=self.fields["placement_rule"].label, choices=choices_of(PLACEMENT_RULES)
        )
        self._add_places()
        if self.instance.pk:
            del self.fields["slug"]
            if self.instance.wishes_close:
                zone = zoneinfo.ZoneInfo(self.instance.time_zone)
                self.initial["wishes_close"] = timezone.make_naive(self.instance.wishes_close, zone)

    def _add_places(self) -> None:
        """For each party that may sign: its place in the order."""
        signing = ["guest" if party in GUESTS else party for party in self.instance.parties]
        for party, label in PLACES.items():
            self.fields[f"place_{party}"] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=9,
                required=party in ALWAYS,
                initial=signing.index(party) + 1 if party in signing else None,
                help_text="" if party in ALWAYS else _("Empty: it does not sign."),
            )

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings, in order."""
        named = [name for name in self.fields if name.startswith("name_")]
        called = [name for name in self.fields if name.startswith(("guest_one_", "guest_many_"))]
        places = [name for name in self.fields if name.startswith("place_")]
        kept = {"slug"} & set(self.fields)
        rows = [
            (_("The programme"), [*named, *kept, "is_public"]),
            (_("Whom it is for"), ["guest", *called, "guest_is_person"]),
            (_("The stays"), ["months", "start_day", "first_start", "last_start", "time_zone"]),
            (_("Who signs the agreement, in which order"), places),
            (_("Wishes and placement"), ["wishes_close", "home_city_allowed", "placement_rule"]),
        ]
        return [(heading, [self[name] for name in names]) for heading, names in rows]

    def clean(self) -> dict[str, object]:
        super().clean()
        values = self.cleaned_data
        moment = values.get("wishes_close")
        if moment and values.get("time_zone"):
            zone = zoneinfo.ZoneInfo(values["time_zone"])
            values["wishes_close"] = timezone.make_naive(moment).replace(tzinfo=zone)
        places = {party: values.get(f"place_{party}") for party in PLACES}
        taken = [place for place in places.values() if place]
        if len(set(taken)) < len(taken):
            self.add_error(None, _("Two parties have the same place in the order of signing."))
        return values

    def values(self) -> dict[str, Any]:
        """What create_programme and save_programme take, without the address."""
        plain = {name: self.cleaned_data[name] for name in self.Meta.fields if name != "slug"}
        places = {party: self.cleaned_data.get(f"place_{party}") for party in PLACES}
        order = sorted((party for party, place in places.items() if place), key=lambda party: places[party] or 0)
        guest = str(guest_party(plain["guest"]))
        named = {name: from_languages(self, name) for name in ("name", "guest_one", "guest_many")}
        return {**plain, **named, "parties": [guest if party == "guest" else party for party in order]}
