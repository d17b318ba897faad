"""Small juries for the tests of assignments, by code: entries E0, E1 …, jurors J0, J1 …"""

from judging.domain.assignment.assign import Entry, Juror, Problem, Rule
from judging.domain.assignment.data import all_rules
from judging.domain.assignment.result import broken_by

EVEN = Rule("even", price=60)


def jury(entries, jurors, per_entry=2, load=10, **fields) -> Problem:
    """`entries` and `jurors`: a number, or a list of fields for each."""
    rows = [{} for _ in range(entries)] if isinstance(entries, int) else entries
    people = [{} for _ in range(jurors)] if isinstance(jurors, int) else jurors
    return Problem(
        entries=tuple(Entry(**({"code": f"E{n}", "demand": per_entry} | row)) for n, row in enumerate(rows)),
        jurors=tuple(Juror(**({"code": f"J{n}", "load_max": load} | person)) for n, person in enumerate(people)),
        **fields,
    )


def pairs(*codes: str) -> tuple[tuple[str, str], ...]:
    """pairs("00", "12"): J0 on E0, J2 on E1."""
    return tuple((f"E{code[0]}", f"J{code[1]}") for code in codes)


def jurors_of(solution, entry: str) -> set[str]:
    return {juror for at, juror in solution.pairs if at == entry}


def is_sound(problem: Problem, pairs) -> bool:
    """Whether no conflict and no hard rule is broken."""
    hard = {n for n, rule in all_rules(problem) if rule.price is None and not rule.first}
    broken = {one.rule for one in broken_by(problem, pairs)}
    return not set(pairs) & problem.conflicts and not broken & hard
