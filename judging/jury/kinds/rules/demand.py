"""Every entry has its exact number of jurors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from judging.domain.assignment.data import Entry, Juror, Rule, Shortage
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, EntryRule

if TYPE_CHECKING:
    from judging.domain.assignment.result import Seats
    from judging.domain.assignment.supply import Supply
    from judging.domain.assignment.table import Table


@ASSIGNMENT_RULES.register
class Demand(EntryRule):
    code, order, name = "demand", 10, gettext_lazy("the number of jurors per entry")
    unit = "an entry: a juror too few or too many against the entry's exact number"
    is_silent = is_number = True
    told = 0

    def missing(self, rule: Rule, seats: Seats, entry: Entry, jurors: list[Juror]) -> int:
        return abs(entry.demand - len(jurors))

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        everybody = table.who(True for _juror in table.problem.jurors)
        table.count(n, rule, everybody, table.demand, table.demand)

    def shortages(self, rule: Rule, supply: Supply) -> Iterator[Shortage]:
        return supply.short(rule, supply.demand, supply.free)

    def way_out(self, rule: str, told: str) -> str:
        return _("fewer jurors for %(told)s") % {"told": told}

    def short_words(self, what: str, rule: str, demand: int, supply: int) -> str:
        return ngettext(
            "%(what)s: %(supply)s juror without a tie, %(demand)s needed.",
            "%(what)s: %(supply)s jurors without a tie, %(demand)s needed.",
            supply,
        ) % {"what": what, "supply": supply, "demand": demand}
