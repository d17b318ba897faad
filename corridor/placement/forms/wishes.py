"""What a candidate wishes, row by row."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from corridor.domain.calendar.lead_times import people_of
from corridor.forms import MOST_PEOPLE, DateInput, PlainForm
from corridor.models import Candidate, Incubator
from network.countries import every_country

MOST_ROWS = 12  # of so many people nationalities are asked; of more when they are known


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


def moved(data: QueryDict, move: str, names: list[str]) -> dict[str, Any]:
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
