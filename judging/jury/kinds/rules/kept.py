"""Pairs that were assigned earlier stay: at a price for each, or as many as can be before any price counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, ngettext

from judging.domain.assignment.data import Rule
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, PairsRule

if TYPE_CHECKING:
    from judging.domain.assignment.table import Table


@ASSIGNMENT_RULES.register
class Kept(PairsRule):
    """Where `most` is said, so many pairs may go and no more."""

    code, order, name = "kept", 130, gettext_lazy("what is assigned already")
    unit = "an entry: one of `pairs`, assigned earlier, that is not in the plan"
    is_once = can_be_first = is_earlier = True
    wants = 1

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        table.want(n, rule)
        if rule.most is not None:
            table.stay = rule

    def broken_words(self, units: int, rule: str) -> str:
        return ngettext("%(number)s seat changes its juror.", "%(number)s seats change their juror.", units) % {
            "number": units
        }
