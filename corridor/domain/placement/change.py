"""The next problem: after a withdrawal, a decline, a cancelled opening, or when something were otherwise. Pure.

Every function takes a problem (and a plan) and gives a new problem; solving it is the caller's. After something was
lost, the plan in force is published and least change comes first, so that nobody moves without need.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from corridor.domain.calendar.spans import Span
from corridor.domain.placement.problem import Candidate, Incubator, Option, Place, Problem

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


def published(problem: Problem, chosen: Sequence[Option]) -> Problem:
    """The problem with the plan `chosen` as what is published, to be changed as little as possible before all else."""
    plan = {one.candidate: Place(one.incubator, one.start, one.ends) for one in chosen}
    return problem.changed(
        candidates=tuple(replace(one, published=plan.get(one.id)) for one in problem.candidates), change_first=True
    )


def after_withdrawal(problem: Problem, chosen: Sequence[Option], candidate: str) -> Problem:
    """The candidate is gone."""
    left = published(problem, chosen)
    return left.changed(candidates=tuple(one for one in left.candidates if one.id != candidate))


def after_decline(problem: Problem, chosen: Sequence[Option], candidate: str, incubator: str) -> Problem:
    """Candidate and incubator won't be together; the candidate still looks for another place."""
    left = published(problem, chosen)
    one = left.candidate[candidate]
    pinned = None if one.pinned and one.pinned.incubator == incubator else one.pinned
    return with_candidate(left, replace(one, declined=one.declined | {incubator}, pinned=pinned))


def after_cancelled_opening(problem: Problem, chosen: Sequence[Option], incubator: str, opening: Span) -> Problem:
    """An opening is withdrawn. Raises ValueError when the incubator has none like it."""
    left = published(problem, chosen)
    host = left.incubator[incubator]
    openings = list(host.openings)
    openings.remove(opening)
    return with_incubator(left, replace(host, openings=tuple(openings)))


@dataclass(frozen=True)
class Difference:
    """What a new plan changes for a candidate; None stands for no place."""

    candidate: str
    before: tuple[str, date] | None
    after: tuple[str, date] | None


def differences(before: Sequence[Option], after: Sequence[Option]) -> list[Difference]:
    """Who moves, comes or leaves between two plans, by candidate."""
    old = {one.candidate: (one.incubator, one.start) for one in before}
    new = {one.candidate: (one.incubator, one.start) for one in after}
    return [
        Difference(code, old.get(code), new.get(code))
        for code in sorted(old.keys() | new.keys())
        if old.get(code) != new.get(code)
    ]
