"""How a calendar is drawn: intervals put into rows, each row a list of cells that span months. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from corridor.domain.calendar.spans import months_of


@dataclass(frozen=True)
class Bar:
    """Something that lasts over [starts, ends)."""

    starts: date
    ends: date
    thing: Any


@dataclass(frozen=True)
class Cell:
    """`months` columns: of a bar, or (thing None) one empty month."""

    months: int
    thing: Any
    month: date


def rows_of(bars: Sequence[Bar], months: Sequence[date]) -> list[list[Cell]]:
    """Rows of cells over the columns `months`: two bars that share a month never share a row; at least one row.

    A bar is cut at the edges of the table; one that lies outside is left out.
    """
    if not months:
        return []
    rows: list[dict[date, Bar]] = []
    for bar in sorted(bars, key=lambda bar: (bar.starts, bar.ends)):
        own = [month for month in months_of(bar.starts, bar.ends) if months[0] <= month <= months[-1]]
        if not own:
            continue
        row = next((row for row in rows if not any(month in row for month in own)), None)
        if row is None:
            row = {}
            rows.append(row)
        row.update(dict.fromkeys(own, bar))
    return [_cells(row, months) for row in rows or [{}]]


def _cells(row: dict[date, Bar], months: Sequence[date]) -> list[Cell]:
    cells: list[Cell] = []
    drawn: Bar | None = None
    for month in months:
        bar = row.get(month)
        if bar is None:
            cells.append(Cell(1, None, month))
        elif bar is drawn:
            cells[-1] = Cell(cells[-1].months + 1, bar.thing, cells[-1].month)
        else:
            cells.append(Cell(1, bar.thing, month))
        drawn = bar
    return cells
