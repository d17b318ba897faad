"""Pairs that are in the plan."""

from django.utils.translation import gettext_lazy

from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, PairsRule


@ASSIGNMENT_RULES.register
class Forced(PairsRule):
    code, order, name = "forced", 110, gettext_lazy("pairs that you set")
    unit = "an entry: one of `pairs` that is not in the plan"
    wants = 1
    by_hand = gettext_lazy("has to score it")
