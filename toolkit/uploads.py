"""Files from outside: told by their content, inspected by a process of their own, kept under names that say nothing."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from toolkit.kept_files import keep_once
from toolkit.reading_apart import Failed, read_apart
from toolkit.refusals import Refusal
from toolkit.slots import slot_for_a_file, slot_to_prepare

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile


INSPECTION = Path(__file__).with_name("pdf_inspection.py")
BLINDING = Path(__file__).with_name("pdf_blinding.py")


@dataclass(frozen=True)
class InspectedPdf:
    """A PDF that passed: its content under a random name, and what was measured."""

    name: str
    content: ContentFile[bytes]
    size: int
    pages: int
    sha256: str


def inspect_pdf(upload: UploadedFile[Any], *, field: str = "file") -> InspectedPdf:
    """Reads and inspects an upload. Raises Refusal with the reason: too large, no PDF, too many pages or parts, active
    content, too many at once, or a machine that is too busy.

    A damaged file is kept as it was repaired: what was inspected is what readers get. Slow (starts a process): call it
    outside transactions.
    """
    limit, size = settings.UPLOAD_MAX_BYTES, upload.size or 0
    if size > limit:
        values = {"size": filesizeformat(size), "limit": filesizeformat(limit)}
        raise _refusal("size", _("This file has %(size)s: at most %(limit)s.") % values, field)
    data = upload.read(limit + 1)
    if b"%PDF-" not in data[:1024]:
        raise _refusal("not_pdf", _("This is not a PDF, whatever its name says. Export the document as a PDF."), field)
    with slot_for_a_file(field):
        answer, repaired = _ask_child(data, field)
    if "fault" in answer:
        raise _refusal(answer["fault"], _sentence(answer), field)
    data = repaired or data
    if len(data) > limit:
        values = {"size": filesizeformat(len(data)), "limit": filesizeformat(limit)}
        raise _refusal("size", _("This file has %(size)s: at most %(limit)s.") % values, field)
    return InspectedPdf(
        name=f"{uuid.uuid4().hex}.pdf",
        content=ContentFile(data),
        size=len(data),
        pages=answer["pages"],
        sha256=hashlib.sha256(data).hexdigest(),
    )


def serve_private(stored: File[bytes], filename: str) -> FileResponse:
    """Hands a stored file over as a download that no browser runs:
    nosniff, sandboxed, kept by the reader's own cache only."""
    response = FileResponse(stored.open("rb"), as_attachment=True, filename=filename, content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def blind_copy(stored: FieldFile, sha256: str) -> File[Any]:
    """The stored PDF without what tells who made it (see pdf_blinding), made once and kept beside it. Raises Refusal.

    `sha256` is the file's. Slow the first time (starts a process): call it outside transactions.
    """
    name = blind_name(sha256)
    if not stored.storage.exists(name):
        with slot_to_prepare(), stored.open("rb") as source:
            made = _blinded(source.read())
        keep_once(stored.storage, name, made)
    return stored.storage.open(name, "rb")


def blind_name(sha256: str) -> str:
    """Where a blind copy is kept."""
    return f"blind/{sha256}-1.pdf"


def _blinded(data: bytes) -> bytes:
    try:
        return read_apart(BLINDING, data)
    except Failed:
        sentence = _("This file can't be shown without the team's name. Tell the organiser.")
        raise Refusal(sentence, code="upload.blind") from None


def _ask_child(data: bytes, field: str) -> tuple[dict[str, Any], bytes]:
    """(what was found, the file as it was repaired; empty where nothing was)."""
    try:
        said = read_apart(INSPECTION, data, str(settings.UPLOAD_MAX_PAGES), field=field)
        line, _newline, repaired = said.partition(b"\n")
        answer = json.loads(line)
    except (Failed, ValueError):
        return {"fault": "unreadable"}, b""
    return (answer, repaired) if isinstance(answer, dict) else ({"fault": "unreadable"}, b"")


def _sentence(answer: dict[str, Any]) -> str:
    if answer["fault"] == "pages":
        values = {"pages": answer["pages"], "limit": settings.UPLOAD_MAX_PAGES}
        return _("This file has %(pages)s pages: at most %(limit)s.") % values
    return {
        "encrypted": _("This PDF is protected by a password or by rights. Save it without protection."),
        "javascript": _("This PDF holds JavaScript. Export it again without scripts."),
        "launch": _("This PDF holds a link that starts a program or opens a file. Take it out."),
        "embedded": _("This PDF holds other files inside. Take the attachments out."),
        "action": _("This PDF does something by itself when it is opened. Export it again without actions."),
        "media": _("This PDF holds sound, film or 3D. Give the film as a link instead."),
        "xfa": _("This PDF is a form (XFA). Print it to a plain PDF."),
        "empty": _("This PDF has no pages."),
        "parts": _("This PDF is made of too many parts to be read. Print it to a PDF, then send that."),
    }.get(answer["fault"], _("This PDF can't be read. Export it again."))


def _refusal(code: str, sentence: str, field: str) -> Refusal:
    return Refusal(sentence, code=f"upload.{code}", field=field, status=422)
