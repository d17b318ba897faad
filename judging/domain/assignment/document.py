"""What an assignment is asked, as it travels (docs/formats/assignment.schema.json), and the problem it states. Pure.

A file that somebody wrote may leave out what has a default; a rule of a round is kept in the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from judging.domain.assignment.data import Entry, Juror, Pair, Problem, Rule
from toolkit.typed_data import Data, from_data, left_out

SECONDS = 60.0


@dataclass(frozen=True)
class RuleAsked:
    """A rule with its price per unit; `hard`, or without a price, it always holds; `first` it comes before any price.
    The other parameters are those of its kind."""

    rule: str
    price: int | None = left_out(None)
    hard: bool = left_out(False)
    first: bool = left_out(False)
    least: int | None = left_out(None)
    most: int | None = left_out(None)
    group: str | None = left_out(None)
    jurors: tuple[str, ...] | None = left_out(None)
    pairs: tuple[Pair, ...] | None = left_out(None)

    def stated(self) -> Rule:
        """The rule of a problem. Raises ValueError where its kind needs a price and it has none."""
        return Rule(
            self.rule,
            price=self.price,
            least=self.least or 0,
            most=self.most,
            group=self.group or "",
            jurors=self.jurors or (),
            pairs=self.pairs or (),
            first=self.first,
        )


@dataclass(frozen=True)
class EntryAsked:
    """An entry; without a `demand`, as many jurors as its sector or the file says."""

    code: str
    demand: int | None = None
    language: str = ""
    sector: str = ""


@dataclass(frozen=True)
class JurorAsked:
    """A juror; without loads, those of the file."""

    code: str
    load_least: int | None = None
    load_most: int | None = None
    languages: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    city: str = ""


@dataclass(frozen=True)
class Loads:
    """Entries per juror, where the juror says nothing else."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class AssignmentFile:
    """The whole file. `note` is for people; `fit` has a row per entry and a number per juror; `seconds` is the time
    after which the best plan so far is told."""

    format: str
    version: int
    entries: tuple[EntryAsked, ...]
    jurors: tuple[JurorAsked, ...]
    note: str | None = None
    seed: int = 0
    seconds: int | Decimal | None = None
    mend: bool = True
    demand: int | None = None
    demand_by_sector: Mapping[str, int] = field(default_factory=dict)
    load: Loads = Loads()
    fit: tuple[tuple[int, ...], ...] | None = None
    conflicts: tuple[Pair, ...] = ()
    rules: tuple[RuleAsked, ...] = ()

    @classmethod
    def from_data(cls, data: Data) -> AssignmentFile:
        """What a file holds whose shape is right (assignment/format). Raises Misshapen for any other."""
        return from_data(cls, data)

    def demand_of(self, entry: EntryAsked) -> int | None:
        """How many jurors the entry wants: as itself says, else its sector, else the file; None where nothing does."""
        return self.demand_by_sector.get(entry.sector, self.demand) if entry.demand is None else entry.demand

    def most_of(self, juror: JurorAsked) -> int | None:
        """The most entries that the juror takes; None where nothing says it."""
        return self.load.most if juror.load_most is None else juror.load_most

    def least_of(self, juror: JurorAsked) -> int:
        """The least entries that the juror takes."""
        return (self.load.least if juror.load_least is None else juror.load_least) or 0

    def problem(self) -> Problem:
        """The problem that the file states."""
        return Problem(
            entries=tuple(Entry(one.code, self.demand_of(one) or 0, one.language, one.sector) for one in self.entries),
            jurors=tuple(map(self._juror, self.jurors)),
            conflicts=frozenset(self.conflicts),
            rules=tuple(rule.stated() for rule in self.rules),
            fit=self.fit,
            seed=self.seed,
            seconds=SECONDS if self.seconds is None else float(self.seconds),
            mend=self.mend,
        )

    def _juror(self, one: JurorAsked) -> Juror:
        return Juror(
            one.code,
            load_max=self.most_of(one) or 0,
            load_min=self.least_of(one),
            languages=frozenset(one.languages),
            sectors=frozenset(one.sectors),
            city=one.city,
            groups=frozenset(one.groups),
        )
