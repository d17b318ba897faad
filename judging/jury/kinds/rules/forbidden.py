"""Pairs that are not in the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from judging.domain.assignment.data import Rule
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, PairsRule

if TYPE_CHECKING:
    from judging.domain.assignment.table import Table


@ASSIGNMENT_RULES.register
class Forbidden(PairsRule):
    code, order, name = "forbidden", 120, gettext_lazy("pairs that you ruled out")
    unit = "an entry: one of `pairs` that is in the plan"
    wants = -1
    by_hand = gettext_lazy("must not score it")

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        table.allow(n, rule, ~table.named(rule.pairs))
