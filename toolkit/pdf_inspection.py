"""Reads a PDF that nobody trusts, alone in a process with little time and memory: `python -I pdf_inspection.py MAX_PAGES < file`.

Writes one line of JSON: {"pages": n} or {"fault": code}. Imports nothing of ours and writes no file. Faults: encrypted,
javascript, launch, embedded, action, xfa, media, pages, empty, unreadable.
"""

import io
import json
import resource
import sys

SECONDS, BYTES = 15, 1 << 30
RUNS = {"/JavaScript": "javascript", "/Launch": "launch", "/ImportData": "launch", "/SubmitForm": "action"}
RUNS |= {"/GoToE": "embedded", "/GoToR": "launch", "/Rendition": "media", "/Movie": "media", "/Sound": "media"}
SHOWS = {"/RichMedia": "media", "/3D": "media", "/Screen": "media", "/Movie": "media", "/Sound": "media"}
SHOWS |= {"/FileAttachment": "embedded"}
DEPTH = 60


def limit() -> None:
    """Takes away what an inspection does not need: time, memory, written files, processes of its own."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere the limit is not kept, or kills the interpreter itself
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def fault_in(pikepdf, thing, depth: int = 0) -> str | None:
    """What is active in an object and the direct objects inside it; indirect ones come up on their own."""
    if depth > DEPTH:
        return "unreadable"
    if isinstance(thing, pikepdf.Array):
        parts = list(thing)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        fault = fault_of_keys(thing)
        if fault:
            return fault
        parts = [value for _, value in thing.items()]
    else:
        return None
    for part in parts:
        nested = isinstance(part, (pikepdf.Array, pikepdf.Dictionary))
        fault = fault_in(pikepdf, part, depth + 1) if nested and not part.is_indirect else None
        if fault:
            return fault
    return None


def fault_of_keys(thing) -> str | None:
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


def fault_on_opening(pikepdf, root) -> str | None:
    """Opening may show a page (a destination, or the action GoTo); nothing else."""
    opening = root.get("/OpenAction")
    if opening is None or isinstance(opening, pikepdf.Array):
        return None
    if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S", "")) == "/GoTo" and "/Next" not in opening:
        return None
    return fault_in(pikepdf, opening) or "action"


def inspect(data: bytes, max_pages: int) -> dict:
    import pikepdf

    if b"%PDF-" not in data[:1024]:
        return {"fault": "unreadable"}
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return {"fault": "encrypted"}
            fault = fault_on_opening(pikepdf, pdf.Root)
            pages = len(pdf.pages)
            if not fault and not 1 <= pages <= max_pages:
                return {"fault": "pages" if pages else "empty", "pages": pages}
            for thing in pdf.objects:
                fault = fault or fault_in(pikepdf, thing)
            return {"fault": fault} if fault else {"pages": pages}
    except pikepdf.PasswordError:
        return {"fault": "encrypted"}
    except (pikepdf.PdfError, RecursionError, MemoryError, ValueError, TypeError, AttributeError):
        return {"fault": "unreadable"}


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps(inspect(sys.stdin.buffer.read(), int(sys.argv[1]))) + "\n")
