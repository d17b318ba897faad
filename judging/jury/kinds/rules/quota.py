"""At least, or at most, so many jurors of a group on every entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.domain.assignment.data import Entry, Juror, Rule, Shortage
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, EntryRule, Jury, Names, Row

if TYPE_CHECKING:
    from judging.domain.assignment.document import AssignmentFile, RuleAsked
    from judging.domain.assignment.result import Seats
    from judging.domain.assignment.supply import Supply
    from judging.domain.assignment.table import Table

BOUNDS = ("least", "most")


@ASSIGNMENT_RULES.register
class Quota(EntryRule):
    code, order, name = "quota", 90, gettext_lazy("the quota for “%(of)s”")
    unit = "an entry: a juror of `group` missing from `least`, or above `most`"
    is_once = False
    takes = frozenset({"group", *BOUNDS})
    asks = {"required": ["group"], "anyOf": [{"required": ["least"]}, {"required": ["most"]}]}
    heading = gettext_lazy("Groups of jurors")
    hint = gettext_lazy(
        "At least one investor on every entry, for instance. A juror's groups are named on the juror's page."
    )

    def missing(self, rule: Rule, seats: Seats, entry: Entry, jurors: list[Juror]) -> int:
        number = sum(rule.group in juror.groups for juror in jurors)
        return max(0, rule.least - number) + (max(0, number - rule.most) if rule.most is not None else 0)

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        inside = table.who(rule.group in juror.groups for juror in table.problem.jurors)
        table.count(n, rule, inside, rule.least, rule.most)

    def shortages(self, rule: Rule, supply: Supply) -> Iterator[Shortage]:
        return supply.of_counts(rule)

    def faults(self, rule: RuleAsked, file: AssignmentFile) -> Iterator[tuple[str, str]]:
        if rule.most is not None and (rule.least or 0) > rule.most:
            yield "", f"wants at least {rule.least} and at most {rule.most}."
        if not any(rule.group in juror.groups for juror in file.jurors):
            yield "group", f"no juror belongs to the group “{rule.group}”."

    def in_words(self, of: str, names: Names) -> str:
        return str(self.name) % {"of": of}

    def fields(self, jury: Jury) -> dict[str, forms.Field]:
        groups = [("", "—"), *((group, group) for group in sorted(jury.groups))]
        return {
            "group": forms.ChoiceField(label=_("Group"), choices=groups, required=False),
            "least": forms.IntegerField(label=_("At least"), min_value=0, max_value=50, required=False),
            "most": forms.IntegerField(label=_("At most"), min_value=0, max_value=50, required=False),
        }

    def none(self, jury: Jury) -> str:
        if jury.groups:
            return ""
        return _(
            "No juror belongs to a group yet. Name groups, such as “investor”, on the jurors' pages: then each entry "
            "can be given one of them."
        )

    def typed(self, row: Row) -> dict[str, Any]:
        return {"group": row.get("group", ""), **{name: row.get(name) for name in BOUNDS}}

    def parameters(self, typed: Mapping[str, Any]) -> dict[str, Any] | None:
        if not typed["group"]:
            return None
        return {"group": typed["group"], **{name: typed[name] for name in BOUNDS if typed[name] is not None}}

    def refusal(self, row: Row, jury: Jury) -> str:
        least, most = row.get("least", 0), row.get("most")
        if not least and most is None:
            return _("A quota needs a least or a most.")
        if most is not None and least > most:
            return _("A quota's least is above its most.")
        if row.get("group") not in jury.groups:
            return _("No juror belongs to the group “%(group)s”.") % {"group": row.get("group")}
        return ""
