"""The next problem, when something were otherwise. Pure: every function takes a problem and gives a new one; solving it
is the caller's.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from corridor.domain.calendar.spans import Span
from corridor.domain.placement.problem import Candidate, Incubator, Problem

KINDS = ("more_desks", "more_arrivals", "no_blackout", "no_refusal", "other_start", "one_more_wish")


@dataclass(frozen=True)
class Change:
    """Something that would have to be otherwise, for one candidate.

    more_desks     `desks` more in `incubator` for a whole stay from `start`
    more_arrivals  `incubator` receives one more in every month
    no_blackout    `incubator` stays open on the days that it closes
    no_refusal     `incubator` takes the candidate
    other_start    the candidate may start on `start` too (its window reaches that far; `incubator` has room then)
    one_more_wish  the candidate also wishes `incubator`, after all its other wishes
    """

    kind: str
    incubator: str
    start: date | None = None
    desks: int = 0

    def as_row(self) -> dict[str, Any]:
        """{kind, incubator, start, desks} for a file."""
        return {**asdict(self), "start": self.start.isoformat() if self.start else None}

    @classmethod
    def of_row(cls, row: dict[str, Any]) -> "Change":
        """The change that a row of a placement file tells; `start` is YYYY-MM-DD or empty."""
        return cls(
            row["kind"], row["incubator"], date.fromisoformat(row["start"]) if row["start"] else None, row["desks"]
        )


def with_change(problem: Problem, candidate: str, change: Change) -> Problem:
    """The problem if the change were made."""
    one, host = problem.candidate[candidate], problem.incubator[change.incubator]
    if change.kind == "more_desks":
        assert change.start is not None
        more = Span(change.start, problem.ends(change.start), change.desks)
        return with_incubator(problem, replace(host, openings=(*host.openings, more)))
    if change.kind == "more_arrivals":
        return with_incubator(problem, replace(host, arrivals_per_month=(host.arrivals_per_month or 0) + 1))
    if change.kind == "no_blackout":
        return with_incubator(problem, replace(host, blackouts=()))
    if change.kind == "no_refusal":
        kept = tuple(row for row in host.refused if row[0] != candidate)
        return with_incubator(problem, replace(host, refused=kept))
    if change.kind == "other_start":
        assert change.start is not None
        earliest = min(one.earliest_start, change.start) if one.earliest_start else None
        latest = max(one.latest_start, change.start) if one.latest_start else None
        return with_candidate(problem, replace(one, earliest_start=earliest, latest_start=latest))
    if change.kind == "one_more_wish":
        last = max((place for _code, place in one.wishes), default=0) + 1
        return with_candidate(problem, replace(one, wishes=(*one.wishes, (change.incubator, last))))
    raise ValueError(f"a change is one of {', '.join(KINDS)}, not {change.kind}")


def with_candidate(problem: Problem, changed: Candidate) -> Problem:
    """The problem with this candidate instead of the one of the same id."""
    return problem.changed(candidates=tuple(changed if one.id == changed.id else one for one in problem.candidates))


def with_incubator(problem: Problem, changed: Incubator) -> Problem:
    """The problem with this incubator instead of the one of the same id."""
    return problem.changed(incubators=tuple(changed if one.id == changed.id else one for one in problem.incubators))
