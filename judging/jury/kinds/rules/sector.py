"""Every juror knows the sector of the entry, which a round calls its category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, ngettext

from judging.domain.assignment.data import Entry, Juror, Rule
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, EntryRule

if TYPE_CHECKING:
    from judging.domain.assignment.result import Seats
    from judging.domain.assignment.table import Table


@ASSIGNMENT_RULES.register
class Sector(EntryRule):
    code, order, name = "sector", 50, gettext_lazy("jurors know the entry's category")
    unit = "an entry: a seat whose juror does not know the entry's sector"
    offered = gettext_lazy("Jurors know the entry's category")
    usual = 100  # more than one step of uneven load

    def missing(self, rule: Rule, seats: Seats, entry: Entry, jurors: list[Juror]) -> int:
        return sum(not juror.knows(entry) for juror in jurors)

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        table.allow(n, rule, table.knows)

    def broken_words(self, units: int, rule: str) -> str:
        return ngettext(
            "In %(number)s seat the juror has not named the entry's category.",
            "In %(number)s seats the juror has not named the entry's category.",
            units,
        ) % {"number": units}
