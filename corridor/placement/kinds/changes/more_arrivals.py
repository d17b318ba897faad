"""The incubator receives one more in every month."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from corridor.domain.placement.change import Change, with_incubator
from corridor.domain.placement.problem import Candidate, Incubator, Problem
from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES, PlacementChange


@PLACEMENT_CHANGES.register
class MoreArrivals(PlacementChange):
    code, order, sentence = "more_arrivals", 30, _("one more guest a month at %(host)s")
    answers = ("arrivals",)

    def made(self, problem: Problem, one: Candidate, host: Incubator, change: Change) -> Problem:
        return with_incubator(problem, replace(host, arrivals_per_month=(host.arrivals_per_month or 0) + 1))
