"""What would give a candidate a place, were it otherwise: one class for each kind, in corridor/placement/kinds/changes.

A kind says which reasons it answers and what to try (`at_host`, `elsewhere`), what the problem is once it is made, and
what people read. They are tried in their order; each is made and the placement solved again before anybody reads it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corridor.domain.placement.change import Change
from corridor.domain.placement.problem import Candidate, Incubator, Option, Problem
from toolkit.kinds import Registry


class PlacementChange:
    """A kind of change. `sentence` takes {host}, {start} and {desks}."""

    code: ClassVar[str]
    order: ClassVar[int]
    sentence: ClassVar[str | Promise]
    answers: tuple[str, ...] = ()  # codes of reasons why a wish is not given (see corridor.domain.placement.reasons)

    def at_host(self, problem: Problem, one: Candidate, host: Incubator, here: Sequence[Option]) -> Iterable[Change]:
        """What to try where a wish for `host` is not given for one of its reasons; `here` is the plan's there."""
        yield Change(self.code, host.id)

    def elsewhere(self, problem: Problem, one: Candidate, chosen: Sequence[Option]) -> Iterable[Change]:
        """What to try whatever the wishes' reasons are."""
        return ()

    def made(self, problem: Problem, one: Candidate, host: Incubator, change: Change) -> Problem:
        """The problem if the change were made; this one changes nothing."""
        return problem

    def in_words(self, values: Mapping[str, Any]) -> str:
        """What people read, from {host, start, desks}."""
        return str(self.sentence) % values


PLACEMENT_CHANGES: Registry[PlacementChange] = Registry(_("What would change it"), "corridor.placement.kinds.changes")
