"""Candidates and hosts that would both rather have had each other, and why the plan says otherwise. Pure.

A candidate would rather be at a host that it wishes more than its place in the plan (any wish, when it has no place). A
host would rather have it when desks are free for it, or when everyone who would have to leave stands later in the
host's own order. Hosts without an order prefer nobody to anybody.

The reason is told by trying: the candidate comes, those others leave and take the best of what is left, and the first
level that is worse than in the plan is named, with its rank (0: the sum over everybody). `unproven` when none is worse,
which a proven plan excludes.
"""

from collections.abc import Sequence

from corridor.domain.placement.aims import levels_of
from corridor.domain.placement.answer import Pair
from corridor.domain.placement.problem import Option, Problem, options_of
from corridor.domain.placement.reasons import room_for
from corridor.domain.placement.rules import rule_of


def blocking_pairs(problem: Problem, chosen: Sequence[Option]) -> list[Pair]:
    """Every such pair, by the candidate's rank and wish, each at the start with the fewest leaving."""
    options = options_of(problem)
    plan = {one.candidate: one for one in chosen if problem.candidate[one.candidate].pinned is None}
    by_pair: dict[tuple[str, str], list[Option]] = {}
    for option in options:
        by_pair.setdefault((option.candidate, option.incubator), []).append(option)
    wanted = []
    for (candidate, _incubator), starts in by_pair.items():
        mine = plan.get(candidate)
        if mine is not None and starts[0].wish >= mine.wish:
            continue
        found = [(who, one) for one in starts if (who := _leaving(problem, one, plan)) is not None]
        if found:
            wanted.append(min(found, key=lambda pair: (len(pair[0]), pair[1].number)))
    if not wanted:
        return []
    tried = _Trial(problem, options, plan)
    return [
        Pair(one.candidate, one.incubator, one.wish, one.start, tuple(sorted(who)), *tried.worse(one, who))
        for who, one in wanted
    ]


def _leaving(problem: Problem, option: Option, plan: dict[str, Option]) -> list[str] | None:
    """Who would have to leave for this option, the last in the host's order first;
    None when the host would not rather."""
    host = problem.incubator[option.incubator]
    candidate = problem.candidate[option.candidate]
    here = [one for one in plan.values() if one.incubator == host.id and one.candidate != candidate.id]
    if room_for(problem, candidate, host, here)(option.start):
        return []
    if not host.order:
        return None
    behind = [one for one in here if host.place_of(one.candidate) > host.place_of(candidate.id)]
    behind = [one for one in behind if one.start < option.ends and option.start < one.ends]
    behind.sort(key=lambda one: (host.place_of(one.candidate), one.candidate), reverse=True)
    leaving: list[Option] = []
    for one in behind:
        leaving.append(one)
        if room_for(problem, candidate, host, [stay for stay in here if stay not in leaving])(option.start):
            return [stay.candidate for stay in leaving]
    return None


class _Trial:
    """The plan against the plan in which a pair has its way."""

    def __init__(self, problem: Problem, options: list[Option], plan: dict[str, Option]) -> None:
        self.problem, self.plan = problem, plan
        self.rule = rule_of(problem)
        self.aims = [aim for _name, aims in levels_of(problem, options) for aim in aims]
        self.index = {option: number for number, option in enumerate(options)}
        self.values = self._values(plan)
        self.of_candidate: dict[str, list[Option]] = {}
        for option in options:
            self.of_candidate.setdefault(option.candidate, []).append(option)

    def _values(self, plan: dict[str, Option]) -> list[int]:
        taken = [0] * len(self.index)
        for option in plan.values():
            taken[self.index[option]] = 1
        return [aim.value(taken) for aim in self.aims]

    def worse(self, option: Option, leaving: list[str]) -> tuple[str, int]:
        """(level, rank) of the first aim that is worse when this option is taken."""
        plan = {name: one for name, one in self.plan.items() if name not in leaving}
        plan[option.candidate] = option
        for name in sorted(leaving, key=lambda one: (self.problem.candidate[one].rank, one)):
            other = self._best_left(name, plan)
            if other is not None:
                plan[name] = other
        if self.rule.is_one_sum:
            return self.rule.code, 0
        for aim, before, after in zip(self.aims, self.values, self._values(plan), strict=True):
            if after != before:
                better = after > before if aim.maximise else after < before
                return ("unproven", 0) if better else (aim.name, aim.rank)
        return "unproven", 0

    def _best_left(self, name: str, plan: dict[str, Option]) -> Option | None:
        candidate = self.problem.candidate[name]
        fitting = []
        for one in self.of_candidate[name]:
            here = [stay for stay in plan.values() if stay.incubator == one.incubator]
            if room_for(self.problem, candidate, self.problem.incubator[one.incubator], here)(one.start):
                fitting.append(one)
        return min(fitting, key=lambda one: (one.distance, one.number), default=None)
