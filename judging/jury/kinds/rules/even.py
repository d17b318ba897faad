"""Everybody has about as many entries as the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from judging.domain.assignment.data import Juror
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, LoadRule

if TYPE_CHECKING:
    import numpy as np


@ASSIGNMENT_RULES.register
class Even(LoadRule):
    """Too little counts up to what the juror takes, or to one below the even load, whichever is less: where seats do
    not divide, somebody has that."""

    code, order, name = "even", 140, gettext_lazy("even loads")
    unit = "a juror: a step away from the even load, the n-th step counting n (at most 10; priced only)"
    can_be_hard = False
    asks = {"required": ["price"]}
    is_told = False
    offered = gettext_lazy("Loads are even")
    usual = 60
    why_priced = gettext_lazy("An even load has a price: it can't be required to the last entry.")

    def off(self, juror: Juror, loads: np.ndarray, level: int) -> np.ndarray:
        from judging.domain.assignment.load import steps_away

        over, under = loads - level, min(juror.load_max, level - 1) - loads
        found: np.ndarray = steps_away(over.clip(0)) + steps_away(under.clip(0))
        return found
