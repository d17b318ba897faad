"""No juror has more entries than they take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.domain.assignment.data import Juror, Rule, Shortage
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, LoadRule

if TYPE_CHECKING:
    import numpy as np

    from judging.domain.assignment.supply import Supply


@ASSIGNMENT_RULES.register
class LoadMax(LoadRule):
    code, order, name = "load_max", 20, gettext_lazy("the most entries per juror")
    unit = "a juror: an entry above the juror's most"
    is_silent = is_limit = True
    told = 10

    def off(self, juror: Juror, loads: np.ndarray, level: int) -> np.ndarray:
        return (loads - juror.load_max).clip(0)

    def shortages(self, rule: Rule, supply: Supply) -> Iterator[Shortage]:
        if supply.has_number:
            yield from supply.in_all(rule, int(supply.demand.sum()), int(supply.reach.sum()))

    def way_out(self, rule: str, told: str) -> str:
        return _("more entries for %(told)s") % {"told": told}
