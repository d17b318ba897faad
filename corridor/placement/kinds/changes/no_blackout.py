"""The incubator stays open on the days that it closes."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from corridor.domain.placement.change import Change, with_incubator
from corridor.domain.placement.problem import Candidate, Incubator, Problem
from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES, PlacementChange


@PLACEMENT_CHANGES.register
class NoBlackout(PlacementChange):
    code, order, sentence = "no_blackout", 20, _("no closed days at %(host)s")
    answers = ("blackout",)

    def made(self, problem: Problem, one: Candidate, host: Incubator, change: Change) -> Problem:
        return with_incubator(problem, replace(host, blackouts=()))
