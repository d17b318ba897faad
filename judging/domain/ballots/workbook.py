"""A workbook that comes back, merged cell by cell: what it said when it was handed out, what it says now,
what is kept on the site.

A place is (entry code, field); a field is “mark:<criterion code>”, “why:<criterion code>” or “comment”.
A mark is text: “4.5”, “n/a”, “” for blank.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

ENTRY, COMMENT, MARK, WHY = "entry", "comment", "mark:", "why:"
Place = tuple[str, str]
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # a workbook can't hold these


@dataclass(frozen=True)
class Difference:
    """`site` is what is kept now, `book` what the workbook holds,
    `base` what it held when handed out (a comment: unknown)."""

    place: Place
    site: str
    book: str
    base: str


@dataclass(frozen=True)
class Merge:
    """`changes` can be applied; of `conflicts` somebody chooses one side;
    `newer` counts cells that only the site changed."""

    changes: list[Difference]
    conflicts: list[Difference]
    newer: int


def is_text(field: str) -> bool:
    """Whether the field holds words, not a mark."""
    return field == COMMENT or field.startswith(WHY)


def trace(field: str, value: str) -> str:
    """What the workbook carries of a value that it was handed out with: a mark itself, of a text its fingerprint."""
    if not is_text(field) or not value:
        return value
    return "#" + hashlib.sha256(one_text(value).encode("utf-8")).hexdigest()[:24]


def one_text(text: str) -> str:
    """A comment without what workbooks and programs change on their own:
    line ends, characters no workbook holds, spaces around it."""
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def merge(base: Mapping[Place, str], site: Mapping[Place, str], book: Mapping[Place, str]) -> Merge:
    """Compares every place of `book`. A place that `base` doesn't know was blank; `base` holds traces (see `trace`)."""
    changes: list[Difference] = []
    conflicts: list[Difference] = []
    newer = 0
    for place, value in book.items():
        field, was = place[1], base.get(place, "")
        kept, told = one_text(site.get(place, "")), one_text(value)
        if told == kept:
            continue
        if trace(field, told) == was:
            newer += 1
            continue
        difference = Difference(place, kept, told, "" if is_text(field) else was)
        (changes if trace(field, kept) == was else conflicts).append(difference)
    return Merge(changes, conflicts, newer)
