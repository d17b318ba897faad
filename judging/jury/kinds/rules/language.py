"""Every juror reads the language of the entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, ngettext

from judging.domain.assignment.data import Entry, Juror, Rule
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, EntryRule

if TYPE_CHECKING:
    from judging.domain.assignment.result import Seats
    from judging.domain.assignment.table import Table


@ASSIGNMENT_RULES.register
class Language(EntryRule):
    code, order, name = "language", 40, gettext_lazy("jurors read the entry's language")
    unit = "an entry: a seat whose juror does not read the entry's language"
    offered = gettext_lazy("Jurors read the entry's language")
    usual = 10_000  # weighs most where it can't be kept everywhere

    def missing(self, rule: Rule, seats: Seats, entry: Entry, jurors: list[Juror]) -> int:
        return sum(not juror.reads(entry) for juror in jurors)

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        table.allow(n, rule, table.reads)

    def broken_words(self, units: int, rule: str) -> str:
        return ngettext(
            "%(number)s juror does not read the entry's language.",
            "%(number)s jurors do not read the entry's language.",
            units,
        ) % {"number": units}
