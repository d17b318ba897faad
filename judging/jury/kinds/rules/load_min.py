"""Every juror has the least number of entries that they want."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.domain.assignment.data import Juror, Problem, Rule, Shortage
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, LoadRule

if TYPE_CHECKING:
    import numpy as np

    from judging.domain.assignment.supply import Supply


@ASSIGNMENT_RULES.register
class LoadMin(LoadRule):
    code, order, name = "load_min", 30, gettext_lazy("the least entries per juror")
    unit = "a juror: an entry below the juror's least"
    is_silent = True
    told = 30

    def off(self, juror: Juror, loads: np.ndarray, level: int) -> np.ndarray:
        return (juror.load_min - loads).clip(0)

    def is_idle(self, problem: Problem) -> bool:
        return all(juror.load_min == 0 for juror in problem.jurors)

    def shortages(self, rule: Rule, supply: Supply) -> Iterator[Shortage]:
        """Here it is seats that are short: all jurors together want more than there are."""
        least = sum(juror.load_min for juror in supply.problem.jurors)
        if supply.has_number:
            yield from supply.in_all(rule, least, int(supply.demand.sum()))

    def way_out(self, rule: str, told: str) -> str:
        return _("a lower least number of entries for %(told)s") % {"told": told}
