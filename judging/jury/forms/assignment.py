"""Forms for the rules by which jurors are assigned: how much each matters, quotas, pairs kept apart,
pairs that a person sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.models import Entry
from judging.jury.kinds.assignment_rules import (
    ASSIGNMENT_RULES,
    AssignmentRule,
    Row,
    offered,
    set_by_hand,
    unknown_in_words,
    usual_rules,
)
from judging.jury.reading.assignment import jury_of
from judging.models import Juror, Round
from toolkit.offers import choose_from, offer

if TYPE_CHECKING:
    from django.db.models import QuerySet


OFF, MUST = "", "must"
STRENGTH = "strength"
PRICES = {"10000": 10_000, "1000": 1_000, "100": 100, "10": 10}
STRENGTHS = [
    (OFF, gettext_lazy("not asked")),
    ("10", gettext_lazy("would be nice")),
    ("100", gettext_lazy("matters")),
    ("1000", gettext_lazy("matters a lot")),
    ("10000", gettext_lazy("comes before nearly everything")),
    (MUST, gettext_lazy("has to hold")),
]


def strength_of(rule: Row | None) -> str:
    """The choice that stands for a rule's price: its own where there is one, else the nearest below."""
    if rule is None:
        return OFF
    price = rule.get("price")
    if price is None:
        return MUST
    return next((key for key, known in PRICES.items() if price >= known), "10")


def priced(strength: str, former: Row | None) -> dict[str, Any]:
    """{"price": …} of a choice, {} when it has to hold; a price between two choices stays when the choice does."""
    if strength == MUST:
        return {}
    if former and strength_of(former) == strength:
        return {"price": former["price"]}
    return {"price": PRICES[strength]}


@dataclass(frozen=True)
class Part:
    """The rows of a kind of which there may be several: the fields of each; why there can't be any."""

    kind: AssignmentRule
    rows: list[list[forms.BoundField]]
    none: str


class AssignmentRulesForm(forms.Form):
    """One choice for each kind of rule, named by its code, and what it asks besides (`city_most`); `quota_1_…` and the
    like for kinds of which there may be several."""

    joins_jurors = forms.BooleanField(
        label=gettext_lazy("Link all jurors through entries that they share"),
        help_text=gettext_lazy("Only then can strict and lenient jurors be told apart. A plan says what this cost."),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, round: Round) -> None:
        self.round, self.jury = round, jury_of(round)
        self.rules: list[Row] = round.assignment_rules or usual_rules()
        # Rules of kinds that nobody knows any more: saving takes them away.
        self.strays = [unknown_in_words(row["rule"]) for row in self.rules if row["rule"] not in ASSIGNMENT_RULES]
        super().__init__(data)
        self.once = [kind for kind in offered() if kind.is_once]
        self.several = {kind: self._rows(kind) for kind in offered() if not kind.is_once}
        for kind in self.once:
            choices = STRENGTHS if kind.can_be_hard else STRENGTHS[:-1]
            self.fields[kind.code] = forms.ChoiceField(label=kind.offered, choices=choices, required=False)
            self.initial[kind.code] = strength_of(self._former(kind))
        self.further = [name for kind in self.once for name in self._ask(kind, kind.code, self._former(kind) or {})]
        self.initial["joins_jurors"] = round.joins_jurors
        self._demand()
        for kind, rows in self.several.items():
            for prefix, former in rows.items():
                self._ask(kind, prefix, former or {})
                name = f"{prefix}_{STRENGTH}"
                self.fields[name] = forms.ChoiceField(label=_("How much"), choices=STRENGTHS[1:], required=False)
                self.initial[name] = strength_of(former) if former else MUST

    def _former(self, kind: AssignmentRule) -> Row | None:
        """The rule of the kind that is kept."""
        return next((row for row in self.rules if row["rule"] == kind.code), None)

    def _rows(self, kind: AssignmentRule) -> dict[str, Row | None]:
        """{how the names of its fields begin: the rule that is kept}, None where a row is free."""
        kept = [row for row in self.rules if row["rule"] == kind.code]
        number = 0 if kind.none(self.jury) else max(kind.rows, len(kept))
        free = [None] * (number - len(kept))
        return {f"{kind.code}_{n}": row for n, row in enumerate([*kept[:number], *free], start=1)}

    def _ask(self, kind: AssignmentRule, prefix: str, former: Row) -> list[str]:
        """Adds the kind's own fields; their names."""
        fields = {f"{prefix}_{name}": field for name, field in kind.fields(self.jury).items()}
        self.fields.update(fields)
        self.initial.update({f"{prefix}_{name}": value for name, value in kind.typed(former).items()})
        return list(fields)

    def _typed(self, kind: AssignmentRule, prefix: str) -> dict[str, Any]:
        """What was typed into the kind's own fields."""
        return {name: self.cleaned_data.get(f"{prefix}_{name}") for name in kind.fields(self.jury)}

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

    def simple(self) -> list[forms.BoundField]:
        return [self[name] for name in (*(kind.code for kind in self.once), *self.further, "joins_jurors")]

    def demand(self) -> list[forms.BoundField]:
        return [self[f"demand_{category.code}"] for category in self.categories]

    def parts(self) -> list[Part]:
        return [
            Part(
                kind,
                [[self[f"{prefix}_{name}"] for name in (*kind.fields(self.jury), STRENGTH)] for prefix in rows],
                kind.none(self.jury),
            )
            for kind, rows in self.several.items()
        ]

    def clean(self) -> dict[str, Any]:
        super().clean()
        for kind in self.once:
            if self.cleaned_data.get(kind.code):
                for name, sentence in kind.lacks(self._typed(kind, kind.code)):
                    self.add_error(f"{kind.code}_{name}", sentence)
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """The arguments of save_assignment_rules."""
        cleaned = self.cleaned_data
        rules: list[Row] = []
        for kind in self.once:
            given = kind.parameters(self._typed(kind, kind.code))
            if cleaned[kind.code] and given is not None:
                rules.append({"rule": kind.code, **priced(cleaned[kind.code], self._former(kind)), **given})
        for kind, rows in self.several.items():
            for prefix in rows:
                given = kind.parameters(self._typed(kind, prefix))
                if given is not None:
                    strength = cleaned[f"{prefix}_{STRENGTH}"] or MUST
                    rules.append({"rule": kind.code, **given, **priced(strength, None)})
        demand = {c.code: n for c in self.categories if (n := cleaned[f"demand_{c.code}"]) is not None}
        return {"rules": rules, "category_demand": demand, "joins_jurors": cleaned["joins_jurors"]}


class PairForm(forms.Form):
    """A juror who has to score an entry, or must not."""

    juror = forms.ModelChoiceField(Juror.objects.none(), label=gettext_lazy("Juror"))
    entry = forms.ModelChoiceField(Entry.objects.none(), label=gettext_lazy("Entry"))
    kind = forms.ChoiceField(label=gettext_lazy("Rule"), widget=forms.RadioSelect)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, jurors: QuerySet[Juror], entries: QuerySet[Entry]
    ) -> None:
        super().__init__(data)
        offer(self, "kind", set_by_hand())
        choose_from(self, "juror", jurors)
        choose_from(self, "entry", entries)
