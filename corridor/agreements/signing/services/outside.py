"""The other ways to sign: a digital signature made elsewhere on our file,
and a copy signed by hand that a person compares."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.agreements import notices
from corridor.agreements.signers import expected
from corridor.agreements.signing.services.signing import (
    Proof,
    check_person,
    check_turn,
    fill_signature,
    locked_own_place,
    locked_place,
    locked_signature,
)
from corridor.models import Agreement, PaperCopy, Signature
from corridor.states import COPY, CopyState, SigningMethod
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock, pdf_signatures
from toolkit.locks import locked
from toolkit.reading_apart import Failed, read_apart
from toolkit.refusals import Forbidden, Refusal
from toolkit.slots import slot_for_a_file
from toolkit.states import move
from toolkit.uploads import inspect_pdf

INSPECTION = Path(pdf_signatures.__file__)


@dataclass(frozen=True)
class Finding:
    """What a person saw on one page: the same text or not, and a note."""

    page: int
    is_same: bool
    note: str = ""


def sign_by_file(
    *, by: User, agreement: Agreement, party: str, upload: UploadedFile[Any], proof: Proof | None
) -> Signature:
    """Signs for a party by a PDF that holds a digital signature on top of the issued file, byte for byte.

    `proof`: that the person is there, for anybody makes a certificate in any name. Raises Forbidden for who may not
    sign for the party; Refusal without a recent proof, for another turn, and for a file that is too large, is not
    ours underneath, or holds no intact signature over the whole. Slow: reads the file in a process of its own.
    """
    with transaction.atomic():
        check_turn(*locked_signature(by, agreement, party))
    proof = check_person(by, proof)
    content = _read(upload)
    with slot_for_a_file():
        found = _signatures_on(content, _issued(agreement))
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        agreement, signature, stay = locked_signature(by, agreement, party)
        check_turn(agreement, signature, stay)
        signature.method, signature.outside, signature.file_sha256 = SigningMethod.FILE, found[-1], sha256
        signature.file.save(f"{agreement.reference}-{party}.pdf", ContentFile(content), save=False)
        _name(signature, agreement)
        fill_signature(signature, by, agreement, proof=proof)
    return signature


def upload_copy(
    *, by: User, agreement: Agreement, party: str, upload: UploadedFile[Any], proof: Proof | None
) -> PaperCopy:
    """Keeps the scan of a copy signed by hand, to be compared by an organiser. As many pages as the issued document.

    Whoever is named signs on the paper; anybody of the party may send it (docs/decisions/who-signs.md), after the
    same `proof` that they are there. Raises Forbidden for others, Refusal for everything else.
    """
    with transaction.atomic():
        check_turn(*locked_own_place(by, agreement, party))
    check_person(by, proof)
    scan = inspect_pdf(upload)
    pages = pages_of(agreement)
    if scan.pages != pages:
        raise _no(
            ngettext(
                "The scan has %(scan)s page, the issued document %(issued)s. Scan every page, in order.",
                "The scan has %(scan)s pages, the issued document %(issued)s. Scan every page, in order.",
                scan.pages,
            )
            % {"scan": scan.pages, "issued": pages},
            "copy.pages",
        )
    with transaction.atomic():
        agreement, signature, stay = locked_own_place(by, agreement, party)
        check_turn(agreement, signature, stay)
        if signature.copies.filter(state=CopyState.WAITING).exists():
            raise Refusal(_("A scan for this party waits to be compared already."), code="copy.waiting")
        copy = PaperCopy(signature=signature, sha256=scan.sha256, pages=pages, uploaded_by=by, uploaded_at=clock.now())
        copy.file.save(f"{agreement.reference}-{party}-paper.pdf", scan.content, save=True)
        record_event(by=by, verb="upload_copy", thing=agreement, after={"party": party, "sha256": scan.sha256})
        notices.CopyToCompare.tell(copy, agreement)
    return copy


@transaction.atomic
def record_comparison(*, by: User, copy: PaperCopy, findings: Sequence[Finding]) -> PaperCopy:
    """An organiser records what each page showed. All the same: the party has signed. One that differs: it has not.

    Raises Forbidden for others than organisers, for who sent the scan and for whose signature it holds, Refusal unless
    there is one finding for each page and a note for each that differs.
    """
    if not is_organiser(by):
        raise Forbidden(_("Only the organiser compares paper copies."))
    if copy.uploaded_by_id == by.pk:
        raise Forbidden(_("Somebody else must compare: you uploaded this scan yourself."))
    if copy.signature.signatory_id == by.pk:
        raise Forbidden(_("Somebody else must compare: the signature is yours."))
    # Whoever sent the scan could sign then: that they have left since takes nothing from it.
    agreement, signature, stay = locked_place(copy.signature.agreement, copy.signature.party)
    copy = locked(PaperCopy.objects.filter(pk=copy.pk)).get()
    check_turn(agreement, signature, stay)
    if [finding.page for finding in findings] != list(range(1, copy.pages + 1)):
        raise _no(_("Say for each page whether it is the same."), "copy.findings", field=None)
    if any(not finding.is_same and not finding.note.strip() for finding in findings):
        raise _no(_("Say what differs on each page that is not the same: the party reads it."), "copy.note", field=None)
    is_same = all(finding.is_same for finding in findings)
    move(copy, "accept" if is_same else "refuse", COPY)
    copy.compared_by, copy.compared_at = by, clock.now()
    copy.findings = [{"page": f.page, "same": f.is_same, "note": f.note.strip()[:300]} for f in findings]
    copy.save()
    record_event(by=by, verb="compare_copy", thing=agreement, after={"party": signature.party, "state": copy.state})
    if is_same:
        _sign_on_paper(signature, agreement, copy, by)
    else:
        notices.CopyDiffers.tell(copy, agreement)
    return copy


def _sign_on_paper(signature: Signature, agreement: Agreement, copy: PaperCopy, by: User) -> None:
    assert copy.compared_at is not None
    signature.method, signature.file_sha256 = SigningMethod.PAPER, copy.sha256
    signature.file.name = copy.file.name
    notes = [{"page": finding["page"], "note": finding["note"]} for finding in copy.findings if finding["note"]]
    signature.outside = {
        "uploaded_by": copy.uploaded_by.full_name or copy.uploaded_by.email,
        "uploaded_at": copy.uploaded_at.isoformat(),
        "compared_by": by.full_name or by.email,
        "compared_at": copy.compared_at.isoformat(),
        "count": copy.pages,
        "pages": notes,
    }
    _name(signature, agreement)
    fill_signature(signature, copy.uploaded_by, agreement, signer=signature.signatory)


def _name(signature: Signature, agreement: Agreement) -> None:
    named = expected(signature, agreement.content)
    signature.signer_name, signature.signer_role = named.name, named.capacity[:150]
    signature.document_sha256 = agreement.issued_sha256


def pages_of(agreement: Agreement) -> int:
    """How many pages the issued document has."""
    import pikepdf

    with pikepdf.open(io.BytesIO(_issued(agreement))) as document:
        return len(document.pages)


def _issued(agreement: Agreement) -> bytes:
    if not agreement.issued_file:
        raise Refusal(_("There is no issued document yet."), code="agreement.state")
    with agreement.issued_file.open() as file:
        found: bytes = file.read()
        return found


def _read(upload: UploadedFile[Any]) -> bytes:
    limit = settings.UPLOAD_MAX_BYTES
    content = upload.read(limit + 1)
    if len(content) > limit:
        values = {"size": filesizeformat(upload.size or len(content)), "limit": filesizeformat(limit)}
        raise _no(_("This file has %(size)s: at most %(limit)s.") % values, "upload.size")
    found: bytes = content
    return found


def _signatures_on(content: bytes, issued: bytes) -> list[Mapping[str, Any]]:
    """The certificates of the signatures added to the issued file, in order. Raises Refusal with the reason."""
    if not content.startswith(issued):
        raise _no(
            _("This file is not the issued document with something added: its first bytes differ. Sign the PDF that "
              "you download here, in a program that adds to the file and does not save it anew."),
            "outside.other",
        )  # fmt: skip
    try:
        answer = json.loads(read_apart(INSPECTION, content, str(len(issued))))
    except (Failed, ValueError):
        answer = {"fault": "unreadable"}
    if "fault" in answer:
        raise _no(_sentence(answer["fault"]), f"outside.{answer['fault']}")
    found: list[Mapping[str, Any]] = answer["signatures"]
    return found


def _sentence(fault: str) -> str:
    return {
        "unsigned": _("This file holds no digital signature beside what we issued."),
        "kind": _(
            "A digital signature in this file is of an old kind that proves nothing any more (SHA-1, or "
            "“adbe.pkcs7.sha1”). Sign again as PAdES or “adbe.pkcs7.detached”, with SHA-256."
        ),
        "broken": _("A digital signature in this file is not intact: the file was changed after it was signed."),
        "partial": _("Something was added after the last digital signature: it does not cover the whole file."),
        "changed": _("Something else than a signature was added to the issued document."),
    }.get(fault, _("The digital signature in this file can't be read."))


def _no(sentence: str, code: str, field: str | None = "file") -> Refusal:
    return Refusal(sentence, code=code, field=field, status=422)
