"""Reads a PDF that nobody trusts, alone in a process with little time and memory:
`python -I pdf_inspection.py MAX_PAGES < file`.

Writes one line of JSON: {"pages": n} or {"fault": code}; after it the file as it was repaired, if it opens only so.
Imports nothing of ours and writes no file. Faults: encrypted, javascript, launch, embedded, action, xfa, media, pages,
parts, empty, unreadable.
"""

import io
import json
import os
import resource
import sys
from typing import Any

SECONDS, BYTES = 10, 1 << 30
OBJECTS, PARTS = 50_000, 2_000_000  # a deck of forty pages has some thousands; the parts are those inside all objects
RUNS = {"/JavaScript": "javascript", "/Launch": "launch", "/ImportData": "launch", "/SubmitForm": "action"}
RUNS |= {"/GoToE": "embedded", "/GoToR": "launch", "/Rendition": "media", "/Movie": "media", "/Sound": "media"}
SHOWS = {"/RichMedia": "media", "/3D": "media", "/Screen": "media", "/Movie": "media", "/Sound": "media"}
SHOWS |= {"/FileAttachment": "embedded"}
DEPTH = 60


def limit() -> None:
    """Takes away what an inspection does not need: time, memory, written files,
    precedence over who waits for a page."""
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere the limit is not kept, or kills the interpreter itself
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


class Inspection:
    """Looks at every object of a file once, and counts what it looks at."""

    def __init__(self, pikepdf: Any) -> None:
        self.pikepdf, self.parts = pikepdf, 0

    def fault_in(self, thing: Any, depth: int = 0) -> str | None:
        """What is active in an object and the direct objects inside it; indirect ones come up on their own."""
        if depth > DEPTH:
            return "unreadable"
        fault = None
        if isinstance(thing, self.pikepdf.Array):
            values = iter(thing)
        elif isinstance(thing, (self.pikepdf.Dictionary, self.pikepdf.Stream)):
            fault = fault_of_keys(thing) or self.fault_of_triggers(thing)
            values = (value for _, value in thing.items())
        else:
            return None
        for value in () if fault else values:
            self.parts += 1
            if self.parts > PARTS:
                return "parts"
            nested = isinstance(value, (self.pikepdf.Array, self.pikepdf.Dictionary))
            fault = self.fault_in(value, depth + 1) if nested and not value.is_indirect else None
            if fault:
                return fault
        return fault

    def fault_of_triggers(self, thing: Any) -> str | None:
        """Additional actions of the catalogue, a page, an annotation or a field:
        what happens by itself when it is opened, shown, left."""
        triggers = thing.get("/AA")
        if triggers is None:
            return None
        if not isinstance(triggers, self.pikepdf.Dictionary):
            return "action"
        return next(filter(None, (self.fault_of_action(action) for _, action in triggers.items())), None)

    def fault_of_action(self, action: Any) -> str | None:
        """What happens by itself may show a page (a destination, or the action GoTo); nothing else."""
        if action is None or isinstance(action, self.pikepdf.Array):
            return None
        is_dictionary = isinstance(action, self.pikepdf.Dictionary)
        if is_dictionary and str(action.get("/S", "")) == "/GoTo" and "/Next" not in action:
            return None
        return self.fault_in(action) or "action"


def fault_of_keys(thing: Any) -> str | None:
    """The fault that a dictionary of the file is by its keys alone; None for none."""

    def name(key: str) -> str:
        return str(thing.get(key, ""))

    if "/JS" in thing or "/JavaScript" in thing:
        return "javascript"
    if "/EF" in thing or "/EmbeddedFiles" in thing or name("/Type") == "/EmbeddedFile":
        return "embedded"
    if "/XFA" in thing:
        return "xfa"
    # /S also says other things (the kind of a border, a transition); only these values are actions.
    return RUNS.get(name("/S")) or SHOWS.get(name("/Subtype"))


def inspect(data: bytes, max_pages: int) -> tuple[dict[str, object], bytes]:
    """({"pages"} or {"fault"}, the repaired file or nothing)."""
    import pikepdf

    if b"%PDF-" not in data[:1024]:
        return {"fault": "unreadable"}, b""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            answer = look(pikepdf, pdf, max_pages)
            if "fault" in answer or not (pdf.get_warnings() or not data.startswith(b"%PDF-")):
                return answer, b""
            return answer, repaired(pikepdf, pdf)
    except pikepdf.PasswordError:
        return {"fault": "encrypted"}, b""
    except (pikepdf.PdfError, RecursionError, MemoryError, ValueError, TypeError, AttributeError):
        return {"fault": "unreadable"}, b""


def look(pikepdf: Any, pdf: Any, max_pages: int) -> dict[str, object]:
    """{“pages”: number}, or {“fault”: code} of the first that is found (and the pages, where they are it)."""
    if pdf.is_encrypted:
        return {"fault": "encrypted"}
    if len(pdf.objects) > OBJECTS:
        return {"fault": "parts"}
    inspection = Inspection(pikepdf)
    fault = inspection.fault_of_action(pdf.Root.get("/OpenAction"))
    pages = len(pdf.pages)
    if not fault and not 1 <= pages <= max_pages:
        return {"fault": "pages" if pages else "empty", "pages": pages}
    for thing in pdf.objects:
        fault = fault or inspection.fault_in(thing)
        if fault:
            return {"fault": fault}
    return {"pages": pages}


def repaired(pikepdf: Any, pdf: Any) -> bytes:
    """The file as it was understood, written anew. Raises ValueError if that is not whole either."""
    pdf.save(out := io.BytesIO())
    with pikepdf.open(io.BytesIO(out.getvalue())) as again:
        if again.get_warnings() or len(again.pages) != len(pdf.pages):
            raise ValueError("beyond repair")
    return out.getvalue()


if __name__ == "__main__":
    limit()
    answer, rest = inspect(sys.stdin.buffer.read(), int(sys.argv[1]))
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + rest)
