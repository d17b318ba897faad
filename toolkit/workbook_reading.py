"""Reads an xlsx file that nobody trusts, alone in a process with little time and memory:
`python -I workbook_reading.py < file`.

Writes one line of JSON: {"sheets": [{"name", "cells": [[row, column, kind, text]], "merged": [[top, left, bottom,
right]]}]} or {"fault": code}. Rows and columns count from 1. Kinds: n (number, as Python writes it), s (text), b (true
or false), e (error), f (formula, never computed). Imports nothing of ours and writes no file. Faults: macro, encrypted,
xls, ods, text, bomb, unreadable.

Macros are what the package itself declares: a part of that kind, or a workbook of a macro-enabled kind. What the list
of content types says of the extension "bin" is nothing: SheetJS lists the macro-enabled binary format there in every
file.
"""

from __future__ import annotations

import io
import json
import os
import posixpath
import re
import resource
import sys
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


SECONDS, BYTES = 10, 1 << 30
UNPACKED, PARTS, CELLS, TEXT = 40 << 20, 500, 100_000, 32_767
TYPES = "[Content_Types].xml"
OLE, ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# ISO/IEC 29500-1, 22.9.2.19 (ST_Xstring): a character by its code in UTF-16, which a text may also hold twice for one
# beyond 16 bits.
CODED = re.compile("_x([0-9A-Fa-f]{4})_")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MACRO_KINDS = ("vbaproject", "macrosheet", "xlmacrosheet", "xlintlmacrosheet")
MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet")


class Fault(Exception):
    """What is wrong with the file, by its code."""


def limit() -> None:
    """Takes away what reading does not need: time, memory, written files."""
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere the limit is not kept, or kills the interpreter itself
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def read(data: bytes) -> dict[str, Any]:
    """The workbook's cells, or its fault."""
    try:
        return {"sheets": Package(data).sheets()}
    except Fault as fault:
        return {"fault": str(fault)}
    except MemoryError:
        return {"fault": "bomb"}
    except RuntimeError as error:  # zipfile's word for a part that wants a password
        return {"fault": "encrypted" if "password" in str(error) else "unreadable"}
    except (LookupError, ValueError, SyntaxError, StopIteration, OSError, EOFError, zipfile.BadZipFile, zlib.error):
        return {"fault": "unreadable"}


class Package:
    """The archive: its parts are read whole, and never more than UNPACKED bytes of them together."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(OLE):
            raise Fault("encrypted" if ENCRYPTED in data else "xls")
        if not data.startswith(b"PK"):
            raise Fault("text" if looks_like_text(data) else "unreadable")
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        # Part names are alike whatever their case (ISO/IEC 29500-2, 7.2.3.5); some programs write them with
        # backslashes.
        self.names = {part_name(name): name for name in self.zip.namelist()}
        self.left = UNPACKED
        parts = self.zip.infolist()
        if "mimetype" in self.names and b"opendocument" in self.part("mimetype")[:100]:
            raise Fault("ods")
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            raise Fault("bomb")
        if part_name(TYPES) not in self.names:
            raise Fault("unreadable")
        if any(name.endswith("vbaproject.bin") for name in self.names) or self.declares_macros():
            raise Fault("macro")

    def declares_macros(self) -> bool:
        """Whether a part is said to hold macros, or the XML of the workbook itself to be of a macro-enabled kind."""
        for node in self.tree(TYPES):
            is_meant = local(node) == "Override" or node.get("Extension", "").lower() == "xml"
            if is_meant and any(kind in node.get("ContentType", "").lower() for kind in MACRO_TYPES):
                return True
        return False

    def part(self, name: str) -> bytes:
        """What a part says it holds may be a lie: no more is unpacked than is left."""
        with self.zip.open(self.names[part_name(name)]) as stream:
            content = stream.read(self.left + 1)
        self.left -= len(content)
        if self.left < 0:
            raise Fault("bomb")
        return content

    def tree(self, name: str) -> Element:
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        try:
            return fromstring(self.part(name), forbid_dtd=True)
        except DefusedXmlException:
            raise Fault("bomb") from None

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """{id: (kind, path)} of what a part refers to inside the archive."""
        folder, file = posixpath.split(name)
        found = {}
        for link in self.tree(posixpath.join(folder, "_rels", f"{file}.rels")):
            if link.get("TargetMode") != "External":
                target = link.get("Target", "").replace("\\", "/")
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[link.get("Id", "")] = (link.get("Type", "").rsplit("/", 1)[-1], path)
        if any(kind.lower() in MACRO_KINDS for kind, _path in found.values()):
            raise Fault("macro")
        return found

    def sheets(self) -> list[dict[str, Any]]:
        book = next(path for kind, path in self.targets("").values() if kind == "officeDocument")
        targets = self.targets(book)
        strings = [
            text_of(item)
            for kind, path in targets.values()
            if kind == "sharedStrings"
            for item in self.tree(path)
            if local(item) == "si"
        ]
        found = []
        for sheet in (node for node in self.tree(book).iter() if local(node) == "sheet"):
            link = next(value for key, value in sheet.attrib.items() if key.endswith("}id"))
            kind, path = targets[link]
            if kind == "worksheet":
                found.append({"name": sheet.get("name", ""), **grid(self.tree(path), strings)})
        return found


def part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def looks_like_text(data: bytes) -> bool:
    """Whether it may be a CSV file: something, with no null byte near its beginning."""
    return bool(data) and b"\x00" not in data[:4096]


def local(node: Element) -> str:
    return node.tag.rsplit("}", 1)[-1]


def text_of(node: Element) -> str:
    """The text of a string: its runs in a row, without what says how to pronounce them."""
    if local(node) == "t":
        return clean(node.text or "")
    return "".join(text_of(child) for child in node if local(child) in ("t", "r"))


def clean(text: str) -> str:
    """The text that was meant: its codes decoded once, line ends as one kind, no character that no text may hold."""
    decoded = CODED.sub(lambda code: chr(int(code[1], 16)), text)
    whole = decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", whole.replace("\r\n", "\n").replace("\r", "\n"))[:TEXT]


def grid(sheet: Element, strings: list[str]) -> dict[str, object]:
    """{“cells”: [[row, column, kind, text]], “merged”: [[top, left, bottom, right]]}, from 1. Raises Fault."""
    cells: list[list[Any]] = []
    merged = []
    row = 0
    for node in sheet.iter():
        if local(node) == "row":
            row = int(node.get("r", row + 1))
            column = 0
            for cell in node:
                place = REFERENCE.fullmatch(cell.get("r", ""))
                column = number_of(place[1]) if place else column + 1
                value = value_of(cell, strings)
                if value:
                    cells.append([row, column, *value])
            if len(cells) > CELLS:
                raise Fault("bomb")
        elif local(node) == "mergeCell":
            corners = [REFERENCE.fullmatch(corner) for corner in node.get("ref", "").split(":")]
            if len(corners) == 2 and all(corners):
                (top, left), (bottom, right) = [(int(c[2]), number_of(c[1])) for c in corners if c]
                merged.append([top, left, bottom, right])
    return {"cells": cells, "merged": merged}


def number_of(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def value_of(cell: Element, strings: list[str]) -> tuple[str, str] | None:
    """(kind, text) of a cell: f formula, s text, n number, b yes or no, e error; None for an empty one."""
    parts = {local(child): child for child in cell}
    if "f" in parts:
        return "f", clean("=" + (parts["f"].text or ""))
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        text = text_of(parts["is"]) if "is" in parts else ""
        return ("s", text) if text else None
    raw = parts["v"].text if "v" in parts else None
    if not raw:
        return None
    if kind == "s":
        text = strings[int(raw)]
        return ("s", text) if text else None
    if kind == "n":
        return "n", repr(float(raw)).removesuffix(".0")
    return {"b": "b", "e": "e"}.get(kind, "s"), clean(raw)


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())) + "\n")
