"""Tables for people who work in a spreadsheet: rows first, format after. The same rows make xlsx, CSV
(toolkit.csv_files) and a test's expectation.

Text stays text: what a stranger typed is never read as a formula, whatever it begins with.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from toolkit.templatetags.house import zone_name

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


class Kind(StrEnum):
    """What a column holds, and so the value that a row gives:
    text, int, Decimal, date, datetime (aware), bool; or None."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Column:
    """`decimals` are those a number is shown with in a workbook (it is kept whole); None shows what there is."""

    key: str
    header: str
    kind: Kind = Kind.TEXT
    decimals: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A table with a name. Every row has a value, perhaps None, for every column's key."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]


# What a spreadsheet may take for the beginning of a formula. Source: OWASP, "CSV Injection".
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Characters that XML 1.0 can't hold, and so a workbook can't either.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What a workbook reads as a character's code (ISO/IEC 29500-1, 22.9.2.19): its underscore is written as a code itself.
CODE_START = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
TITLE_MAX = 31
TEXT_MAX = 32_767
WIDEST, NARROWEST, HEADER_ROOM = 60, 8, 9
LINE_POINTS, HIGHEST_POINTS = 15, 405  # a row is never higher than 409 points


def yes_no(value: bool) -> str:
    return _("yes") if value else _("no")


def workbook(sheets: Iterable[Sheet], *, title: str, author: str, made_at: datetime, zone: tzinfo) -> bytes:
    """An xlsx file with one tab per sheet. Times are written as the clock of `zone` shows them,
    which their header names.

    `made_at` (aware) is the date the file carries. Raises ValueError without a sheet,
    or for a text longer than a cell holds.
    """
    from openpyxl import Workbook

    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    names: set[str] = set()
    for sheet in sheets:
        tab = book.create_sheet(_tab_title(sheet.title, names))
        _fill(tab, sheet, zone)
        _set_up_page(tab, sheet, title)
    if not names:
        raise ValueError("a workbook needs a sheet")
    book.properties.title, book.properties.creator = title, author
    # The file format keeps these two in UTC, without saying so.
    book.properties.created = book.properties.modified = _naive(made_at, None)
    return bytes_of(book)


def bytes_of(book: Workbook) -> bytes:
    """The xlsx file of an openpyxl workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _tab_title(title: str, taken: set[str]) -> str:
    """A name that Excel accepts: 31 characters, none of []:*?/\\, not an apostrophe at either end,
    unlike the others."""
    wanted = UNWRITABLE.sub("", re.sub(r"[\[\]:*?/\\]", " ", title)).strip("' ")[:TITLE_MAX] or "1"
    name, number = wanted, 2
    while name.casefold() in taken:
        suffix = f" {number}"
        name, number = wanted[: TITLE_MAX - len(suffix)] + suffix, number + 1
    taken.add(name.casefold())
    return name


def _fill(tab: Worksheet, sheet: Sheet, zone: tzinfo) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    for number, column in enumerate(sheet.columns, 1):
        cell = tab.cell(1, number)
        write_text(cell, _header(column, sheet, zone))
        cell.font = Font(name="Calibri", size=11, bold=True, color="17212E")
        cell.fill = PatternFill("solid", start_color="F1EDE4")
        cell.border = Border(bottom=Side("medium", color="0B5A78"))
        cell.alignment = Alignment(vertical="bottom", **{**_across(column.kind), "wrap_text": True})
    tab.row_dimensions[1].height = _header_height(sheet, zone)
    for line, row in enumerate(sheet.rows, 2):
        for number, column in enumerate(sheet.columns, 1):
            _write(tab.cell(line, number), row[column.key], column, zone)
        tab.row_dimensions[line].height = _height(row, sheet)


def _header(column: Column, sheet: Sheet, zone: tzinfo) -> str:
    """The column's name; for times also their zone, named by the first one (its
    abbreviation may change with the season)."""
    if column.kind != Kind.MOMENT:
        return column.header
    first = next((row[column.key] for row in sheet.rows if row[column.key]), None)
    return f"{column.header} ({zone_name(first.astimezone(zone))})" if first else column.header


def _across(kind: Kind) -> dict[str, Any]:
    """Numbers to the right, with air before the next column; text wraps."""
    if kind in (Kind.WHOLE, Kind.NUMBER):
        return {"horizontal": "right", "indent": 1}
    return {"horizontal": "left", "wrap_text": kind == Kind.TEXT}


def _write(cell: Any, value: Any, column: Column, zone: tzinfo) -> None:
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(vertical="top", **_across(column.kind))
    if value is None or value == "":
        return
    match column.kind:
        case Kind.TEXT:
            write_text(cell, str(value))
        case Kind.YES_NO:
            write_text(cell, yes_no(value))
        case Kind.WHOLE:
            cell.value, cell.number_format = int(value), "0"
        case Kind.NUMBER:
            cell.value = value
            cell.number_format = "General" if column.decimals is None else _number_format(column.decimals)
        case Kind.DATE:
            cell.value, cell.number_format = value, "yyyy-mm-dd"
        case Kind.MOMENT:
            cell.value, cell.number_format = _naive(value, zone), "yyyy-mm-dd hh:mm"


def _number_format(decimals: int) -> str:
    return "0." + "0" * decimals if decimals else "0"


def _naive(moment: datetime, zone: tzinfo | None) -> datetime:
    """What the clock of `zone` (UTC if None) shows, to the second, without the zone: a workbook knows none."""
    return moment.astimezone(zone or UTC).replace(tzinfo=None, microsecond=0)


def write_text(cell: Any, text: str) -> None:
    """Stores a string as a string, also one that looks like a formula, a number or a date. Raises ValueError for more
    than a cell holds (TEXT_MAX characters)."""
    if len(text) > TEXT_MAX:
        raise ValueError(f"a cell holds {TEXT_MAX} characters, this text has {len(text)}")
    cell.value = as_written(text)
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        # As if typed with an apostrophe in front: editing the cell keeps it text.
        cell.quotePrefix = True


def writable(text: str) -> str:
    """The text with a mark in place of each character that a workbook can't hold."""
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def as_written(text: str) -> str:
    """The text as openpyxl must be given it, so that every program reads it as it is;
    XlsxWriter does this by itself."""
    return CODE_START.sub("_x005F_", writable(text))


def in_its_width(tab: Worksheet) -> None:
    """Prints the sheet one page wide."""
    setup = tab.sheet_properties.pageSetUpPr
    assert setup is not None
    setup.fitToPage = True


def _set_up_page(tab: Worksheet, sheet: Sheet, title: str) -> None:
    """What makes it readable on a screen and on paper: the header stays, columns fit,
    a page is as wide as the table."""
    from openpyxl.utils import get_column_letter

    tab.freeze_panes = "A2"
    tab.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    for number, column in enumerate(sheet.columns, 1):
        tab.column_dimensions[get_column_letter(number)].width = _width(column, sheet.rows)
    tab.print_title_rows = "1:1"
    tab.page_setup.orientation = "landscape"
    tab.page_setup.paperSize = tab.PAPERSIZE_A4
    tab.page_setup.fitToWidth, tab.page_setup.fitToHeight = 1, 0
    in_its_width(tab)
    # An ampersand begins a code in headers and footers.
    header, footer = tab.oddHeader, tab.oddFooter
    assert header is not None
    assert footer is not None
    header.left.text = title.replace("&", "&&")
    footer.left.text = sheet.title.replace("&", "&&")
    footer.right.text = "&P / &N"


def _width(column: Column, rows: Sequence[Mapping[str, Any]]) -> int:
    """In characters: the longest line of a value, or of a word of the header, within bounds."""
    if column.kind == Kind.MOMENT:
        return 18
    words = [len(word) for word in column.header.split()]
    header = max([*words, min(len(column.header), HEADER_ROOM)], default=0) + 3  # the filter's arrow
    lines = (len(line) for row in rows if row[column.key] is not None for line in str(row[column.key]).splitlines())
    return max(NARROWEST, min(WIDEST, max(header, max(lines, default=0) + 2)))


def _header_height(sheet: Sheet, zone: tzinfo) -> int:
    """In points, for the header that wraps most in its column's width (less the filter's arrow)."""
    lines = [
        len(textwrap.wrap(_header(column, sheet, zone), _width(column, sheet.rows) - 3)) for column in sheet.columns
    ]
    return LINE_POINTS * max(lines, default=1) + 3


def _height(row: Mapping[str, Any], sheet: Sheet) -> int:
    """In points, for the text that wraps most: not every program fits a row by itself."""
    texts = [str(row[column.key]) for column in sheet.columns if column.kind == Kind.TEXT and row[column.key]]
    lines = [sum(-(-max(len(line), 1) // (WIDEST - 4)) for line in text.split("\n")) for text in texts]
    return min(LINE_POINTS * max(lines, default=1), HIGHEST_POINTS)
