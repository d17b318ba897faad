"""Small juries, all of whose plans are counted one by one:
the solver's is the cheapest, and there is one whenever there is any.

The counting here is written anew from the rules' words, and shares nothing with the code that it checks.
"""

from dataclasses import replace
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from judging.domain.assignment.assign import Rule, assign, with_least_change
from judging.domain.assignment.reasons import relaxed
from tests.judging.domain.assignment.juries import jury

ENTRIES, JURORS = 3, 3
CODES = [(f"E{e}", f"J{j}") for e in range(ENTRIES) for j in range(JURORS)]
price = st.one_of(st.none(), st.integers(0, 9))
some_pairs = st.lists(st.sampled_from(CODES), max_size=2, unique=True).map(tuple)
words = st.sampled_from(["", "a", "b"])
sets_of_words = st.frozensets(st.sampled_from(["a", "b"]))


@st.composite
def problems(draw):
    entries = [
        {"demand": draw(st.integers(0, 2)), "language": draw(words), "sector": draw(words)} for _ in range(ENTRIES)
    ]
    jurors = [
        {
            "load_min": (least := draw(st.integers(0, 1))),
            "load_max": least + draw(st.integers(0, 2)),
            "languages": draw(sets_of_words),
            "sectors": draw(sets_of_words),
            "city": draw(words),
            "groups": draw(sets_of_words),
        }
        for _ in range(JURORS)
    ]
    possible = [
        Rule("demand", price=draw(price)),
        Rule("load_max", price=draw(price)),
        Rule("load_min", price=draw(price)),
        Rule("language", price=draw(price)),
        Rule("sector", price=draw(price)),
        Rule("expert", price=draw(price)),
        Rule("city", price=draw(price), most=1),
        Rule("quota", price=draw(price), group="a", least=1),
        Rule("quota", price=draw(price), group="b", most=1),
        Rule("apart", price=draw(price), jurors=("J0", "J2")),
        Rule("forced", price=draw(price), pairs=draw(some_pairs)),
        Rule("forbidden", price=draw(price), pairs=draw(some_pairs)),
        Rule("kept", price=draw(price), pairs=draw(some_pairs)),
        Rule("even", price=draw(st.integers(0, 9))),
        Rule("fit", price=draw(st.integers(0, 3))),
    ]
    return jury(
        entries,
        jurors,
        rules=tuple(draw(st.lists(st.sampled_from(possible), max_size=5, unique=True))),
        conflicts=frozenset(draw(st.lists(st.sampled_from(CODES), max_size=3))),
        fit=[[draw(st.integers(0, 5)) for _ in range(JURORS)] for _ in range(ENTRIES)],
        seed=draw(st.integers(0, 99)),
        mend=False,
    )


def units(problem, rule, plan) -> int:
    """`plan`: the set of juror numbers on each entry."""
    people, loads = problem.jurors, [sum(j in seats for seats in plan) for j in range(JURORS)]
    at = list(zip(problem.entries, plan, strict=True))
    taken = {(f"E{e}", f"J{j}") for e, seats in enumerate(plan) for j in seats}
    if rule.kind == "demand":
        return sum(abs(entry.demand - len(seats)) for entry, seats in at)
    if rule.kind == "load_max":
        return sum(max(0, load - juror.load_max) for load, juror in zip(loads, people, strict=True))
    if rule.kind == "load_min":
        return sum(max(0, juror.load_min - load) for load, juror in zip(loads, people, strict=True))
    if rule.kind == "language":
        return sum(e.language not in people[j].languages for e, seats in at for j in seats if e.language)
    if rule.kind == "sector":
        return sum(e.sector not in people[j].sectors for e, seats in at for j in seats if e.sector)
    if rule.kind == "expert":
        return sum(not any(not e.sector or e.sector in people[j].sectors for j in seats) for e, seats in at)
    if rule.kind == "city":
        return sum(max(0, sum(people[j].city == c for j in seats) - 1) for _e, seats in at for c in "ab")
    if rule.kind == "quota":
        inside = [sum(rule.group in people[j].groups for j in seats) for seats in plan]
        return sum(max(0, rule.least - n) + (max(0, n - rule.most) if rule.most is not None else 0) for n in inside)
    if rule.kind == "apart":
        return sum({0, 2} <= seats for seats in plan)
    if rule.kind in ("forced", "kept"):
        return len(set(rule.pairs) - taken)
    if rule.kind == "forbidden":
        return len(set(rule.pairs) & taken)
    if rule.kind == "fit":
        top = max(map(max, problem.fit))
        return sum(top - problem.fit[e][j] for e, seats in enumerate(plan) for j in seats)
    return uneven(problem, loads)


def uneven(problem, loads) -> int:
    most = [juror.load_max for juror in problem.jurors]
    wanted = sum(entry.demand for entry in problem.entries)
    level = next((n for n in range(max(most)) if sum(min(m, n) for m in most) >= wanted), max(most))
    found = 0
    for load, top in zip(loads, most, strict=True):
        found += sum(range(1, max(0, load - level) + 1)) + sum(range(1, max(0, min(top, level - 1) - load) + 1))
    return found


def cost(problem, plan) -> int | None:
    """The plan's price, or None where it breaks a conflict or a hard rule."""
    if any((f"E{e}", f"J{j}") in problem.conflicts for e, seats in enumerate(plan) for j in seats):
        return None
    named = {rule.kind for rule in problem.rules}
    total = 0
    for rule in (*problem.rules, *(Rule(kind) for kind in ("demand", "load_max", "load_min") if kind not in named)):
        broken = units(problem, rule, plan)
        if broken and rule.price is None:
            return None
        total += broken * (rule.price or 0)
    return total


def plans(problem):
    """All plans there are, sound ones with their price; another number of jurors than
    wanted only where that has a price."""
    loose = any(rule.kind == "demand" and rule.price is not None for rule in problem.rules)
    numbers = [range(JURORS + 1) if loose else [entry.demand] for entry in problem.entries]
    choices = [[set(seats) for n in ns for seats in combinations(range(JURORS), n)] for ns in numbers]
    return [(found, plan) for plan in product(*choices) if (found := cost(problem, plan)) is not None]


def plan_of(solution) -> list[set[int]]:
    return [{j for j in range(JURORS) if (f"E{e}", f"J{j}") in solution.pairs} for e in range(ENTRIES)]


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_plan_is_the_cheapest_there_is_and_joining_it_breaks_nothing(problem):
    solution = assign(problem)
    best = min((found for found, _plan in plans(problem)), default=None)
    if best is None:
        assert (solution.status, solution.pairs) == ("infeasible", ())
        assert solution.explanation.clash
        assert solution.explanation.relaxations
        for way in solution.explanation.relaxations:
            assert assign(relaxed(problem, way)).status == "optimal"
        return
    assert not set(solution.pairs) & problem.conflicts
    assert (solution.status, solution.price, solution.bound) == ("optimal", best, best)
    assert cost(problem, plan_of(solution)) == best
    assert assign(problem) == solution
    joined = assign(replace(problem, mend=True))
    assert cost(problem, plan_of(joined)) == joined.price == best + joined.graph.price
    assert len(joined.graph.parts) <= joined.graph.parts_before


@settings(max_examples=25, deadline=None)
@given(problems(), st.sets(st.sampled_from(CODES), max_size=5))
def test_the_least_change_is_counted_before_any_price(problem, standing):
    changed = with_least_change(problem, standing)
    solution = assign(changed)
    (kept,) = (rule for rule in changed.rules if rule.kind == "kept")
    without = replace(problem, rules=tuple(rule for rule in problem.rules if rule.kind != "kept"))
    ranked = [(units(problem, kept, plan), found) for found, plan in plans(without)]
    if not ranked:
        assert solution.status == "infeasible"
        return
    assert (units(problem, kept, plan_of(solution)), solution.price) == min(ranked)
