"""What is drawn as text on the pages of a stored PDF."""

import json
import subprocess
import sys
from pathlib import Path

from django.core.files.base import ContentFile

READING = Path(__file__).with_name("pdf_text.py")
PATIENCE = 30  # seconds, beside the child's own limit on processor time


def read_page_texts(stored, sha256: str) -> bool:
    """Reads the text of each page and keeps it beside the file; whether that could be done. `sha256` is the file's.

    Slow (starts a process): call it from a task, outside transactions.
    """
    name = kept_name(sha256)
    if stored.storage.exists(name):
        return True
    with stored.open("rb") as source:
        data = source.read()
    command = [sys.executable, "-I", str(READING)]
    try:
        child = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, env={}, check=True)
        json.loads(child.stdout)
    except (subprocess.SubprocessError, ValueError):
        return False
    stored.storage.save(name, ContentFile(child.stdout))
    return True


def kept_page_texts(stored, sha256: str) -> list[str] | None:
    """The text of each page, as it was read; None where it was not, or could not be."""
    try:
        with stored.storage.open(kept_name(sha256), "rb") as kept:
            return json.load(kept)
    except FileNotFoundError:
        return None


def kept_name(sha256: str) -> str:
    """Where the texts of a file are kept."""
    return f"text/{sha256}-1.json"
