"""What a rule of an assignment does, as far as computing goes. The kinds are judging.jury.kinds.assignment_rules, one
module each; what is computed here knows them by their code alone, from the mapping that `know_assignment_rules` was
given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from toolkit.families import Family

if TYPE_CHECKING:
    import numpy as np

    from judging.domain.assignment.data import Entry, Juror, Problem, Rule, Shortage
    from judging.domain.assignment.document import AssignmentFile, RuleAsked
    from judging.domain.assignment.result import Seats
    from judging.domain.assignment.supply import Supply
    from judging.domain.assignment.table import Table

# What the ways of planning ask for: pairs that stay, and a least number of entries.
KEPT, FORCED, LOAD_MIN = "kept", "forced", "load_min"


class RuleKind(Protocol):
    """See judging.jury.kinds.assignment_rules. Pure.

    `is_silent`: in force, hard, even where no rule names it; `is_once`: a problem has one at most; `can_be_hard`: it
    may do without a price; `can_be_first`: it may come before any price; `takes`: the parameters of Rule that say
    something; `asks`: what a file's rule has to say (JSON Schema); `unit`: where a unit counts and what it is, for
    who writes a file. A rule `is_by_entry` (by who sits on it) or `is_by_load` (by a juror's number of entries) or
    names pairs that it `wants` (1) or shuns (-1).
    """

    @property
    def code(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def is_silent(self) -> bool: ...

    @property
    def is_once(self) -> bool: ...

    @property
    def can_be_hard(self) -> bool: ...

    @property
    def can_be_first(self) -> bool: ...

    @property
    def takes(self) -> frozenset[str]: ...

    @property
    def asks(self) -> Mapping[str, object]: ...

    @property
    def is_by_entry(self) -> bool: ...

    @property
    def is_by_load(self) -> bool: ...

    @property
    def wants(self) -> int: ...

    @property
    def is_earlier(self) -> bool:
        """Its pairs are those of an earlier plan, and an answer marks them."""
        ...

    @property
    def is_number(self) -> bool:
        """It is an entry's number of jurors, which gives way up or down."""
        ...

    @property
    def is_limit(self) -> bool:
        """It limits how many seats the jurors can take."""
        ...

    @property
    def told(self) -> int:
        """Where its shortages stand among others: the lower the sooner."""
        ...

    def broken(self, rule: Rule, seats: Seats) -> dict[str, int]:
        """{code of an entry or juror: units}, none or fewer where it holds; what is spared is not taken off yet."""
        ...

    def missing(self, rule: Rule, seats: Seats, entry: Entry, jurors: list[Juror]) -> int:
        """Of a rule by entry: the units by which these jurors on the entry break it."""
        ...

    def off(self, juror: Juror, loads: np.ndarray, level: int) -> np.ndarray:
        """Of a rule by load: the units by which each of these loads breaks it; `level` is the even load. Convex."""
        ...

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        """Says to the solver what the rule of that place costs or bounds; what is by load says it by `off` alone."""
        ...

    def is_idle(self, problem: Problem) -> bool:
        """Whether it says nothing of this problem, so that it can clash with nothing."""
        ...

    def shortages(self, rule: Rule, supply: Supply) -> Iterator[Shortage]:
        """Of a hard rule: where counting alone shows that it can't hold."""
        ...

    def faults(self, rule: RuleAsked, file: AssignmentFile) -> Iterator[tuple[str, str]]:
        """What makes no sense in a file's rule: (its field, or nothing; the sentence)."""
        ...


_family: Family[RuleKind] = Family()
know_assignment_rules, assignment_rules_known = _family.know, _family.known


def kind_of(rule: Rule) -> RuleKind:
    """What a rule is."""
    return assignment_rules_known()[rule.kind]


def kind_named(name: str) -> RuleKind:
    """What a rule is, by the name that it is shown under: “quota (investor)”. See Rule.name."""
    return assignment_rules_known()[name.partition(" (")[0]]
