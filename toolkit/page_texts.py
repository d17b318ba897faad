"""What is drawn as text on the pages of a stored PDF."""

import json
import subprocess
import sys
from pathlib import Path

from django.core.files.base import ContentFile

READING = Path(__file__).with_name("pdf_text.py")
PATIENCE = 30  # seconds, beside the child's own limit on processor time


def page_texts(stored, sha256: str, *, only_kept: bool = False) -> list[str] | None:
    """The text of each page, read once and kept beside the file; None where it can't be read, or with `only_kept`
    where nobody asked yet. `sha256` is the file's.

    Slow the first time (starts a process): call it outside transactions.
    """
    name = f"text/{sha256}-1.json"
    if not stored.storage.exists(name):
        if only_kept:
            return None
        with stored.open("rb") as source:
            data = source.read()
        command = [sys.executable, "-I", str(READING)]
        try:
            child = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, env={}, check=True)
            json.loads(child.stdout)
        except (subprocess.SubprocessError, ValueError):
            return None
        stored.storage.save(name, ContentFile(child.stdout))
    with stored.storage.open(name, "rb") as kept:
        return json.load(kept)
