"""Problems of a few teams and hosts, in the words of a test."""

from datetime import date

from corridor.domain.calendar.spans import Span
from corridor.domain.placement.problem import Candidate, Incubator, Problem
from corridor.domain.placement.solve import solve

JANUARY, FEBRUARY, JULY, AUGUST = date(2027, 1, 1), date(2027, 2, 1), date(2027, 7, 1), date(2027, 8, 1)


def host(code, desks=1, ends=AUGUST, **fields):
    return Incubator(code, f"city of {code}", (Span(JANUARY, ends, desks),), **fields)


def team(code, rank, wishes, people=1, **fields):
    return Candidate(code, rank, people, "home", tuple((one, n) for n, one in enumerate(wishes, 1)), **fields)


def problem_of(candidates, incubators, starts=(JANUARY, FEBRUARY), **fields):
    return Problem(tuple(candidates), tuple(incubators), starts, 6, False, 0, **fields)


def plan_of(problem):
    return {one.candidate: (one.incubator, one.start) for one in solve(problem).chosen}
