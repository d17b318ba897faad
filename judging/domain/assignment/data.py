"""What an assignment follows from, and what comes of it: values only, by code.
`assignment.assign` turns one into the other.

Prices are whole numbers in one unit of the organiser's choice; a plan's price is the sum over all rules of units broken
times price. A rule without a price is hard. A conflict is never a rule: it is always hard and has no price.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from judging.domain.assignment.kinds import assignment_rules_known

Pair = tuple[str, str]  # (entry code, juror code)


@dataclass(frozen=True)
class Entry:
    """`demand` is the exact number of its jurors. An empty language or sector is known to everybody."""

    code: str
    demand: int
    language: str = ""
    sector: str = ""


@dataclass(frozen=True)
class Juror:
    """Takes between `load_min` and `load_max` entries; knows `languages` and `sectors`;
    may belong to named `groups`."""

    code: str
    load_max: int
    load_min: int = 0
    languages: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    city: str = ""
    groups: frozenset[str] = frozenset()

    def reads(self, entry: Entry) -> bool:
        """Whether the juror reads the entry's language; an entry without one is read by all."""
        return not entry.language or entry.language in self.languages

    def knows(self, entry: Entry) -> bool:
        """Whether the juror knows the entry's sector; an entry without one is known to all."""
        return not entry.sector or entry.sector in self.sectors


@dataclass(frozen=True)
class Rule:
    """One rule of a kind (judging.domain.assignment.kinds): hard where `price` is None, else broken at that price per
    unit. The parameters say something to the kinds that take them. ValueError for a kind that nobody knows, and for a
    hard one that needs a price.

    `spared` lets a hard rule be broken at a place: (entry or juror code, units), which is how a relaxation is applied.
    `first`: as few of its units as can be are broken before any price counts.
    """

    kind: str
    price: int | None = None
    least: int = 0
    most: int | None = None
    group: str = ""
    jurors: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    spared: tuple[tuple[str, int], ...] = ()
    first: bool = False

    def __post_init__(self) -> None:
        if self.price is None and not assignment_rules_known()[self.kind].can_be_hard:
            raise ValueError(f"The rule “{self.kind}” needs a price: it can't be hard.")

    @property
    def name(self) -> str:
        """The kind, and of which group or jurors where there may be several: unique enough to be shown."""
        of = self.group or ", ".join(self.jurors)
        return f"{self.kind} ({of})" if of else self.kind


@dataclass(frozen=True)
class Problem:
    """Who could judge what, under which rules.

    `fit[e][j]` is a whole number, more is better, rows in the order of `entries` (lists or a numpy array); only with a
    rule “fit”. `conflicts` are never assigned. `seed` decides between plans of equal price. `mend`: join the comparison
    graph after the solve.
    """

    entries: tuple[Entry, ...]
    jurors: tuple[Juror, ...]
    conflicts: frozenset[Pair] = frozenset()
    rules: tuple[Rule, ...] = ()
    fit: Sequence[Sequence[int]] | None = field(default=None, compare=False)
    seed: int = 0
    seconds: float = 60.0
    mend: bool = True


def all_rules(problem: Problem) -> tuple[tuple[int, Rule], ...]:
    """Every rule with its place in the problem's rules; −1 for those that are in force without being named."""
    named = {rule.kind for rule in problem.rules}
    kinds = assignment_rules_known().items()
    silent = [(-1, Rule(code)) for code, kind in kinds if kind.is_silent and code not in named]
    return (*silent, *enumerate(problem.rules))


@dataclass(frozen=True)
class Broken:
    """A priced rule (`rule` is its place in Problem.rules) that a plan breaks: units, their price, and where:
    (code, units)."""

    rule: int
    kind: str
    name: str
    units: int
    price: int
    where: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Fit:
    """Of so many seats, how many read the entry's language and know its sector; points of the fit matrix, and the most
    that the same number of seats could have (None without a matrix)."""

    seats: int
    reads: int
    knows: int
    points: int | None = None
    points_most: int | None = None


@dataclass(frozen=True)
class Exchange:
    """One step of mending: these pairs go, these come, and the plan's price rises by so much (or falls)."""

    removed: tuple[Pair, ...]
    added: tuple[Pair, ...]
    price: int


@dataclass(frozen=True)
class Graph:
    """Jurors are linked where they share an entry. `parts`: groups of jurors with no link between them, largest first;
    severity can be compared within a part only. `parts_before` is their number before mending, which cost `price`."""

    parts: tuple[tuple[str, ...], ...]
    parts_before: int
    exchanges: tuple[Exchange, ...] = ()
    price: int = 0

    @property
    def is_connected(self) -> bool:
        """Whether every juror can be compared with every other, through entries that they share."""
        return len(self.parts) <= 1


@dataclass(frozen=True)
class Shortage:
    """Fewer jurors (or seats) can be had than a rule needs: at an entry, or over all where `code` is empty."""

    kind: str
    name: str
    code: str
    demand: int
    supply: int


@dataclass(frozen=True)
class Relaxation:
    """One way out that was solved to the end: rule by rule,
    at which entry or juror the rule gives way by how many units.

    The number of an entry's jurors (“demand”) gives way up or down: fewer are told by a negative number."""

    by: tuple[tuple[str, str, int], ...]  # (rule name, entry or juror code, units)

    @property
    def units(self) -> int:
        """How much is let go, over all rules and people, in the rules' own units."""
        return sum(abs(units) for _name, _code, units in self.by)


@dataclass(frozen=True)
class Explanation:
    """Why there is no plan. `clash`: names of hard rules that can't hold together, while any of them left out would do.

    Seats wanted, seats that jurors offer at most, seats that they must have at least; shortages in numbers;
    smallest ways out.
    """

    demand: int
    supply: int
    least: int
    clash: tuple[str, ...]
    shortages: tuple[Shortage, ...]
    relaxations: tuple[Relaxation, ...]


@dataclass(frozen=True)
class Progress:
    """Told while solving: seconds since the start, what no plan can be cheaper than,
    and the price of the plan in hand."""

    seconds: float
    bound: float | None
    incumbent: int | None


@dataclass(frozen=True)
class Solution:
    """`status`: “optimal” (proven), “feasible” (time ran out with a plan in hand), “infeasible” (see `explanation`), or
    “unsolved” (time ran out first). `price` is that of `pairs`, mending included; no plan before mending can cost less
    than `bound`. `pairs` in the order of the problem's entries and jurors; `loads` in the order of its jurors."""

    status: str
    pairs: tuple[Pair, ...] = ()
    price: int = 0
    bound: int = 0
    loads: tuple[int, ...] = ()
    fit: Fit | None = None
    broken: tuple[Broken, ...] = ()
    graph: Graph | None = None
    explanation: Explanation | None = None

    @property
    def is_optimal(self) -> bool:
        """Whether no plan is cheaper, proven."""
        return self.status == "optimal"

    @property
    def gap(self) -> int:
        """How much cheaper a plan could be at best, mending left aside."""
        return max(0, self.price - (self.graph.price if self.graph else 0) - self.bound)

    def units(self, kind: str) -> int:
        """How many units of this kind of rule the plan breaks at a price."""
        return sum(broken.units for broken in self.broken if broken.kind == kind)
