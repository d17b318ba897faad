"""No more than so many jurors of one city on an entry; who has no city does not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.domain.assignment.data import Entry, Juror, Rule
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, EntryRule, Jury, Row

if TYPE_CHECKING:
    from judging.domain.assignment.result import Seats
    from judging.domain.assignment.table import Table


@ASSIGNMENT_RULES.register
class City(EntryRule):
    code, order, name = "city", 80, gettext_lazy("few jurors of one city on an entry")
    unit = "an entry: a juror above `most` of one city (jurors without a city do not count)"
    takes = frozenset({"most"})
    asks = {"required": ["most"]}
    offered = gettext_lazy("Few jurors of one city on an entry")

    def missing(self, rule: Rule, seats: Seats, entry: Entry, jurors: list[Juror]) -> int:
        cities = Counter(juror.city for juror in jurors if juror.city)
        return sum(max(0, number - (rule.most or 0)) for number in cities.values())

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        jurors, most = table.problem.jurors, rule.most or 0
        for city, number in sorted(Counter(juror.city for juror in jurors if juror.city).items()):
            if number > most:
                table.count(n, rule, table.who(juror.city == city for juror in jurors), 0, most)

    def fields(self, jury: Jury) -> dict[str, forms.Field]:
        label = _("Jurors of one city on an entry, at most")
        return {"most": forms.IntegerField(label=label, min_value=1, max_value=50, required=False)}

    def typed(self, row: Row) -> dict[str, Any]:
        return {"most": row.get("most")}

    def parameters(self, typed: Mapping[str, Any]) -> dict[str, Any] | None:
        return {"most": typed["most"]}

    def lacks(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if not typed.get("most"):
            yield "most", _("Say how many jurors of one city an entry may have.")

    def refusal(self, row: Row, jury: Jury) -> str:
        return "".join(sentence for _field, sentence in self.lacks(row))
