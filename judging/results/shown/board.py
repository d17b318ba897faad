"""A round's standings as pages show them: rows with words, and the picture of each as numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from contest.models import Entry
from judging.domain.marks.scoring import number_of
from judging.domain.results.document import FiledStanding, ResultFile
from judging.domain.results.reasons import Reason
from judging.domain.statistics.told import CorrectedTold
from judging.domain.ties.chain import TieTrace
from judging.models import Result, Round
from judging.reads.taking_part import FROZEN
from judging.results.shown.kept import kept_table
from judging.results.shown.table import Table, TableRow, table_of_file
from judging.results.shown.ties import Names, Tie, tie_of, ties_told
from judging.results.words.reasons import reason_words
from judging.results.words.ties import tie_words
from judging.rounds.words.figures import decimals_of, figure, number
from judging.rounds.words.parts import language_of

PER_PAGE, TIES = 250, 20


@dataclass(frozen=True)
class Picture:
    """Where the dot and the range stand in the track, in per cent of its width, as SVG takes it (a point,
    two decimals)."""

    dot: str
    low: str
    high: str


@dataclass(frozen=True)
class Place:
    rank: int | None
    place: int
    advances: bool
    reason: Reason


@dataclass(frozen=True)
class Line:
    """A row of the standings. `last_in` marks the cut below it;
    `low` and `high` are the jurors' lowest and highest totals.

    `said` tells the picture to who can't see it. `name` is the entry's as it was when the round was closed, its code
    once the key to the names is erased. `entry` is the row of today, for its address only. `filed` is the row of the
    table, numbers as text.
    """

    place: Place
    entry: Entry
    name: str
    city: str
    total: str
    result: str
    low: str
    high: str
    picture: Picture | None
    said: str
    last_in: bool
    names: Names
    filed: TableRow
    corrected: str = ""
    corrected_rank: str = ""
    best: str = ""  # the most that the entry can reach, where not all can reach the same

    @property
    def reason(self) -> str:
        return reason_words(self.place.reason, self.names.entries, self.names.criteria)

    @property
    def tie(self) -> str:
        """What settled the tie that the entry was in; nothing where none was,
        or where the reason says that a person decides."""
        return tie_words(self.filed.tie, self.filed.reason, self.names.criteria)


@dataclass(frozen=True)
class Board:
    """`lines` are those of the page asked for, or all; `of` counts all;
    `result` is the version frozen last, if one is."""

    table: Table
    names: Names
    lines: list[Line]
    ties: list[Tie]
    low: str
    high: str
    carries: bool
    scorecards: int
    of: int
    page: Page[Any] | None = None
    result: Result | None = None
    has_corrected: bool = False  # the standing corrected for severity is known, and stands beside the raw one
    untold: int = 0  # ties that are left to the entries' own pages
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def is_without_ties(self) -> bool:
        """Whether something is ranked, and no two entries have the same result."""
        return not self.table.ties and any(row.rank for row in self.table.standings)


def board_of(round: Round, *, page: str | int | None = None, only: int | None = None, with_ties: bool = True) -> Board:
    """Live while the round is open, from the frozen file afterwards: all lines, those of one page, or that of one entry
    (its key). A fixed number of queries."""
    was_closed = getattr(round, "was_closed", True)  # annotated where every query counts
    results = Result.objects.current().filter(round=round).select_related("closed_by").defer("file")
    result = results.first() if was_closed else None
    table = kept_table(round, result)
    rows: Sequence[TableRow] = table.standings
    asked = None if page is None else Paginator(rows, PER_PAGE).get_page(page)
    if asked is not None:
        rows = list(asked.object_list)
    entries = Entry.objects.filter(samples__round=round) if round.is_calibration else round.edition.entries.all()
    if only is not None:
        own = set(entries.filter(pk=only).values_list("code", flat=True))
        rows = [row for row in rows if row.entry in own]
    ties = ties_told(table, rows) if with_ties else []
    untold = 0 if asked is None else max(0, len(ties) - TIES)
    ties = ties[: len(ties) - untold]
    shown = rows_told(ties, rows)
    by_code = {
        e.code: e
        for e in entries.filter(code__in=shown).select_related("startup__organisation", "city").order_by("code")
    }
    names = names_of(table, by_code, result if round.state in FROZEN else None)
    return make_board(table, rows, by_code, names, ties, page=asked, result=result, untold=untold)


def make_board(
    table: Table,
    rows: Sequence[TableRow],
    entries: dict[str, Entry],
    names: Names,
    ties: Sequence[TieTrace],
    *,
    page: Page[TableRow] | None = None,
    result: Result | None = None,
    untold: int = 0,
) -> Board:
    ends = axis(table.best, table.low, table.high)
    beside = {row["entry"]: row for row in (table.severity or {}).get("entries", [])}
    places = places_of(rows, beside)
    return Board(
        table=table,
        names=names,
        lines=[
            line_of(row, entries[row.entry], names, ends, table, places, beside.get(row.entry))
            for row in rows
            if row.entry in entries
        ],
        ties=[tie_of(tie, table, entries, names) for tie in ties],
        low=figure(ends[0]),
        high=figure(ends[1]),
        carries=table.carries,
        scorecards=table.cards,
        of=len(table.standings),
        page=page,
        result=result,
        untold=untold,
        has_corrected=bool(beside),
        entries=entries,
    )


def board_of_version(result: Result) -> Board:
    """The standings of one frozen version, whatever holds today."""
    table = table_of_file(ResultFile.from_data(json.loads(result.file)))
    codes = [row.entry for row in table.standings]
    entries = Entry.objects.filter(edition_id=result.round.edition_id, code__in=codes)
    by_code = {e.code: e for e in entries.select_related("startup__organisation", "city").order_by("code")}
    names = names_of(table, by_code, result)
    return make_board(table, table.standings, by_code, names, table.ties, result=result)


def rows_told(ties: Iterable[TieTrace], rows: Sequence[FiledStanding]) -> set[str]:
    """The codes of all entries that these rows and the ties speak of."""
    codes = {row.entry for row in rows}
    for row in rows:
        for told in row.reason["figures"].values():
            codes |= set(told) if isinstance(told, list) and all(isinstance(code, str) for code in told) else set()
            codes |= {told} if isinstance(told, str) else set()
    for tie in ties:
        codes |= set(tie.order)
    return codes


def names_of(table: Table, entries: dict[str, Entry], result: Result | None) -> Names:
    """Of a closed round what its key and its file say, whatever was renamed since;
    of an open one what is said today."""
    criteria = {row.code: language_of(row.name) for row in table.criteria}
    if result is None:
        cities = {code: str(entry.city or "") for code, entry in entries.items()}
        return Names({code: str(entry) for code, entry in entries.items()}, cities, criteria)
    if result.key_erased_at is not None or not result.key.get("entries"):
        return Names({code: code for code in entries}, {}, criteria, erased=True)
    kept = result.key["entries"]
    titles = {code: row.get("title") or row["name"] for code, row in kept.items()}
    cities = {code: row.get("city", "") for code, row in kept.items()}
    return Names({code: titles.get(code, code) for code in entries}, cities, criteria)


def axis(best: str, low: str, high: str) -> tuple[Fraction, Fraction]:
    """The ends of the track: round numbers around every juror's total, so that differences can be seen."""
    most = number_of(best) or Fraction(1)
    if not low:
        return Fraction(0), most
    step = most / 20
    left = step * math.floor(Fraction(low) / step)
    right = step * math.ceil(Fraction(high) / step)
    if right == left:  # everybody gave the same: towards where marks can be, never past the best that can be reached
        return (left - step, right) if right >= most else (left, left + step)
    return left, right


def places_of(rows: Sequence[TableRow], beside: Mapping[str, CorrectedTold]) -> dict[str, int]:
    """How many decimals each column of the standings needs."""
    corrected = [number_of(beside[row.entry]["corrected"]) for row in rows if row.entry in beside]
    columns = {name: [number_of(getattr(row, name)) for row in rows] for name in ("total", "final", "low", "high")}
    return {name: decimals_of(numbers) for name, numbers in {**columns, "corrected": corrected}.items()}


def line_of(
    row: TableRow,
    entry: Entry,
    names: Names,
    ends: tuple[Fraction, Fraction],
    table: Table,
    places: Mapping[str, int],
    beside: CorrectedTold | None = None,
) -> Line:
    total, result, low, high = (number_of(text) for text in (row.total, row.final, row.low, row.high))
    shown = {
        "total": "–" if total is None else figure(total, places["total"], whole=True),
        "low": "" if low is None else figure(low, places["low"], whole=True),
        "high": "" if high is None else figure(high, places["high"], whole=True),
    }
    picture = None
    if total is not None and low is not None and high is not None:
        picture = Picture(along(total, ends), along(low, ends), along(high, ends))
    return Line(
        place=Place(int(row.rank) if row.rank else None, int(row.place), row.advances, row.reason),
        entry=entry,
        name=names.entries[entry.code],
        city=names.cities.get(entry.code, ""),
        result="–" if result is None else figure(result, places["final"], whole=True),
        **shown,
        picture=picture,
        said=_("%(total)s; the jurors' totals go from %(low)s to %(high)s")
        % {"total": shown["total"], "low": shown["low"], "high": shown["high"]},
        last_in=int(row.place) == table.last,
        names=names,
        corrected=figure(Fraction(beside["corrected"]), places["corrected"], whole=True) if beside else "",
        corrected_rank=beside["rank_corrected"] if beside else "",
        best=number(row.best) if table.bests_differ and row.best and total is not None else "",
        filed=row,
    )


def along(value: Fraction, ends: tuple[Fraction, Fraction]) -> str:
    """Where a value stands between two ends, as a share in per cent for a picture, from 0 to 100."""
    share = 100 * float((value - ends[0]) / (ends[1] - ends[0]))
    return f"{min(max(share, 0.0), 100.0):.2f}%"
