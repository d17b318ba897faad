"""Forms for what a person records or decides in a round: breaches, wild cards, entries below a threshold,
facts, a changed rule."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.models import Entry
from judging.models import Criterion, Round
from judging.models.rounds import from_thousandths, to_thousandths
from judging.rounds.forms.rounds import COLUMNS, TIE_LINKS, RoundForm
from judging.rounds.kinds.criterion_kinds import kind_of, recorded
from judging.states import CHANGEABLE, CutKind
from toolkit.offers import choose_from

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ReasonField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=1000, widget=forms.Textarea({"rows": 2}), **options)


class PenaltyForm(forms.Form):
    """So many breaches of one rule by one entry."""

    entry = forms.ModelChoiceField(Entry.objects.none(), label=gettext_lazy("Entry"))
    criterion = forms.ModelChoiceField(Criterion.objects.none(), label=gettext_lazy("Which rule"))
    breaches = forms.IntegerField(label=gettext_lazy("Breaches"), min_value=1, max_value=1000, initial=1)
    reason = ReasonField(label=gettext_lazy("What happened"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, round: Round, entries: QuerySet[Entry]) -> None:
        super().__init__(data, prefix="penalty")
        choose_from(self, "entry", entries)
        choose_from(self, "criterion", recorded(round.criteria.all()))


class CutForm(forms.Form):
    """A wild card, or a decision about an entry below a threshold."""

    entry = forms.ModelChoiceField(Entry.objects.none(), label=gettext_lazy("Entry"))
    kind = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    reason = ReasonField(label=gettext_lazy("Reason"))

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, entries: QuerySet[Entry], kinds: list[str], prefix: str
    ) -> None:
        super().__init__(data, prefix=prefix)
        choose_from(self, "entry", entries)
        choices = [choice for choice in CutKind.choices if choice[0] in kinds]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.widget, field.initial = forms.HiddenInput(), choices[0][0]


class FactForm(forms.Form):
    """A number about an entry that settles ties: 1 for yes and 0 for no, or a count."""

    entry = forms.ModelChoiceField(Entry.objects.none(), label=gettext_lazy("Entry"))
    code = forms.SlugField(
        label=gettext_lazy("Fact"), max_length=40, help_text=gettext_lazy("A short name, such as innovative-firm")
    )
    value = forms.DecimalField(
        label=gettext_lazy("Value"),
        decimal_places=3,
        max_digits=9,
        initial=Decimal(1),
        help_text=gettext_lazy("1 for yes and 0 for no, or a number"),
    )
    source = forms.CharField(label=gettext_lazy("How it is known"), max_length=500)

    def __init__(self, data: Mapping[str, Any] | None = None, *, entries: QuerySet[Entry]) -> None:
        super().__init__(data, prefix="fact")
        choose_from(self, "entry", entries)

    def clean_value(self) -> int:
        return to_thousandths(self.cleaned_data["value"])


class RuleChangeForm(RoundForm):
    """What of an open round's rule can still change, with the reason that every juror reads."""

    reason = ReasonField(label=gettext_lazy("Why the rule changes"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        ties = {f"tie_{number}" for number in range(1, TIE_LINKS + 1)}
        for name in set(self.fields) - CHANGEABLE - ties - {"reason"}:
            del self.fields[name]
        self.criteria = [c for c in self.instance.criteria.all() if kind_of(c).has_weight]
        for criterion in self.criteria:
            self.fields[f"weight_{criterion.pk}"] = forms.DecimalField(
                label=_("Weight of “%(criterion)s”") % {"criterion": criterion},
                min_value=0,
                decimal_places=3,
                max_digits=9,
            )
            self.initial[f"weight_{criterion.pk}"] = from_thousandths(criterion.weight)
            self.fields[f"threshold_{criterion.pk}"] = forms.DecimalField(
                label=_("Mark needed for “%(criterion)s”") % {"criterion": criterion},
                decimal_places=3, max_digits=9, required=False,
            )  # fmt: skip
            self.initial[f"threshold_{criterion.pk}"] = from_thousandths(criterion.threshold)

    def rule(self) -> list[forms.BoundField]:
        names = [name for name in COLUMNS if name in CHANGEABLE and name in self.fields]
        return [self[name] for name in names]

    def each(self) -> list[forms.BoundField]:
        """The fields of every criterion, side by side."""
        return [self[f"{name}_{c.pk}"] for c in self.criteria for name in ("weight", "threshold")]

    def fields_changed(self) -> dict[str, object]:
        """The round's fields as change_open_rule takes them: those that differ."""
        values = self.chain_and_fields()
        return {name: value for name, value in values.items() if getattr(self.instance.holder(name), name) != value}

    def chain_and_fields(self) -> dict[str, object]:
        cleaned = self.cleaned_data
        values = {name: cleaned[name] for name in COLUMNS if name in CHANGEABLE and name in cleaned}
        return {**values, "tie_chain": self.chain()}

    def criteria_changed(self) -> list[tuple[Criterion, dict[str, int | None]]]:
        found = []
        for criterion in self.criteria:
            new = {
                name: None if (value := self.cleaned_data[f"{name}_{criterion.pk}"]) is None else to_thousandths(value)
                for name in ("weight", "threshold")
            }
            differ = {name: value for name, value in new.items() if getattr(criterion, name) != value}
            if differ:
                found.append((criterion, differ))
        return found
