"""The candidate may start on another day too: its window reaches that far, and the incubator has room then."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from corridor.domain.placement.change import Change, with_candidate
from corridor.domain.placement.problem import Candidate, Incubator, Option, Problem
from corridor.domain.placement.proposals import other_starts
from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES, PlacementChange


@PLACEMENT_CHANGES.register
class OtherStart(PlacementChange):
    code, order, sentence = "other_start", 50, _("a start on %(start)s, when %(host)s has room")

    def elsewhere(self, problem: Problem, one: Candidate, chosen: Sequence[Option]) -> Iterable[Change]:
        for incubator, start in other_starts(problem, one, chosen):
            yield Change(self.code, incubator, start)

    def made(self, problem: Problem, one: Candidate, host: Incubator, change: Change) -> Problem:
        assert change.start is not None
        earliest = min(one.earliest_start, change.start) if one.earliest_start else None
        latest = max(one.latest_start, change.start) if one.latest_start else None
        return with_candidate(problem, replace(one, earliest_start=earliest, latest_start=latest))
