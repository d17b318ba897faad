"""The two files of an agreement, issued and executed, made from its frozen content and its signatures."""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
import zoneinfo
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import segno
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from corridor.agreements.content import beside_each_other, party_in
from corridor.agreements.signers import word
from corridor.domain.terms.clauses import fill
from corridor.kinds.second_steps import SECOND_STEPS, word_of
from corridor.states import SigningMethod
from toolkit.canonical import canonical_bytes
from toolkit.dates import date_format
from toolkit.pdf import AttachedFile, Part, html_of, render
from toolkit.refusals import Refusal
from toolkit.seal import Seal
from toolkit.zones import present_name

if TYPE_CHECKING:
    from corridor.models import Agreement, Signature
    from network.models import User


logger = logging.getLogger(__name__)


def issued_pdf(frozen: Mapping[str, Any]) -> bytes:
    """The document that the parties read and sign: the same bytes for the same frozen content."""
    return _pdf(frozen)


def preview_pdf(frozen: Mapping[str, Any]) -> bytes:
    """The PDF of a document that is not issued, in a process of its own with little time: a request may wait for it.

    Raises Refusal when it could not be made.
    """
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "render_preview"]
    try:
        made = subprocess.run(command, input=canonical_bytes(frozen), capture_output=True, timeout=90, check=True)
    except subprocess.SubprocessError as error:
        logger.warning("a preview was not rendered: %s", error)
        raise Refusal(_("The preview could not be made as a PDF."), code="agreement.preview", status=503) from None
    return made.stdout


def executed_pdf(
    frozen: Mapping[str, Any],
    *,
    evidence: Mapping[str, Any],
    issued: bytes,
    received: Sequence[AttachedFile] = (),
) -> bytes:
    """The same content again, then the evidence on pages of their own, and a field for the seal.

    The issued file travels inside, and so does what was `received` signed from outside.
    """
    completed_at = datetime.fromisoformat(evidence["completed_at"])
    words = frozen["words"]
    annex = Part("documents/evidence.html", {"doc": frozen, "evidence": evidence, "qr": _qr(frozen)})
    inside = AttachedFile(issued_name(frozen), issued, words["issued_document"], completed_at)
    return _pdf(
        frozen,
        made_at=completed_at,
        annexes=[annex],
        attachments=[inside, *received],
        seal_field=words.get("seal_field", frozen["reference"]),
    )


def _pdf(
    frozen: Mapping[str, Any],
    made_at: datetime | None = None,
    attachments: Sequence[AttachedFile] = (),
    **extra: Any,
) -> bytes:
    drafted_at = datetime.fromisoformat(frozen["drafted_at"])
    data = AttachedFile(
        f"{frozen['reference']}.json",
        canonical_bytes(frozen),
        frozen["words"].get("data", ""),
        drafted_at,
        relationship="Data",
    )
    return render(
        "documents/agreement.html",
        _shown(frozen),
        frozen["language"],
        f"{frozen['title']} {frozen['reference']}",
        made_at=made_at or drafted_at,
        identifier=identifier_of(frozen),
        attachments=[*attachments, data],
        **extra,
    )


def _shown(frozen: Mapping[str, Any]) -> dict[str, Any]:
    return {"doc": frozen, "two": beside_each_other(frozen), "qr": _qr(frozen)}


def page_of(frozen: Mapping[str, Any]) -> str:
    """The issued document as HTML, before it is laid out: what a benchmark hands to the renderer alone."""
    drafted_at = datetime.fromisoformat(frozen["drafted_at"])
    return html_of("documents/agreement.html", _shown(frozen), frozen["language"], "", drafted_at)


def identifier_of(frozen: Mapping[str, Any]) -> str:
    """What the file calls itself in its metadata: readable without opening it as a PDF."""
    code = frozen.get("verification", {}).get("code", "").replace("-", "")
    return f"passerelle:agreement:{frozen['reference']}:{code}"


def _qr(frozen: Mapping[str, Any]) -> str:
    """The address on which the document is checked, as a picture (SVG);
    nothing for a document from before there was one."""
    if "verification" not in frozen:
        return ""
    url = frozen["verification"]["url"]
    picture = segno.make(url, error="m", micro=False)
    title = fill(frozen["words"]["qr"], {"url": url})
    return picture.svg_inline(border=0, svgclass=None, lineclass=None, omitsize=True, title=title)


def issued_name(frozen: Mapping[str, Any]) -> str:
    return f"{frozen['reference']}-issued.pdf"


def executed_name(frozen: Mapping[str, Any]) -> str:
    return f"{frozen['reference']}-executed.pdf"


def evidence_of(agreement: Agreement, seal: Seal) -> dict[str, Any]:
    """What the evidence pages print, from the signatures of an agreement that all have signed and the seal it gets."""
    frozen, signatures = agreement.frozen, list(agreement.signatures.select_related("signed_by").order_by("order"))
    completed_at = max(_signed_at(signature) for signature in signatures)
    unknown = frozen["words"]["unknown"]
    with translation.override(frozen["language"]):
        return {
            "issued_sha256": agreement.issued_sha256,
            "issued_at": _instant(_moment(agreement.issued_at), frozen["time_zone"]),
            "content_sha256": agreement.frozen_sha256,
            "completed_at": completed_at.isoformat(),
            "completed": _instant(completed_at, frozen["time_zone"]),
            "instead_of": word(frozen, "instead_of"),
            "account_changes": word(frozen, "account_changes"),
            "seal": _seal_in_words(seal, frozen["words"]),
            "signers": [
                {
                    "label": party_in(frozen, signature.party)["label"],
                    "party": party_in(frozen, signature.party)["name"],
                    "name": signature.signer_name,
                    "role": signature.signer_role,
                    "account": signature.account or _account(signature.signed_by),
                    "at": _instant(_signed_at(signature), signature.time_zone),
                    "second_step": _second_step(signature, frozen),
                    "account_changes": _account_changes(signature, frozen),
                    "address": signature.ip_address or unknown,
                    "outside": _outside(signature, frozen),
                    "file_sha256": signature.file_sha256,
                    "sha256": signature.document_sha256,
                    "consent": signature.consent,
                    "stand_in": _stand_in(signature, frozen),
                }
                for signature in signatures
            ],
        }


def _moment(known: datetime | None) -> datetime:
    """A moment that a document in this state has."""
    assert known is not None
    return known


def _signed_at(signature: Signature) -> datetime:
    return _moment(signature.signed_at)


def _account(signer: User | None) -> str:
    """The account of a signer, as signatures from before that was kept tell it."""
    assert signer is not None
    return f"{signer} <{signer.email}>"


def _second_step(signature: Signature, frozen: Mapping[str, Any]) -> str:
    """How the signer said once more who they were, and when; nothing for a signature from before that was asked."""
    if not signature.second_step:
        return ""
    key = word_of(signature.second_step)
    if key not in frozen["words"]:
        SECOND_STEPS.ask(signature.second_step)  # says what is not known, rather than which word is missing
    said = word(frozen, key)
    return f"{said}, {_instant(_moment(signature.second_step_at), signature.time_zone)}"


def _account_changes(signature: Signature, frozen: Mapping[str, Any]) -> list[str]:
    """What had changed about the way into the signer's account shortly before;
    nothing for a signature from before that was kept."""
    if signature.account_changes is None:
        return []
    said = [
        (
            f"{word(frozen, 'account_' + change['what'])}, "
            f"{_instant(datetime.fromisoformat(change['at']), signature.time_zone)}"
        )
        for change in signature.account_changes
    ]
    return said or [word(frozen, "account_unchanged")]


def _stand_in(signature: Signature, frozen: Mapping[str, Any]) -> str:
    """What is said about somebody who signed instead of the person whom the document names; nothing for that person."""
    known = signature.stand_in
    if not known:
        return ""
    at = _instant(datetime.fromisoformat(known["named_at"]), frozen["time_zone"])
    return fill(word(frozen, "stand_in"), {**known, "at": at})


def _outside(signature: Signature, frozen: Mapping[str, Any]) -> list[str]:
    """What is said about a signature that was not made on this site."""
    words, known = frozen["words"], signature.outside
    if signature.method == SigningMethod.FILE:
        return [fill(words["outside_file"], {"subject": known["subject"], "issuer": known["issuer"]})]
    if signature.method == SigningMethod.PAPER:
        at = _instant(datetime.fromisoformat(known["compared_at"]), frozen["time_zone"])
        said = fill(words["outside_paper"], {"name": known["compared_by"], "pages": str(known["count"]), "at": at})
        return [
            *_who_sent(signature, frozen),
            said,
            *(fill(words["outside_page"], {"page": str(n["page"]), "note": n["note"]}) for n in known["pages"]),
        ]
    return []


def _who_sent(signature: Signature, frozen: Mapping[str, Any]) -> list[str]:
    """Through whose account a scan came; nothing for one from before that was kept."""
    known = signature.outside
    if "uploaded_by" not in known:
        return []
    at = _instant(datetime.fromisoformat(known["uploaded_at"]), frozen["time_zone"])
    return [fill(word(frozen, "outside_sent"), {"name": known["uploaded_by"], "at": at})]


def received_files(agreement: Agreement) -> list[AttachedFile]:
    """What the parties signed outside this site, to travel inside the executed file."""
    frozen, found = agreement.frozen, []
    for signature in agreement.signatures.exclude(file="").order_by("order"):
        with signature.file.open() as file:
            content = file.read()
        if hashlib.sha256(content).hexdigest() != signature.file_sha256:
            raise ValueError(f"the file received from {signature.party} is not the one that was recorded")
        name = f"{frozen['reference']}-{signature.party}-received.pdf"
        said = fill(frozen["words"]["outside_attached"], {"party": party_in(frozen, signature.party)["name"]})
        found.append(AttachedFile(name, content, said, _signed_at(signature), relationship="Supplement"))
    return found


def _seal_in_words(seal: Seal, words: Mapping[str, str]) -> list[str]:
    """What is said about the seal; nothing in a document from before there was one."""
    if "seal_text" not in words:
        return []
    said = fill(words["seal_text"], {"subject": seal.subject, "fingerprint": seal.fingerprint, "level": seal.level})
    return [said, words["seal_self_made"]] if seal.is_self_made else [said]


def _instant(moment: datetime, zone: str) -> str:
    """A time with its zone and its distance from UTC: “3 March 2027, 14:05:09 (Europe/Paris, UTC+01:00)”."""
    local = moment.astimezone(zoneinfo.ZoneInfo(zone))
    offset = f"{local:%z}"
    return f"{date_format(local, 'DATE_FORMAT')}, {local:%H:%M:%S} ({present_name(zone)}, UTC{offset[:3]}:{offset[3:]})"
