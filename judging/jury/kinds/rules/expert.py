"""Somebody on every entry knows its sector: at least so many, one where nothing is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, ngettext

from judging.domain.assignment.data import Entry, Juror, Rule, Shortage
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, EntryRule

if TYPE_CHECKING:
    from judging.domain.assignment.result import Seats
    from judging.domain.assignment.supply import Supply
    from judging.domain.assignment.table import Table


@ASSIGNMENT_RULES.register
class Expert(EntryRule):
    code, order, name = "expert", 70, gettext_lazy("an expert of the entry's category")
    unit = "an entry: a juror missing from `least` who knows the entry's sector"
    takes = frozenset({"least"})
    offered = gettext_lazy("At least one juror knows the entry's category")

    def missing(self, rule: Rule, seats: Seats, entry: Entry, jurors: list[Juror]) -> int:
        return max(0, (rule.least or 1) - sum(juror.knows(entry) for juror in jurors))

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        """Everybody is an expert of an entry without a sector."""
        table.count(n, rule, table.knows, rule.least or 1)

    def shortages(self, rule: Rule, supply: Supply) -> Iterator[Shortage]:
        return supply.of_counts(rule)

    def broken_words(self, units: int, rule: str) -> str:
        return ngettext(
            "%(number)s entry has no expert of its category.",
            "%(number)s entries have no expert of their category.",
            units,
        ) % {"number": units}
