"""The incubator takes the candidate."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from corridor.domain.placement.change import Change, with_incubator
from corridor.domain.placement.problem import Candidate, Incubator, Problem
from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES, PlacementChange


@PLACEMENT_CHANGES.register
class NoRefusal(PlacementChange):
    code, order, sentence = "no_refusal", 10, _("%(host)s takes the guest after all")
    answers = ("refused",)

    def made(self, problem: Problem, one: Candidate, host: Incubator, change: Change) -> Problem:
        kept = tuple(row for row in host.refused if row[0] != one.id)
        return with_incubator(problem, replace(host, refused=kept))
