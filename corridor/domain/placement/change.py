"""The next problem, when something were otherwise. Pure: every function takes a problem and gives a new one; solving it
is the caller's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol

from corridor.domain.placement.problem import Candidate, Incubator, Option, Problem
from toolkit.families import Family


@dataclass(frozen=True)
class Change:
    """Something that would have to be otherwise, for one candidate: see ChangeKind for what its kind does with
    `incubator`, `start` and `desks`."""

    kind: str
    incubator: str
    start: date | None = None
    desks: int = 0

    def as_row(self) -> dict[str, object]:
        """{kind, incubator, start, desks} for a file."""
        return {**asdict(self), "start": self.start.isoformat() if self.start else None}

    @classmethod
    def of_row(cls, row: dict[str, Any]) -> "Change":
        """The change that a row of a placement file tells; `start` is YYYY-MM-DD or empty."""
        return cls(
            row["kind"], row["incubator"], date.fromisoformat(row["start"]) if row["start"] else None, row["desks"]
        )


class ChangeKind(Protocol):
    """What the domain asks of a kind of change (corridor.placement.kinds): which reasons why a wish is not given it
    `answers`, what of it to try at that host or elsewhere, and the problem once it is made."""

    @property
    def answers(self) -> tuple[str, ...]: ...

    def at_host(
        self, problem: Problem, one: Candidate, host: Incubator, here: Sequence[Option]
    ) -> Iterable[Change]: ...

    def elsewhere(self, problem: Problem, one: Candidate, chosen: Sequence[Option]) -> Iterable[Change]: ...

    def made(self, problem: Problem, one: Candidate, host: Incubator, change: Change) -> Problem: ...


_family: Family[ChangeKind] = Family()
know_changes, changes_known = _family.know, _family.known  # in the order in which they are tried


def with_change(problem: Problem, candidate: str, change: Change) -> Problem:
    """The problem if the change were made. Raises what the mapping raises for a kind that nobody knows."""
    one, host = problem.candidate[candidate], problem.incubator[change.incubator]
    return changes_known()[change.kind].made(problem, one, host, change)


def with_candidate(problem: Problem, changed: Candidate) -> Problem:
    """The problem with this candidate instead of the one of the same id."""
    return problem.changed(candidates=tuple(changed if one.id == changed.id else one for one in problem.candidates))


def with_incubator(problem: Problem, changed: Incubator) -> Problem:
    """The problem with this incubator instead of the one of the same id."""
    return problem.changed(incubators=tuple(changed if one.id == changed.id else one for one in problem.incubators))
