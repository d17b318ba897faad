"""Sheets with formulas and, beside each, what it comes to, so that programs that don't calculate show it too. Written
by XlsxWriter: openpyxl can't hold both (docs/decisions/workbooks.md).
"""

from collections.abc import Sequence
from typing import Any

from toolkit.spreadsheets import FORMULA_STARTS, writable

NARROWEST, WIDEST = 9, 48  # columns, in characters
A4 = 9


class FormulaTab:
    """A sheet that is written cell by cell, rows and columns counted from 1.
    Text stays text, whatever it begins with."""

    def __init__(self, book: Any, name: str) -> None:
        self.title = name
        self.sheet = book.add_worksheet(name)
        self.bold = book.add_format({"bold": True})
        self.quoted = book.add_format({"quote_prefix": True})
        self.widths: dict[int, int] = {}

    def text(self, row: int, column: int, text: str, style: Any = None) -> None:
        text = writable(text)
        if text:
            style = style or (self.quoted if text.startswith(FORMULA_STARTS) else None)
            self.sheet.write_string(row - 1, column - 1, text, style)
            self._widen(column, text)

    def number(self, row: int, column: int, value: float | int | None) -> None:
        if value is not None:
            self.sheet.write_number(row - 1, column - 1, value)
            self._widen(column, str(value))

    def formula(self, row: int, column: int, formula: str, value: float | int | str | None) -> None:
        """`value` is what the formula comes to; None where it comes to nothing."""
        self.sheet.write_formula(row - 1, column - 1, formula, None, "" if value is None else value)

    def head(self, names: Sequence[str]) -> None:
        for column, name in enumerate(names, 1):
            self.text(1, column, name, self.bold)
        self.sheet.freeze_panes(1, 0)

    def _widen(self, column: int, text: str) -> None:
        self.widths[column] = max(self.widths.get(column, 0), len(text))

    def tidy(self) -> None:
        """Columns as wide as their longest text, within bounds; a page as wide as the table."""
        for column, longest in self.widths.items():
            self.sheet.set_column(column - 1, column - 1, min(max(longest + 2, NARROWEST), WIDEST))
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
