"""What is drawn as text on the pages of a stored PDF."""

import json
from pathlib import Path
from typing import Any

from toolkit.kept_files import keep_once
from toolkit.reading_apart import Failed, read_apart
from toolkit.refusals import Refusal

READING = Path(__file__).with_name("pdf_text.py")


def read_page_texts(stored: Any, sha256: str) -> bool:
    """Reads the text of each page and keeps it beside the file; whether that could be done. `sha256` is the file's.

    Slow (starts a process): call it from a task, outside transactions.
    """
    name = kept_name(sha256)
    if stored.storage.exists(name):
        return True
    with stored.open("rb") as source:
        data = source.read()
    try:
        said = read_apart(READING, data)
        json.loads(said)
    except (Failed, Refusal, ValueError):
        return False
    keep_once(stored.storage, name, said)
    return True


def kept_page_texts(stored: Any, sha256: str) -> list[str] | None:
    """The text of each page, as it was read; None where it was not, or could not be."""
    try:
        with stored.storage.open(kept_name(sha256), "rb") as kept:
            found: list[str] | None = json.load(kept)
            return found
    except FileNotFoundError:
        return None


def kept_name(sha256: str) -> str:
    """Where the texts of a file are kept."""
    return f"text/{sha256}-1.json"
