"""A round's standings as rows ready to be shown: made once from the outcome or the frozen file, then only read."""

from dataclasses import dataclass
from fractions import Fraction

from judging.domain.marks.scoring import text_of
from judging.domain.numbers import value_of
from judging.domain.results import frozen
from judging.domain.results.document import FiledStanding, ResultFile
from judging.domain.rule.reading import rule_of
from judging.domain.rule.stated import StatedRule, Texts
from judging.domain.statistics.told import SeverityTold
from judging.domain.ties.chain import TieTrace
from judging.models import Round
from judging.reads.taking_part import FROZEN
from judging.results.shown.outcomes import frozen_file, inputs_of
from toolkit.typed_data import as_data, from_data, left_out


@dataclass(frozen=True, kw_only=True)
class TableRow(FiledStanding):
    """A standing of the file with its jurors' lowest and highest total; empty where nobody scored the entry."""

    low: str
    high: str


@dataclass(frozen=True)
class Part:
    """Part of a rule, by its code and its name by language: a criterion; a group as “group:CODE”, a fact as
    “fact:CODE”."""

    code: str
    name: Texts


@dataclass(frozen=True, kw_only=True)
class Table:
    """`standings` and `ties` as in the frozen file. `open`: ties that a person has to decide, by codes. `best`: the
    most that any entry can reach, which differs between them if `bests_differ`; `low`, `high`: the lowest and highest
    total of any juror. `last`: the last place that goes on, 0 while a tie is open. `cards`: how many scorecards count.
    `carries`: whether an earlier round counts in the result."""

    standings: tuple[TableRow, ...]
    ties: tuple[TieTrace, ...]
    open: tuple[tuple[str, ...], ...]
    best: str
    low: str
    high: str
    last: int
    cards: int
    bests_differ: bool
    criteria: tuple[Part, ...]
    carries: bool
    severity: SeverityTold | None = left_out(None)  # if somebody has had it worked out

    def as_data(self) -> object:
        """As it is kept."""
        return as_data(self)

    @classmethod
    def from_data(cls, data: object) -> "Table":
        """What as_data made."""
        return from_data(cls, data)


def table_of(round: Round) -> Table:
    """Worked out afresh: from the file of a closed round as it stands there, from the rows of an open one."""
    if round.state in FROZEN:
        return table_of_file(frozen_file(round))
    inputs = inputs_of(round)
    outcome = frozen.compute(inputs)
    return _table(frozen.freeze(inputs, outcome), outcome.open_ties)


def table_of_file(file: ResultFile) -> Table:
    """Of a frozen file, without computing anything again."""
    return _table(file, ())


def _table(file: ResultFile, open: tuple[tuple[str, ...], ...]) -> Table:
    rows: list[TableRow] = []
    ends: list[Fraction] = []
    for row in file.filed:
        totals = sorted(value_of(total) for total in row.cards.values() if total)
        ends += totals[:1] + totals[-1:]
        low, high = (text_of(totals[0]), text_of(totals[-1])) if totals else ("", "")
        rows.append(TableRow(**vars(row), low=low, high=high))
    bests = {row.best for row in file.filed if row.best}
    return Table(
        standings=tuple(rows),
        ties=file.ties or (),
        open=open,
        # Of a file of an earlier version: what all criteria together can give.
        best=text_of(max(map(Fraction, bests), default=rule_of(file.rule).best)),
        low=text_of(min(ends)) if ends else "",
        high=text_of(max(ends)) if ends else "",
        last=0 if open else max((int(row.place) for row in rows if row.advances), default=0),
        cards=sum(int(row.scorecards) for row in rows),
        bests_differ=len(bests) > 1,
        criteria=tuple(parts_in(file.rule)),
        carries=bool(file.counting),
    )


def parts_in(rule: StatedRule) -> list[Part]:
    """Parts of a file's rule."""
    parts = [Part(row.code, row.name) for row in rule.criteria]
    parts += [Part(f"group:{row.code}", row.name) for row in (rule.groups or ())]
    return parts + [Part(f"{link.kind}:{link.code or ''}", link.name) for link in rule.ties if link.name]
