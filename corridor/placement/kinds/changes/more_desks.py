"""More desks in the incubator for a whole stay from a start."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import ngettext

from corridor.domain.calendar.spans import Span
from corridor.domain.placement.change import Change, with_incubator
from corridor.domain.placement.problem import Candidate, Incubator, Option, Problem
from corridor.domain.placement.proposals import desks_missing
from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES, PlacementChange


@PLACEMENT_CHANGES.register
class MoreDesks(PlacementChange):
    code, order = "more_desks", 40
    answers = ("taken", "held", "too_few_desks", "no_opening")

    def at_host(self, problem: Problem, one: Candidate, host: Incubator, here: Sequence[Option]) -> Iterable[Change]:
        for start, desks in desks_missing(problem, one, host, here):
            yield Change(self.code, host.id, start, desks)

    def made(self, problem: Problem, one: Candidate, host: Incubator, change: Change) -> Problem:
        assert change.start is not None
        more = Span(change.start, problem.ends(change.start), change.desks)
        return with_incubator(problem, replace(host, openings=(*host.openings, more)))

    def in_words(self, values: Mapping[str, Any]) -> str:
        sentence = ngettext(
            "%(desks)s more desk at %(host)s from %(start)s",
            "%(desks)s more desks at %(host)s from %(start)s",
            values["desks"],
        )
        return sentence % values
