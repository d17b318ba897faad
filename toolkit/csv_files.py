"""CSV for people who work in a spreadsheet: the one writer of the product, and a reader of what it wrote.

CSV says neither what separates its cells nor what is text. So a value is guarded wherever a cell would begin with it
under any of the separators that spreadsheets use, not only under the file's own (OWASP, “CSV Injection”; tried in
LibreOffice with each).
"""

import csv as csv_format
import io
import re
from dataclasses import dataclass
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from toolkit.spreadsheets import Kind, Sheet, writable, yes_no


@dataclass(frozen=True)
class Dialect:
    """What separates cells, and what stands before a number's decimals."""

    separator: str
    decimal: str


PLAIN = Dialect(",", ".")  # RFC 4180, for programs
SEPARATORS = ",;\t"
NAMES = {"comma": _("Comma"), "semicolon": _("Semicolon"), "tab": _("Tab")}

# What a spreadsheet takes for the beginning of a formula, also in full width; spaces and quotes before it don't stop
# every program.
FORMULA = "=+\\-@＝＋－＠"
SPACES = " \\u00a0\\u2000-\\u200b\\u202f\\u3000\\ufeff"
# Where a cell begins: the value's own beginning, and after every separator and line end inside it. Apostrophes that
# stand there already are doubled by one, so that reading takes away what writing added.
CELL_START = re.compile(rf"(?:^|(?<=[{SEPARATORS}\r\n]))(?=[{SPACES}\"']*[{FORMULA}])|^(?='*[\t\r\n])")
GUARDED = re.compile(rf"(?:^|(?<=[{SEPARATORS}\r\n]))'(?=[{SPACES}\"']*[{FORMULA}])|^'(?='*[\t\r\n])")


def dialect_of_reader(separator: str = "") -> Dialect:
    """The reader's own: numbers as their language writes them; where its decimals begin with a comma, cells are
    separated by a semicolon, as spreadsheets of that language expect. `separator` (a key of NAMES) is what the reader
    chose instead.
    """
    decimal = get_format("DECIMAL_SEPARATOR")
    usual = "semicolon" if decimal == "," else "comma"
    chosen = separator if separator in NAMES else usual
    mark = {"comma": ",", "semicolon": ";", "tab": "\t"}[chosen]
    return Dialect(mark, "." if mark == "," else decimal)


def usual_separator() -> str:
    """The key of NAMES that the reader's language expects."""
    return {",": "comma", ";": "semicolon"}[dialect_of_reader().separator]


def csv(sheet: Sheet, zone: tzinfo, dialect: Dialect = PLAIN) -> bytes:
    """CRLF, everything quoted, UTF-8 with a byte order mark (so that Excel reads accents),
    times as ISO 8601 in `zone`."""
    out = io.StringIO(newline="")
    writer = csv_format.writer(out, delimiter=dialect.separator, quoting=csv_format.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guarded(column.header) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_value(row[column.key], column.kind, zone, dialect) for column in sheet.columns])
    return out.getvalue().encode("utf-8-sig")


def _value(value: Any, kind: Kind, zone: tzinfo, dialect: Dialect) -> str:
    if value is None:
        return ""
    if kind == Kind.TEXT:
        return guarded(str(value))
    if kind == Kind.YES_NO:
        return yes_no(value)
    if kind == Kind.MOMENT:
        return str(value.astimezone(zone).isoformat(timespec="seconds"))
    if kind == Kind.DATE:
        return str(value.isoformat())
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text.replace(".", dialect.decimal)


def guarded(text: str) -> str:
    """The text with an apostrophe wherever a cell would begin as a formula:
    CSV has no other way to say that text is text."""
    return CELL_START.sub("'", writable(text))


def unguarded(text: str) -> str:
    """What `guarded` was given (less the characters that no file holds)."""
    return GUARDED.sub("", text)


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file, by the names in its first line; separated by comma, semicolon or tab, whichever that line
    has most of outside quotes. Text is given without its guards, numbers as they stand. Raises ValueError for what is
    no UTF-8.
    """
    text = content.decode("utf-8-sig")
    first = re.sub(r'"[^"]*"', "", text.partition("\n")[0])
    separator = max(SEPARATORS, key=first.count)
    rows = csv_format.reader(io.StringIO(text, newline=""), delimiter=separator)
    names = [unguarded(name) for name in next(rows, [])]
    return [dict(zip(names, (unguarded(cell) for cell in row), strict=False)) for row in rows if row]
