"""The candidate also wishes the incubator, after all its other wishes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from corridor.domain.placement.change import Change, with_candidate
from corridor.domain.placement.problem import Candidate, Incubator, Option, Problem
from corridor.domain.placement.proposals import hosts_with_room
from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES, PlacementChange


@PLACEMENT_CHANGES.register
class OneMoreWish(PlacementChange):
    code, order, sentence = "one_more_wish", 60, _("a wish for %(host)s, after all others")

    def elsewhere(self, problem: Problem, one: Candidate, chosen: Sequence[Option]) -> Iterable[Change]:
        for incubator in hosts_with_room(problem, one, chosen):
            yield Change(self.code, incubator)

    def made(self, problem: Problem, one: Candidate, host: Incubator, change: Change) -> Problem:
        last = max((place for _code, place in one.wishes), default=0) + 1
        return with_candidate(problem, replace(one, wishes=(*one.wishes, (host.id, last))))
