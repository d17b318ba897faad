"""The content of a document, read from its PDF or alone, and what is wrong with it. Asks no database."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridor.domain.chain.chain import topics
from corridor.domain.terms.content import Content
from toolkit.canonical import canonical_bytes
from toolkit.typed_data import Data, Misshapen

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "formats" / "agreement.schema.json"
LONGEST = 200


class NoDocument(ValueError):
    """Bytes that hold no content of a document: the message says why."""


@dataclass(frozen=True)
class Held:
    """The content of a document: its bytes, what they say, and their SHA-256."""

    written: bytes
    content: Content

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.written).hexdigest()


def held_in(data: bytes) -> Held:
    """The content in a PDF of ours, or alone as JSON. Raises NoDocument with all faults of its shape."""
    written = _attached(data) if data.startswith(b"%PDF") else data
    try:
        said = json.loads(written)
    except ValueError as no:
        raise NoDocument(f"it is no JSON: {no}") from no
    if faults := list(_faults_of_shape(said)):
        raise NoDocument("\n".join(faults))
    try:
        return Held(written, Content.from_data(said))
    except Misshapen as no:
        raise NoDocument(str(no)) from no


def _attached(data: bytes) -> bytes:
    """The data that travel inside a PDF."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            for file in document.Root.get("/AF", []):
                if file.get("/AFRelationship") == "/Data" and str(file.UF).endswith(".json"):
                    return bytes(file.EF.F.read_bytes())
    except pikepdf.PdfError as no:
        raise NoDocument(f"it is no PDF that can be read: {no}") from no
    raise NoDocument("no content of a document travels inside this PDF.")


@cache
def _validator() -> Validator:
    import jsonschema

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker(["date"]))


def _faults_of_shape(said: Any) -> Iterator[str]:
    """What the published format finds wrong, each with its place."""
    for error in _validator().iter_errors(said):
        place = error.json_path.removeprefix("$").removeprefix(".") or "the whole"
        message = error.message if len(error.message) <= LONGEST else f"…{error.message[-LONGEST:]}"  # its end says why
        yield f"{place}: {message}"


def faults_of(held: Held, sha256: str = "") -> Iterator[str]:
    """What is wrong with a content whose shape is right; `sha256` is the fingerprint that it should have."""
    content = held.content
    if sha256 and sha256 != held.sha256:
        yield f"its fingerprint is {held.sha256}, not {sha256}"
    if held.written != canonical_bytes(content.as_data()):
        yield "it is not written in canonical form, or says more than a document says"
    spoken = tuple(text.language for text in content.texts)
    if content.languages is not None and content.languages != spoken:
        yield f"its languages are {', '.join(content.languages)}, its texts speak {', '.join(spoken)}"
    for text in content.texts[1:]:
        if [block.party for block in text.parties] != [block.party for block in content.parties]:
            yield "its two languages name other parties"
    yield from _faults_of_change(content)


def _faults_of_change(content: Content) -> Iterator[str]:
    change = content.change
    if change is None:
        return
    about = tuple(sorted(topics(change.before.facts, change.after.facts, change.text)))
    if about != tuple(sorted(change.topics)):
        yield f"it is about {', '.join(change.topics) or 'nothing'}, but changes {', '.join(about) or 'nothing'}"
    if not change.is_joint and [block.party for block in content.parties] != [change.party]:
        yield "a notice that one party gives alone names others as signing"


def faults_of_kept(frozen: Data) -> Iterator[str]:
    """What keeps the content of a row from being read, or from being written again as it is."""
    try:
        written = Content.from_data(frozen).as_data()
    except Misshapen as no:
        yield f"what it says can't be read: {no}"
        return
    if canonical_bytes(written) != canonical_bytes(frozen):
        yield "what it says would not be written again as it is"
