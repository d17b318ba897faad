"""Forms about results: closing, deciding a tie, awards."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.models import Entry
from judging.rounds.forms.rounds import ZonedMoment, zone_help


class EarlyForm(forms.Form):
    """Opening a round, or closing it, before it is settled who competes takes a reason."""

    reason_for_early = forms.CharField(
        label=gettext_lazy("Why it can't wait"),
        help_text=gettext_lazy("Stands on the pages of the round and on the public page of the edition."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class CloseForm(EarlyForm):
    """Closing while scorecards are missing takes a reason."""

    reason_for_missing = forms.CharField(
        label=gettext_lazy("Why the round closes without them"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class ReasonForm(forms.Form):
    """One reason, kept under the person's name."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Stays in the record, under your name."),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


class ReopenForm(ReasonForm):
    """Why a closed round has to be opened again, and until when jurors may score then."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, zone: str) -> None:
        super().__init__(data)
        self.fields["closes_at"] = ZonedMoment(
            zone=zone,
            required=False,
            label=_("Jurors may score until"),
            help_text=zone_help(zone) + " " + _("Leave it empty if no juror has to change a mark."),
        )


class FeedbackForm(forms.Form):
    """From when the teams read their feedback."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, zone: str, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["feedback_at"] = ZonedMoment(
            zone=zone,
            required=False,
            label=_("Teams read their feedback from"),
            help_text=zone_help(zone) + " " + _("Empty: as soon as the results are published."),
        )


class TieForm(forms.Form):
    """The place of each entry of a tie, and the reason."""

    reason = forms.CharField(
        label=gettext_lazy("Why in this order"),
        help_text=gettext_lazy("Stays with the results, under your name."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )
    field_order: list[str] | None = None

    def __init__(self, data: Mapping[str, Any] | None = None, *, entries: list[Entry]) -> None:
        super().__init__(data)
        self.entries = entries
        places = [("", "—"), *((str(n), str(n)) for n in range(1, len(entries) + 1))]
        for entry in entries:
            label = _("Place of %(entry)s") % {"entry": entry}
            self.fields[f"place_{entry.pk}"] = forms.ChoiceField(label=label, choices=places)
        self.order_fields([*(f"place_{entry.pk}" for entry in entries), "reason"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = [self.cleaned_data.get(f"place_{entry.pk}") for entry in self.entries]
        if all(given) and len(set(given)) < len(given):
            raise forms.ValidationError(_("Give each entry a place of its own."), code="twice")
        return self.cleaned_data

    def in_order(self) -> list[Entry]:
        return sorted(self.entries, key=lambda entry: int(self.cleaned_data[f"place_{entry.pk}"]))


class AwardForm(forms.Form):
    """One award, in both languages. Without a name in English it is not given."""

    rank = forms.IntegerField(label=gettext_lazy("Rank"), min_value=1, required=False)
    name_en = forms.CharField(label=gettext_lazy("Award, in English"), max_length=200, required=False)
    name_fr = forms.CharField(label=gettext_lazy("Award, in French"), max_length=200, required=False)
    citation_en = forms.CharField(
        label=gettext_lazy("Citation, in English"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    citation_fr = forms.CharField(
        label=gettext_lazy("Citation, in French"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    give = forms.BooleanField(label=gettext_lazy("Give this award"), required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("give"):
            if not self.cleaned_data.get("name_en"):
                self.add_error("name_en", _("Name the award."))
            if not self.cleaned_data.get("rank"):
                self.add_error("rank", _("Give the award a rank."))
        return self.cleaned_data

    def texts(self, name: str) -> dict[str, str]:
        values = {code: self.cleaned_data.get(f"{name}_{code}", "") for code in ("en", "fr")}
        return {code: text for code, text in values.items() if text}
