"""Spreadsheets from outside: read by a process of their own, as cells; formulas are never computed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from toolkit.reading_apart import Failed, read_apart
from toolkit.refusals import Refusal
from toolkit.slots import slot_for_a_file

READING = Path(__file__).with_name("workbook_reading.py")
LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. `kind`: n number, s text, b true or false, e error, f formula (its text,
    not its result)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Grid:
    """A sheet: the cells that hold something by (row, column), counted from 1;
    merged ranges as (top, left, bottom, right)."""

    name: str
    cells: dict[tuple[int, int], Cell]
    merged: list[tuple[int, int, int, int]]

    def is_merged(self, row: int, column: int) -> bool:
        return any(
            top <= row <= bottom and left <= column <= right
            for top, left, bottom, right in self.merged
            if (top, left) != (bottom, right)
        )


def cell_name(row: int, column: int) -> str:
    """“C7”."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def read_workbook(upload: UploadedFile[Any], *, field: str = "file") -> list[Grid]:
    """The sheets of an uploaded xlsx file. Raises Refusal with the reason:
    too large, another format, macros, a password …

    Slow (starts a process): call it outside transactions.
    """
    size = upload.size or 0
    if size > LIMIT:
        values = {"size": filesizeformat(size), "limit": filesizeformat(LIMIT)}
        raise _refusal("size", _("This file has %(size)s: at most %(limit)s.") % values, field)
    with slot_for_a_file(field):
        answer = _ask_child(upload.read(LIMIT + 1), field)
    if "fault" in answer:
        raise _refusal(answer["fault"], _sentence(answer["fault"]), field)
    return grids(answer)


def grids(answer: dict[str, Any]) -> list[Grid]:
    return [
        Grid(
            sheet["name"],
            {(row, column): Cell(kind, text) for row, column, kind, text in sheet["cells"]},
            [tuple(corners) for corners in sheet["merged"]],
        )
        for sheet in answer["sheets"]
    ]


def _ask_child(data: bytes, field: str) -> dict[str, Any]:
    try:
        answer = json.loads(read_apart(READING, data, field=field))
    except (Failed, ValueError):
        return {"fault": "unreadable"}
    return answer if isinstance(answer, dict) else {"fault": "unreadable"}


def _sentence(fault: str) -> str:
    return {
        "macro": _("This workbook holds macros. Save it as a plain workbook (.xlsx)."),
        "encrypted": _("This file is protected by a password. Save it without one."),
        "xls": _("This is the old Excel format (.xls). Save it as .xlsx."),
        "ods": _("This is an OpenDocument spreadsheet (.ods). Save it as .xlsx."),
        "text": _(
            "This is plain text, such as .csv: it doesn't say which cell is which. Upload the workbook itself (.xlsx)."
        ),
        "bomb": _("This file holds far more than such a workbook can. Download the workbook again and fill in that."),
    }.get(fault, _("This file can't be read as a workbook. Save it again as .xlsx."))


def _refusal(code: str, sentence: str, field: str) -> Refusal:
    return Refusal(sentence, code=f"workbook.{code}", field=field, status=422)
