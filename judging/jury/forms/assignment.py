"""Forms for the rules by which jurors are assigned: how much each matters, quotas, pairs kept apart,
pairs that a person sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.models import Entry
from judging.jury.reading.assignment import USUAL
from judging.models import Juror, Round
from judging.states import PairKind
from toolkit.offers import choose_from

if TYPE_CHECKING:
    from django.db.models import QuerySet


OFF, MUST = "", "must"
PRICES = {"10000": 10_000, "1000": 1_000, "100": 100, "10": 10}
STRENGTHS = [
    (OFF, gettext_lazy("not asked")),
    ("10", gettext_lazy("would be nice")),
    ("100", gettext_lazy("matters")),
    ("1000", gettext_lazy("matters a lot")),
    ("10000", gettext_lazy("comes before nearly everything")),
    (MUST, gettext_lazy("has to hold")),
]
QUOTAS, PAIRS = 4, 4
SIMPLE = {
    "language": gettext_lazy("Jurors read the entry's language"),
    "sector": gettext_lazy("Jurors know the entry's category"),
    "expert": gettext_lazy("At least one juror knows the entry's category"),
    "city": gettext_lazy("Few jurors of one city on an entry"),
    "even": gettext_lazy("Loads are even"),
}


def strength_of(rule: dict[str, Any] | None) -> str:
    """The choice that stands for a rule's price: its own where there is one, else the nearest below."""
    if rule is None:
        return OFF
    price = rule.get("price")
    if price is None:
        return MUST
    return next((key for key, known in PRICES.items() if price >= known), "10")


def priced(strength: str, former: dict[str, Any] | None) -> dict[str, Any]:
    """{"price": …} of a choice, {} when it has to hold; a price between two choices stays when the choice does."""
    if strength == MUST:
        return {}
    if former and strength_of(former) == strength:
        return {"price": former["price"]}
    return {"price": PRICES[strength]}


class AssignmentRulesForm(forms.Form):
    """One choice for each rule; `quota_1_…` and `apart_1_…` for those that there may be several of."""

    city_most = forms.IntegerField(
        label=gettext_lazy("Jurors of one city on an entry, at most"), min_value=1, max_value=50, required=False
    )
    joins_jurors = forms.BooleanField(
        label=gettext_lazy("Link all jurors through entries that they share"),
        help_text=gettext_lazy("Only then can strict and lenient jurors be told apart. A plan says what this cost."),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, round: Round) -> None:
        self.round = round
        self.kept = {rule["rule"]: rule for rule in round.assignment_rules or USUAL if rule["rule"] in SIMPLE}
        self.quotas = [rule for rule in round.assignment_rules if rule["rule"] == "quota"]
        self.apart = [rule for rule in round.assignment_rules if rule["rule"] == "apart"]
        super().__init__(data)
        for kind, label in SIMPLE.items():
            choices = STRENGTHS[:-1] if kind == "even" else STRENGTHS
            self.fields[kind] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.initial[kind] = strength_of(self.kept.get(kind))
        self.initial["city_most"] = self.kept.get("city", {}).get("most")
        self.initial["joins_jurors"] = round.joins_jurors
        self._demand()
        self._quotas()
        self._apart()

    def _demand(self) -> None:
        self.categories = list(self.round.edition.categories.all())
        for category in self.categories:
            name = f"demand_{category.code}"
            self.fields[name] = forms.IntegerField(
                label=_("Jurors per entry in %(category)s") % {"category": category},
                min_value=1,
                max_value=100,
                required=False,
            )
            self.initial[name] = self.round.category_demand.get(category.code)

    def _quotas(self) -> None:
        jurors = Juror.objects.of_jury(self.round.edition_id, self.round.city_id)
        groups = sorted({group for own in jurors.values_list("groups", flat=True) for group in own})
        for n in range(1, (max(QUOTAS, len(self.quotas)) if groups else 0) + 1):
            kept = self.quotas[n - 1] if n <= len(self.quotas) else {}
            self.fields[f"quota_{n}_group"] = forms.ChoiceField(
                label=_("Group"), choices=[("", "—"), *((group, group) for group in groups)], required=False
            )
            for bound, label in (("least", _("At least")), ("most", _("At most"))):
                self.fields[f"quota_{n}_{bound}"] = forms.IntegerField(
                    label=label, min_value=0, max_value=50, required=False
                )
                self.initial[f"quota_{n}_{bound}"] = kept.get(bound)
            self.fields[f"quota_{n}_strength"] = forms.ChoiceField(
                label=_("How much"), choices=STRENGTHS[1:], required=False
            )
            self.initial[f"quota_{n}_group"] = kept.get("group", "")
            self.initial[f"quota_{n}_strength"] = strength_of(kept) if kept else MUST
        self.number_of_quotas = sum(name.endswith("_group") for name in self.fields)

    def _apart(self) -> None:
        jurors = [
            (juror.code, juror.full_name) for juror in Juror.objects.of_jury(self.round.edition_id, self.round.city_id)
        ]
        self.number_of_pairs = max(PAIRS, len(self.apart))
        for n in range(1, self.number_of_pairs + 1):
            kept = self.apart[n - 1] if n <= len(self.apart) else {}
            codes = [*kept.get("jurors", ()), "", ""]
            for side in (1, 2):
                name = f"apart_{n}_{side}"
                self.fields[name] = forms.ChoiceField(
                    label=_("Juror") if side == 1 else _("and juror"), choices=[("", "—"), *jurors], required=False
                )
                self.initial[name] = codes[side - 1]
            self.fields[f"apart_{n}_strength"] = forms.ChoiceField(
                label=_("How much"), choices=STRENGTHS[1:], required=False
            )
            self.initial[f"apart_{n}_strength"] = strength_of(kept) if kept else MUST

    def simple(self) -> list[forms.BoundField]:
        return [self[name] for name in (*SIMPLE, "city_most", "joins_jurors")]

    def demand(self) -> list[forms.BoundField]:
        return [self[f"demand_{category.code}"] for category in self.categories]

    def quota_rows(self) -> list[list[forms.BoundField]]:
        names = ("group", "least", "most", "strength")
        return [[self[f"quota_{n}_{name}"] for name in names] for n in range(1, self.number_of_quotas + 1)]

    def apart_rows(self) -> list[list[forms.BoundField]]:
        names = ("1", "2", "strength")
        return [[self[f"apart_{n}_{name}"] for name in names] for n in range(1, self.number_of_pairs + 1)]

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("city") and not cleaned.get("city_most"):
            self.add_error("city_most", _("Say how many jurors of one city an entry may have."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The arguments of save_assignment_rules."""
        cleaned = self.cleaned_data
        rules = []
        for kind in SIMPLE:
            if cleaned[kind]:
                rule = {"rule": kind, **priced(cleaned[kind], self.kept.get(kind))}
                rules.append({**rule, "most": cleaned["city_most"]} if kind == "city" else rule)
        for n in range(1, self.number_of_quotas + 1):
            if cleaned[f"quota_{n}_group"]:
                bounds = {name: cleaned[f"quota_{n}_{name}"] for name in ("least", "most")}
                given = {name: number for name, number in bounds.items() if number is not None}
                strength = priced(cleaned[f"quota_{n}_strength"] or MUST, None)
                rules.append({"rule": "quota", "group": cleaned[f"quota_{n}_group"], **given, **strength})
        for n in range(1, self.number_of_pairs + 1):
            jurors = [code for side in (1, 2) if (code := cleaned[f"apart_{n}_{side}"])]
            if jurors:
                rules.append(
                    {"rule": "apart", "jurors": jurors, **priced(cleaned[f"apart_{n}_strength"] or MUST, None)}
                )
        demand = {c.code: n for c in self.categories if (n := cleaned[f"demand_{c.code}"]) is not None}
        return {"rules": rules, "category_demand": demand, "joins_jurors": cleaned["joins_jurors"]}


class PairForm(forms.Form):
    """A juror who has to score an entry, or must not."""

    juror = forms.ModelChoiceField(Juror.objects.none(), label=gettext_lazy("Juror"))
    entry = forms.ModelChoiceField(Entry.objects.none(), label=gettext_lazy("Entry"))
    kind = forms.ChoiceField(label=gettext_lazy("Rule"), choices=PairKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, jurors: QuerySet[Juror], entries: QuerySet[Entry]
    ) -> None:
        super().__init__(data)
        choose_from(self, "juror", jurors)
        choose_from(self, "entry", entries)
