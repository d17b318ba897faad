"""Compiles translation catalogues (.po → .mo) with nothing but Python,
so that no tool has to be installed to read French.

python -m config.catalogues      compiles every catalogue that is newer than its compiled form
"""

import ast
import re
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def read_entries(text: str) -> Iterator[dict[str, Any]]:
    """The entries of a .po file, in order: dicts with `flags` and what of msgctxt, msgid, msgid_plural,
    msgstr and msgstr[n] they have.

    Obsolete entries (#~) are left out. Raises ValueError with the line number where the file can't be read.
    """
    entry: dict[str, Any] = {"flags": set()}
    field = ""
    for number, line in enumerate([*text.splitlines(), ""], 1):
        line = line.strip()
        is_whole = "msgstr" in entry or "msgstr[0]" in entry
        if is_whole and (not line or line.startswith(("#", "msgctxt ", "msgid "))):
            yield entry
            entry, field = {"flags": set()}, ""
        if not line:
            continue
        if line.startswith("#"):
            if line.startswith("#,"):
                entry["flags"].update(flag.strip() for flag in line[2:].split(","))
            continue
        if not line.startswith('"'):
            field, _, line = line.partition(" ")
            entry[field] = ""
        try:
            entry[field] += ast.literal_eval(line.strip())
        except (KeyError, SyntaxError, ValueError, TypeError):
            raise ValueError(f"line {number}: this is no part of a catalogue") from None


def compiled(text: str) -> bytes:
    """The bytes of the .mo file of a .po file's text. Fuzzy and empty translations are left out:
    English shows instead."""
    pairs = {}
    for entry in read_entries(text):
        key = entry["msgid"]
        if "msgctxt" in entry:
            key = entry["msgctxt"] + "\x04" + key
        if "msgid_plural" in entry:
            key += "\x00" + entry["msgid_plural"]
            forms = [entry[name] for name in sorted(entry) if name.startswith("msgstr[")]
            value = "\x00".join(forms) if all(forms) else ""
        else:
            value = entry["msgstr"]
        if not key:  # as msgfmt does, so that the same sentences make the same bytes
            value = "".join(
                line for line in value.splitlines(keepends=True) if not line.startswith("POT-Creation-Date:")
            )
        if value and ("fuzzy" not in entry["flags"] or not key):
            pairs[key.encode()] = value.encode()
    return _table(sorted(pairs.items()))


def _table(pairs: Sequence[tuple[bytes, bytes]]) -> bytes:
    """GNU's binary form: header, two tables of (length, offset), then the texts, each closed by a zero byte."""
    count = len(pairs)
    offset = 28 + 16 * count
    tables, texts = [], b""
    for side in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[side]), offset + len(texts)))
            texts += pair[side] + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    return header + b"".join(tables) + texts


def french_spaces(text: str) -> str:
    """The text of a French .po file with a space that doesn't break before : ;
    ? ! » and after «, in what it translates to."""
    lines, is_french = [], False
    for line in text.splitlines(keepends=True):
        if line.startswith(("msgid", "msgctxt", "#")):
            is_french = False
        elif line.startswith("msgstr"):
            is_french = True
        if is_french:
            line = re.sub(r" (?=[:;?!»](?:[^/\w]|$))|(?<=«) ", "\N{NO-BREAK SPACE}", line)
        lines.append(line)
    return "".join(lines)


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Writes the .mo beside each .po under locale/ that is newer than it. Returns the catalogues written."""
    written = []
    for source in sorted(Path(root).glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            target.write_bytes(compiled(source.read_text(encoding="utf-8")))
        except ValueError as error:
            raise ValueError(f"{source.relative_to(root)}, {error}") from None
        written.append(source)
    return written


if __name__ == "__main__":
    try:
        for catalogue in compile_catalogues():
            print(f"compiled {catalogue.relative_to(ROOT)}")
    except ValueError as problem:
        sys.exit(str(problem))
