"""What a result's file holds (docs/formats/result.schema.json) as dataclasses. Pure: numbers are text, as there.

What earlier versions did not say has the default None, under which it is left out, so that a file comes back as it was.
Marks stay rows of plain data: an object for each would cost more than reading the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from judging.domain.results.reasons import Reason
from judging.domain.results.semantics import PRESENT
from judging.domain.rule.stated import StatedRule, Texts
from judging.domain.ties.chain import TieTold, TieTrace
from toolkit.typed_data import Data, as_data, from_data, left_out

FORMAT = "passerelle.result"


class Card(TypedDict):
    """A scorecard that counts: {criterion: mark, or “n/a” where it does not apply}; what is missing is blank."""

    entry: str
    juror: str
    marks: dict[str, str]


class GivenList(TypedDict):
    """A ranked list: the entries that its juror could name, and those named, the best first."""

    juror: str
    asked: list[str]
    order: list[str]


class Pair(TypedDict):
    """Two entries compared; no winner: the juror could not tell."""

    juror: str
    first: str
    second: str
    winner: str


@dataclass(frozen=True, kw_only=True)
class Head:
    """Which round it is. Moments in UTC; `closed_at` is empty while it is open; `weight` in per cent."""

    edition: str
    city: str
    order: str
    name: Texts
    weight: str
    opens_at: str | None = left_out(None)
    closes_at: str | None = left_out(None)
    closed_at: str


@dataclass(frozen=True)
class Method:
    """How figures come about: exactly, or by what estimates, to so many decimals, with these versions of libraries."""

    name: str
    decimals: str
    libraries: Texts


@dataclass(frozen=True, kw_only=True)
class FiledEntry:
    """What an entry is besides its marks, as far as the chain for ties asks for it; empty: not known."""

    code: str
    city: str = ""
    category: str | None = left_out(None)
    founded_on: str = ""
    submitted_at: str = ""
    laureates: str | None = left_out(None)
    facts: Texts | None = left_out(None)


@dataclass(frozen=True, kw_only=True)
class CarriedRound:
    """An earlier round: its weight and the share of the best possible that each entry reached, in per cent."""

    order: str
    weight: str
    sha256: str | None = left_out(None)
    shares: Texts


@dataclass(frozen=True)
class NotCounted:
    """A scorecard that does not count: `state` is recused or missing."""

    entry: str
    juror: str
    state: str


@dataclass(frozen=True)
class Breaches:
    """How often an entry broke what the penalty `code` is about, as recorded at once."""

    entry: str
    code: str
    breaches: str


@dataclass(frozen=True)
class Verdict:
    """What a person decided on an entry at the cut: wild_card, keep or drop."""

    entry: str
    kind: str


@dataclass(frozen=True)
class FormerRule:
    """A rule that was replaced while jurors scored."""

    version: str
    sha256: str
    until: str


@dataclass(frozen=True, kw_only=True)
class FiledStanding:
    """An entry's row. `rank` is empty where it is not ranked; `cards` are jurors' totals, `criteria` and `groups`
    results by code; `final` is what ranks, `exact` the total before it was rounded, `share` its per cent of the best.
    """

    entry: str
    rank: str
    place: str
    total: str
    exact: str
    share: str
    final: str
    scorecards: str
    cards: Texts
    criteria: Texts
    advances: bool
    reason: Reason
    # from version 2 on
    ranking: str | None = left_out(None)
    corrected: str | None = left_out(None)
    penalty: str | None = left_out(None)
    groups: Texts | None = left_out(None)
    # from version 3 on
    best: str | None = left_out(None)
    tie: TieTold | None = left_out(None)


@dataclass(frozen=True, kw_only=True)
class ResultFile:
    """The whole file: inputs, and `standings` and `ties` where they are frozen in it. Entries, jurors and rounds come
    in the order of the format; `decisions` are orders that a person gave to equal entries, the latest last."""

    format: str = FORMAT
    version: int = PRESENT.version
    round: Head
    method: Method | None = left_out(None)
    rule: StatedRule
    entries: tuple[FiledEntry, ...]
    carried: tuple[CarriedRound, ...]
    scorecards: tuple[Card, ...]
    not_counted: tuple[NotCounted, ...]
    peers: tuple[str, ...] | None = left_out(None)
    penalties: tuple[Breaches, ...] | None = left_out(None)
    lists: tuple[GivenList, ...] | None = left_out(None)
    duels: tuple[Pair, ...] | None = left_out(None)
    decisions: tuple[tuple[str, ...], ...]
    cut_decisions: tuple[Verdict, ...] | None = left_out(None)
    former_rules: tuple[FormerRule, ...] | None = left_out(None)
    standings: tuple[FiledStanding, ...] | None = left_out(None)
    ties: tuple[TieTrace, ...] | None = left_out(None)

    @property
    def codes(self) -> list[str]:
        """Of its entries."""
        return [entry.code for entry in self.entries]

    def given(self, part: str) -> Sequence[Any]:
        """What jurors gave instead of marks, under `part`: lists or duels; nothing under another one."""
        return {"lists": self.lists, "duels": self.duels}.get(part) or ()

    @property
    def filed(self) -> tuple[FiledStanding, ...]:
        """The standings of a frozen file. Raises ValueError for a file that holds none."""
        if self.standings is None:
            raise ValueError("nothing is frozen in the file")
        return self.standings

    @property
    def counting(self) -> list[CarriedRound]:
        """Earlier rounds that count in the result."""
        return [row for row in self.carried if int(row.weight)]

    def as_data(self) -> dict[str, Any]:
        """The file as it is written."""
        data: dict[str, Any] = as_data(self)
        return data

    @classmethod
    def from_data(cls, data: Data) -> ResultFile:
        """What a file holds whose shape is right and which has its defaults (judging.domain.results.format), or which
        was frozen. Raises Misshapen for any other."""
        return from_data(cls, data)
