"""Our optimum and its proof against a second solver's: scipy.optimize.milp on the plain model, every pair a column, one
slack for each unit that a rule with a price may be broken by. Numbers of seats that are hard, priced, nought, or
bounded by quotas alone; experts, cities, jurors kept apart."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from judging.domain.assignment.assign import Rule, assign
from judging.domain.assignment.table import NOISE, Table
from tests.judging.domain.assignment.juries import jury

price = st.one_of(st.none(), st.integers(0, 6))


def plain_optimum(problem) -> int | None:
    """The least price of any plan, or None where no plan keeps the hard rules."""
    entries, jurors = len(problem.entries), len(problem.jurors)
    cost, upper, rows, low, high = [], [], [], [], []
    fit = np.asarray(problem.fit)
    weight = next((rule.price for rule in problem.rules if rule.kind == "fit"), 0)
    for e in range(entries):
        for j in range(jurors):
            cost.append(weight * (int(fit.max()) - int(fit[e, j])))
            upper.append(0 if (f"E{e}", f"J{j}") in problem.conflicts else 1)

    def bounded(places, least, most, price):
        """least ≤ Σ ≤ most, a unit beyond at the price, None: never."""
        row = dict.fromkeys(places, 1.0)
        if price is not None:
            for sign in (1.0, -1.0):
                row[len(cost)] = sign
                cost.append(price)
                upper.append(np.inf)
        rows.append(row)
        low.append(least)
        high.append(most)

    rules = {rule.kind: rule for rule in problem.rules if rule.kind != "quota"}
    for e, entry in enumerate(problem.entries):
        seats = range(e * jurors, (e + 1) * jurors)
        bounded(seats, entry.demand, entry.demand, rules.get("demand", Rule("demand")).price)
        for rule in problem.rules:
            for inside, least, most in counted_at(problem, rule, entry):
                bounded([e * jurors + j for j in inside], least, np.inf if most is None else most, rule.price)
    for j, juror in enumerate(problem.jurors):
        taken = range(j, entries * jurors, jurors)
        bounded(taken, juror.load_min, np.inf, rules.get("load_min", Rule("load_min")).price)
        bounded(taken, 0, juror.load_max, rules.get("load_max", Rule("load_max")).price)
    matrix = np.zeros((len(rows), len(cost)))
    for n, row in enumerate(rows):
        matrix[n, list(row)] = list(row.values())
    found = milp(
        np.array(cost, dtype=float),
        integrality=np.ones(len(cost)),
        bounds=Bounds(0, np.array(upper, dtype=float)),
        constraints=LinearConstraint(matrix, np.array(low, dtype=float), np.array(high, dtype=float)),
        options={"mip_rel_gap": 0},
    )
    return None if found.x is None else round(found.fun)


def counted_at(problem, rule, entry):
    """(which jurors, how many at least, how many at most) of a rule at one entry."""
    people = list(enumerate(problem.jurors))
    if rule.kind == "quota":
        yield [j for j, juror in people if rule.group in juror.groups], rule.least, rule.most
    if rule.kind == "expert":  # a sector that is not named is known to everybody
        yield [j for j, juror in people if not entry.sector or entry.sector in juror.sectors], rule.least, None
    if rule.kind == "city":
        for city in {juror.city for juror in problem.jurors if juror.city}:
            yield [j for j, juror in people if juror.city == city], 0, rule.most
    if rule.kind == "apart":
        yield [j for j, juror in people if juror.code in rule.jurors], 0, 1


@st.composite
def problems(draw):
    entries, jurors = draw(st.integers(2, 7)), draw(st.integers(2, 7))
    demand = draw(st.sampled_from([0, 0, 1, 2]))
    people = [
        {
            "load_min": (least := draw(st.integers(0, 2))),
            "load_max": least + draw(st.integers(0, 3)),
            "groups": draw(st.sampled_from([{"a"}, {"b"}, {"a", "b"}])),
            "city": draw(st.sampled_from(["", "lyon", "nice"])),
            "sectors": draw(st.sampled_from([frozenset(), frozenset({"food"})])),
        }
        for _juror in range(jurors)
    ]
    least = draw(st.integers(0, 2))
    possible = [
        Rule("demand", price=draw(price)),
        Rule("load_min", price=draw(price)),
        Rule("load_max", price=draw(price)),
        Rule("quota", group="a", least=least, most=least + draw(st.integers(0, 2)), price=draw(price)),
        Rule("quota", group="b", least=draw(st.integers(0, 1)), price=draw(price)),
        Rule("expert", least=draw(st.integers(1, 2)), price=draw(price)),
        Rule("city", most=1, price=draw(price)),
        Rule("apart", jurors=("J0", "J1"), price=draw(price)),
    ]
    rules = (Rule("fit", price=draw(st.integers(0, 2))), *draw(st.lists(st.sampled_from(possible), unique=True)))
    pairs = st.tuples(st.integers(0, entries - 1), st.integers(0, jurors - 1)).map(
        lambda at: (f"E{at[0]}", f"J{at[1]}")
    )
    return jury(
        [{"sector": draw(st.sampled_from(["", "food"]))} for _entry in range(entries)],
        people,
        per_entry=demand,
        rules=rules,
        conflicts=frozenset(draw(st.lists(pairs, max_size=6))),
        fit=[[draw(st.integers(0, 3)) for _j in range(jurors)] for _e in range(entries)],
        seed=draw(st.integers(0, 99)),
        mend=False,
    )


@settings(max_examples=80, deadline=None)
@given(problems())
def test_what_is_called_optimal_is_the_second_solver_s_optimum(problem):
    solution, best = assign(problem), plain_optimum(problem)
    if best is None:
        assert solution.status == "infeasible"
        return
    assert (solution.status, solution.price, solution.bound) == ("optimal", best, best)
    table = Table(problem)
    assert table.noise[table.indices(solution.pairs)].sum() < NOISE


def entangled(seed):
    """24 entries, 12 jurors, rules that pull at each other: the linear programme's answer is often in parts, and pairs
    that it never listed have to be let in while whole numbers are looked for."""
    fit = np.random.RandomState(seed).randint(0, 9, (24, 12))
    people = [
        {"groups": {"ab"[n % 2]}, "city": f"city {n % 3}", "sectors": {"food" if n % 3 else "water"}} for n in range(12)
    ]
    rules = (
        Rule("fit", price=1),
        Rule("city", price=5, most=1),
        Rule("quota", group="b", least=1, most=1, price=6),
        Rule("expert", price=7, least=2),
        Rule("apart", price=4, jurors=("J0", "J1", "J2", "J3")),
    )
    entries = [{"sector": ("food", "water")[n % 2]} for n in range(24)]
    return jury(entries, people, per_entry=3, load=6, rules=rules, fit=fit, seed=seed, mend=False)


@pytest.mark.parametrize("seed", [2, 3, 7, 9, 11])
def test_rules_that_pull_at_each_other(seed):
    problem = entangled(seed)
    solution, best = assign(problem), plain_optimum(problem)
    assert (solution.status, solution.price, solution.bound) == ("optimal", best, best)


RING = 20


@pytest.mark.parametrize("seed", [0, 7, 33])
def test_chance_never_outweighs_a_price_however_few_seats_are_asked_for(seed):
    """A ring of entries, each between two jurors: two plans fill it, one of price 0 and one of price 1. No seat is
    asked for (demand 0, which costs nothing to exceed): the quota and the loads ask for one each. What chance adds must
    stay below ¼ over the whole ring, and not at each seat."""
    near = {(e, j) for e in range(RING) for j in (e, (e + 1) % RING)}
    ring = jury(
        RING,
        [{"load_min": 1, "load_max": 1, "groups": frozenset({"all"})}] * RING,
        per_entry=0,
        rules=(Rule("fit", price=1), Rule("demand", price=0), Rule("quota", group="all", least=1, most=1)),
        conflicts=frozenset((f"E{e}", f"J{j}") for e in range(RING) for j in range(RING) if (e, j) not in near),
        fit=[[0 if (e, j) == (0, 1) else 1 for j in range(RING)] for e in range(RING)],
        seed=seed,
        mend=False,
    )
    solution = assign(ring)
    assert (solution.status, solution.price, solution.bound) == ("optimal", 0, 0)
    assert ("E0", "J0") in solution.pairs


class TestMostSeats:
    """What chance is divided by: the most that loads and quotas allow."""

    def most(self, problem):
        return Table(problem).most_seats

    def test_of_hard_numbers(self):
        assert self.most(jury(6, 4)) == 12

    def test_of_loads(self):
        assert self.most(jury(6, 4, per_entry=0, load=3, rules=(Rule("demand", price=1),))) == 12
        assert (
            self.most(jury(6, 4, per_entry=0, load=3, rules=(Rule("demand", price=1), Rule("load_max", price=1)))) == 24
        )

    def test_of_quotas(self):
        """Two jurors are in the group, of whom one may sit on an entry: 3 of 4 on each of 6."""
        people = [{"groups": frozenset({"a"})}, {"groups": frozenset({"a"})}, {}, {}]
        rules = (Rule("demand", price=1), Rule("quota", group="a", most=1))
        assert self.most(jury(6, people, per_entry=1, rules=rules)) == 18
        assert self.most(jury(6, people, per_entry=1, rules=(rules[0], replace(rules[1], price=2)))) == 24
