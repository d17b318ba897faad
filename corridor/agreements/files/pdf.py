"""The two files of an agreement, issued and executed, made from its frozen content and its signatures."""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import segno
from django.conf import settings
from django.utils.translation import gettext as _

from corridor.agreements.content import beside_each_other
from corridor.agreements.files.evidence import Evidence, signed_at
from corridor.domain.terms.clauses import fill
from corridor.domain.terms.content import Content
from toolkit.canonical import canonical_bytes
from toolkit.pdf import AttachedFile, Part, html_of, render
from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from corridor.models import Agreement


logger = logging.getLogger(__name__)


def issued_pdf(content: Content) -> bytes:
    """The document that the parties read and sign: the same bytes for the same frozen content."""
    return _pdf(content)


def preview_pdf(content: Content) -> bytes:
    """The PDF of a document that is not issued, in a process of its own with little time: a request may wait for it.

    Raises Refusal when it could not be made.
    """
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "render_preview"]
    try:
        made = subprocess.run(
            command, input=canonical_bytes(content.as_data()), capture_output=True, timeout=90, check=True
        )
    except subprocess.SubprocessError as error:
        logger.warning("a preview was not rendered: %s", error)
        raise Refusal(_("The preview could not be made as a PDF."), code="agreement.preview", status=503) from None
    return made.stdout


def executed_pdf(
    content: Content,
    *,
    evidence: Evidence,
    issued: bytes,
    received: Sequence[AttachedFile] = (),
) -> bytes:
    """The same content again, then the evidence on pages of their own, and a field for the seal.

    The issued file travels inside, and so does what was `received` signed from outside.
    """
    completed_at = evidence.completed_at
    words = content.words
    annex = Part("documents/evidence.html", {"doc": content, "evidence": evidence, "qr": _qr(content)})
    inside = AttachedFile(issued_name(content), issued, words["issued_document"], completed_at)
    return _pdf(
        content,
        made_at=completed_at,
        annexes=[annex],
        attachments=[inside, *received],
        seal_field=words.get("seal_field", content.reference),
    )


def _pdf(
    content: Content,
    made_at: datetime | None = None,
    attachments: Sequence[AttachedFile] = (),
    *,
    annexes: Sequence[Part] = (),
    seal_field: str = "",
) -> bytes:
    drafted_at = datetime.fromisoformat(content.drafted_at)
    data = AttachedFile(
        f"{content.reference}.json",
        canonical_bytes(content.as_data()),
        content.words.get("data", ""),
        drafted_at,
        relationship="Data",
    )
    return render(
        "documents/agreement.html",
        _shown(content),
        content.language,
        f"{content.title} {content.reference}",
        made_at=made_at or drafted_at,
        identifier=identifier_of(content),
        annexes=annexes,
        attachments=[*attachments, data],
        seal_field=seal_field,
    )


def _shown(content: Content) -> dict[str, object]:
    return {"doc": content, "two": beside_each_other(content), "qr": _qr(content)}


def page_of(content: Content) -> str:
    """The issued document as HTML, before it is laid out: what a benchmark hands to the renderer alone."""
    drafted_at = datetime.fromisoformat(content.drafted_at)
    return html_of("documents/agreement.html", _shown(content), content.language, "", drafted_at)


def identifier_of(content: Content) -> str:
    """What the file calls itself in its metadata: readable without opening it as a PDF."""
    code = content.verification.code.replace("-", "") if content.verification else ""
    return f"passerelle:agreement:{content.reference}:{code}"


def _qr(content: Content) -> str:
    """The address on which the document is checked, as a picture (SVG);
    nothing for a document from before there was one."""
    if content.verification is None:
        return ""
    url = content.verification.url
    picture = segno.make(url, error="m", micro=False)
    title = fill(content.words["qr"], {"url": url})
    return picture.svg_inline(border=0, svgclass=None, lineclass=None, omitsize=True, title=title)


def issued_name(content: Content) -> str:
    return f"{content.reference}-issued.pdf"


def executed_name(content: Content) -> str:
    return f"{content.reference}-executed.pdf"


def received_files(agreement: Agreement) -> list[AttachedFile]:
    """What the parties signed outside this site, to travel inside the executed file. Raises ValueError where a file is
    no longer the one that was recorded."""
    content, found = agreement.content, []
    for signature in agreement.signatures.exclude(file="").order_by("order"):
        with signature.file.open() as file:
            received = file.read()
        if hashlib.sha256(received).hexdigest() != signature.file_sha256:
            raise ValueError(f"the file received from {signature.party} is not the one that was recorded")
        name = f"{content.reference}-{signature.party}-received.pdf"
        said = fill(content.words["outside_attached"], {"party": content.party(signature.party).name})
        found.append(AttachedFile(name, received, said, signed_at(signature), relationship="Supplement"))
    return found
