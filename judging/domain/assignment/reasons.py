"""Why there is no plan: which hard rules clash, in numbers, and the smallest ways out, each solved to its end.

Every question is put to the same solver: rules left out have the price 0,
a rule that gives way has the price 1 per unit.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

from judging.domain.assignment.data import Explanation, Problem, Relaxation, Rule, Shortage, all_rules
from judging.domain.assignment.kinds import kind_named, kind_of
from judging.domain.assignment.result import Seats
from judging.domain.assignment.solve import Found, search
from judging.domain.assignment.supply import Supply

SECONDS = 20.0  # for each question


def explain(problem: Problem, seconds: float = 120.0) -> Explanation:
    """Within about so many seconds: what is not answered by then is left out."""
    ends = time.monotonic() + seconds
    hard = [rule for _n, rule in all_rules(problem) if rule.price is None and not rule.first]
    hard = [rule for rule in hard if not kind_of(rule).is_idle(problem)]
    clash = _clash(problem, hard, ends)
    asked = ([rule] for rule in clash if time.monotonic() < ends)
    ways = [way for giving in asked if (way := _way_out(problem, hard, giving))]
    if not ways and (way := _way_out(problem, hard, hard)):
        ways.append(way)
    return Explanation(
        demand=sum(entry.demand for entry in problem.entries),
        supply=sum(min(juror.load_max, len(problem.entries)) for juror in problem.jurors),
        least=sum(juror.load_min for juror in problem.jurors),
        clash=tuple(rule.name for rule in clash),
        shortages=tuple(_shortages(problem, hard)),
        relaxations=tuple(sorted(ways, key=lambda way: way.units)),
    )


def relaxed(problem: Problem, way: Relaxation) -> Problem:
    """The same problem with each rule giving way where the relaxation says."""
    spared: dict[str, list[tuple[str, int]]] = {}
    change: dict[str, int] = {}
    for name, code, units in way.by:
        if kind_named(name).is_number:
            change[code] = units
        else:
            spared.setdefault(name, []).append((code, units))
    entries = tuple(replace(entry, demand=entry.demand + change.get(entry.code, 0)) for entry in problem.entries)
    rules = [
        replace(rule, spared=(*rule.spared, *spared.pop(rule.name))) if rule.name in spared else rule
        for rule in problem.rules
    ]
    rules += [Rule(name, spared=tuple(places)) for name, places in spared.items()]
    return replace(problem, entries=entries, rules=tuple(rules))


def _with(problem: Problem, rules: Iterable[Rule], price: dict[str, int]) -> Problem:
    """Only the hard rules, some of them at a price. What may be broken at any price costs nothing here."""
    kept = [replace(rule, price=price.get(rule.name)) for rule in rules]
    kept += [Rule(rule.kind, price=0) for rule in problem.rules if kind_of(rule).is_silent and rule.price is not None]
    return replace(problem, rules=tuple(kept), seconds=SECONDS, mend=False)


def _clash(problem: Problem, hard: list[Rule], ends: float) -> list[Rule]:
    """Rules that can't hold together; leaving any of them out would do. Found by leaving out one after the other."""
    loose: dict[str, int] = {}
    for rule in hard:
        if time.monotonic() > ends:
            break
        without = loose | {rule.name: 0}
        if search(_with(problem, hard, without)).status == "infeasible":
            loose = without
    return [rule for rule in hard if rule.name not in loose]


def _way_out(problem: Problem, hard: list[Rule], giving: list[Rule]) -> Relaxation | None:
    """The fewest units by which these rules have to give way, all others holding, spread as evenly as that allows."""
    asked = _with(problem, hard, {rule.name: 1 for rule in giving})
    found = search(asked, spread=True)
    if found.chosen is None:
        return None
    pairs = _codes(problem, found)
    seats = Seats(problem, pairs)
    wanted = {entry.code: entry.demand for entry in problem.entries}
    by = []
    for rule in giving:
        for code, units in sorted(seats.units(rule).items()):
            fewer = kind_of(rule).is_number and len(seats.of[code]) < wanted[code]
            by.append((rule.name, code, -units if fewer else units))
    return Relaxation(tuple(by)) if by else None


def _codes(problem: Problem, found: Found) -> list[tuple[str, str]]:
    entries, jurors = found.chosen or ((), ())
    return [(problem.entries[e].code, problem.jurors[j].code) for e, j in zip(entries, jurors, strict=True)]


def _shortages(problem: Problem, hard: list[Rule]) -> Iterator[Shortage]:
    """Where counting alone shows it, rule by rule: see the kinds."""
    supply = Supply(_with(problem, hard, {}))
    for rule in sorted(hard, key=lambda rule: kind_of(rule).told):
        yield from kind_of(rule).shortages(rule, supply)
