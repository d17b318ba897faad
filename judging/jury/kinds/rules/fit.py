"""Jurors sit where the matrix of a file says that they fit best."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from judging.domain.assignment.data import Entry, Juror, Rule
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, EntryRule

if TYPE_CHECKING:
    from judging.domain.assignment.document import AssignmentFile, RuleAsked
    from judging.domain.assignment.result import Seats
    from judging.domain.assignment.table import Table


@ASSIGNMENT_RULES.register
class Fit(EntryRule):
    code, order, name = "fit", 60, gettext_lazy("jurors fit their entries best")
    unit = "an entry: a point of fit below the best fit of the matrix (priced only)"
    can_be_hard = False
    asks = {"required": ["price"]}

    def missing(self, rule: Rule, seats: Seats, entry: Entry, jurors: list[Juror]) -> int:
        return sum(seats.fit.lost(entry.code, juror.code) for juror in jurors) if seats.fit else 0

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        if (fit := table.fit) is not None:
            table.cost += (rule.price or 0) * (int(fit.max()) - fit)

    def faults(self, rule: RuleAsked, file: AssignmentFile) -> Iterator[tuple[str, str]]:
        if file.fit is None:
            yield "", "there is no matrix “fit” in the file."
