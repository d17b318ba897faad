"""Forms of a practice round: its time, its sample entries, what the organiser would give."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from contest.models import Entry
from contest.models.entries import SUMMARY_LIMIT, TITLE_LIMIT
from judging.models import Criterion, SampleEntry
from judging.rounds.forms.rounds import LANGUAGES, ZonedMoment, zone_help
from judging.scoring.forms.scorecards import MarkField, name_of

SHOWN = 300  # entries to pick from


class PracticeForm(forms.Form):
    """When the jurors practise, in the edition's zone."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, zone: str) -> None:
        super().__init__(data)
        for name, label in (
            ("opens_at", gettext_lazy("Jurors practise from")),
            ("closes_at", gettext_lazy("Jurors practise until")),
        ):
            self.fields[name] = ZonedMoment(zone=zone, label=label, help_text=zone_help(zone))


class PickForm(forms.Form):
    """An entry of another edition, the latest first."""

    entry = forms.ChoiceField(label=gettext_lazy("Entry of another edition"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, entries: list[Entry]) -> None:
        super().__init__(data)
        self.entries = {str(entry.pk): entry for entry in entries}
        choice = self.fields["entry"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            ("", "—"),
            *((pk, f"{row} ({row.edition})") for pk, row in self.entries.items()),
        ]

    def chosen(self) -> Entry:
        return self.entries[self.cleaned_data["entry"]]


class WriteForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=TITLE_LIMIT)
    summary = forms.CharField(label=gettext_lazy("Pitch"), max_length=SUMMARY_LIMIT, widget=forms.Textarea({"rows": 6}))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)


class ReferenceForm(forms.Form):
    """What the organiser would give: a mark or a blank for each criterion, and why."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, sample: SampleEntry, criteria: list[Criterion]
    ) -> None:
        self.criteria = criteria
        initial = {name_of(c): sample.reference.get(c.code, "") for c in criteria}
        super().__init__(data, initial={**initial, "comment": sample.comment}, prefix=f"s{sample.pk}")
        for criterion in criteria:
            self.fields[name_of(criterion)] = MarkField(criterion)
        self.fields["comment"] = forms.CharField(
            label=gettext_lazy("Why these marks"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
        )

    def marks(self) -> dict[Criterion, str]:
        given = {criterion: self.cleaned_data[name_of(criterion)] for criterion in self.criteria}
        return {criterion: "" if value is None else str(value) for criterion, value in given.items()}
