"""Of some jurors never two on one entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.domain.assignment.data import Entry, Juror, Rule
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, EntryRule, Jury, Names, Row

if TYPE_CHECKING:
    from judging.domain.assignment.result import Seats
    from judging.domain.assignment.table import Table

SIDES = ("1", "2")


@ASSIGNMENT_RULES.register
class Apart(EntryRule):
    code, order, name = "apart", 100, gettext_lazy("%(of)s kept apart")
    unit = "an entry: one of `jurors` too many on it, above the first"
    is_once = False
    takes = frozenset({"jurors"})
    asks = {"required": ["jurors"]}
    heading = gettext_lazy("Jurors kept apart")
    hint = gettext_lazy("Two who never score the same entry: partners, or colleagues.")

    def missing(self, rule: Rule, seats: Seats, entry: Entry, jurors: list[Juror]) -> int:
        return max(0, sum(juror.code in rule.jurors for juror in jurors) - 1)

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        table.count(n, rule, table.who(juror.code in rule.jurors for juror in table.problem.jurors), 0, 1)

    def in_words(self, of: str, names: Names) -> str:
        return str(self.name) % {"of": ", ".join(names.get(code, code) for code in of.split(", "))}

    def fields(self, jury: Jury) -> dict[str, forms.Field]:
        jurors = [("", "—"), *jury.names.items()]
        labels = zip(SIDES, (_("Juror"), _("and juror")), strict=True)
        return {side: forms.ChoiceField(label=label, choices=jurors, required=False) for side, label in labels}

    def typed(self, row: Row) -> dict[str, Any]:
        return dict(zip(SIDES, [*row.get("jurors", ()), "", ""], strict=False))

    def parameters(self, typed: Mapping[str, Any]) -> dict[str, Any] | None:
        jurors = [code for side in SIDES if (code := typed[side])]
        return {"jurors": jurors} if jurors else None

    def refusal(self, row: Row, jury: Jury) -> str:
        codes = set(row.get("jurors", ()))
        return _("Choose two different jurors to keep apart.") if len(codes) < 2 or codes - jury.names.keys() else ""
