"""Who scores what: `assign` turns a Problem into a Solution by HiGHS. See assignment_data for what both hold.

Where only prices of pairs, loads and conflicts rule, a linear programme has a whole answer of its own; other rules may
need whole numbers. Either way the answer is the best of all pairs, or says how far from it it may be. The same problem
and seed give the same plan when it is proven optimal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from judging.domain.assignment.data import (
    Entry,
    Explanation,
    Graph,
    Juror,
    Pair,
    Problem,
    Progress,
    Relaxation,
    Rule,
    Solution,
)
from judging.domain.assignment.kinds import KEPT

if TYPE_CHECKING:
    from judging.domain.assignment.solve import Found, Tell


__all__ = [
    "Entry",
    "Explanation",
    "Graph",
    "Juror",
    "Pair",
    "Problem",
    "Progress",
    "Relaxation",
    "Rule",
    "Solution",
    "assign",
    "with_least_change",
]


def assign(problem: Problem, tell: Callable[[Progress], None] | None = None) -> Solution:
    """The cheapest plan that breaks no hard rule; or why there is none.
    `tell` hears of the progress, seldom enough to store it."""
    from judging.domain.assignment.reasons import explain
    from judging.domain.assignment.solve import search

    is_counted = True
    for rule in problem.rules:
        if rule.first:
            problem, is_fewest = _fewest_moves(problem, rule, tell)
            is_counted &= is_fewest
    found = search(problem, tell)
    if found.status == "optimal" and not is_counted:
        found = replace(found, status="feasible")  # the cheapest with so many moves, and fewer moves were not ruled out
    if found.chosen is None:
        why = explain(problem) if found.status == "infeasible" else None
        return Solution(found.status, explanation=why)
    return _solution(problem, found)


def _solution(problem: Problem, found: Found) -> Solution:
    from judging.domain.assignment.graph import graph_of, mend
    from judging.domain.assignment.result import broken_by, fit_of

    assert found.chosen is not None
    codes = [entry.code for entry in problem.entries], [juror.code for juror in problem.jurors]
    pairs = frozenset(
        (codes[0][e], codes[1][j]) for e, j in zip(*(side.tolist() for side in found.chosen), strict=True)
    )
    graph = graph_of(pairs)
    if problem.mend and not graph.is_connected:
        pairs, graph = mend(problem, pairs)
    broken = broken_by(problem, pairs)
    place = {code: n for n, code in enumerate(codes[0])}, {code: n for n, code in enumerate(codes[1])}
    load = dict.fromkeys(codes[1], 0)
    for _entry, juror in pairs:
        load[juror] += 1
    return Solution(
        status=found.status,
        pairs=tuple(sorted(pairs, key=lambda pair: (place[0][pair[0]], place[1][pair[1]]))),
        price=sum(rule.price for rule in broken),
        bound=found.bound,
        loads=tuple(load.values()),
        fit=fit_of(problem, pairs),
        broken=broken,
        graph=graph,
    )


def _fewest_moves(problem: Problem, rule: Rule, tell: Tell | None) -> tuple[Problem, bool]:
    """Counts first how few earlier pairs have to go, all prices aside; then only so many may. False: time ran out
    before it was certain that no fewer would do."""
    from judging.domain.assignment.solve import bare, search

    others = tuple(other for other in problem.rules if other is not rule)
    counted = replace(rule, price=1, first=False)
    free = bare(replace(problem, rules=others))
    found = search(replace(free, rules=(*free.rules, counted)), tell)
    at = problem.rules.index(rule)
    most = found.price if found.chosen is not None else None
    rules = (*problem.rules[:at], replace(rule, price=0, first=False, most=most), *problem.rules[at + 1 :])
    return replace(problem, rules=rules), found.status in ("optimal", "infeasible")


def with_least_change(problem: Problem, standing: Iterable[Pair], price: int | None = None) -> Problem:
    """The problem with an earlier plan to keep: each of its pairs moved at a price, or (without one) as few as can be.

    Pairs of entries and jurors that are gone, and pairs that have become conflicts, are no longer kept. So one call
    serves a late juror, a withdrawn one and one who has too little to do (who says how little may, by `load_min`).
    """
    entries, jurors = {entry.code for entry in problem.entries}, {juror.code for juror in problem.jurors}
    pairs = tuple(
        sorted(pair for pair in set(standing) - problem.conflicts if pair[0] in entries and pair[1] in jurors)
    )
    kept = Rule(KEPT, price=price, pairs=pairs, first=price is None)
    return replace(problem, rules=(*(rule for rule in problem.rules if rule.kind != KEPT), kept))
