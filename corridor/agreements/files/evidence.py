"""What the evidence pages say: who signed, how, when, and with which seal."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation

from corridor.agreements.signers import word
from corridor.domain.terms.clauses import fill
from corridor.domain.terms.content import Content
from corridor.kinds.second_steps import SECOND_STEPS, word_of
from corridor.states import SigningMethod
from toolkit.dates import date_format
from toolkit.seal import Seal
from toolkit.zones import present_name

if TYPE_CHECKING:
    from corridor.models import Agreement, Signature
    from network.models import User


@dataclass(frozen=True)
class SignerTold:
    """What the evidence pages say of a signature."""

    label: str
    party: str
    name: str
    role: str
    account: str
    at: str
    second_step: str
    account_changes: list[str]
    address: str
    outside: list[str]
    file_sha256: str
    sha256: str
    consent: str
    stand_in: str


@dataclass(frozen=True)
class Evidence:
    """What the evidence pages print, in the language of the document."""

    issued_sha256: str
    issued_at: str
    content_sha256: str
    completed_at: datetime
    completed: str
    instead_of: str
    account_changes: str
    seal: list[str]
    signers: list[SignerTold]


def evidence_of(agreement: Agreement, seal: Seal) -> Evidence:
    """From the signatures of an agreement that all have signed and the seal it gets."""
    content, signatures = agreement.content, list(agreement.signatures.select_related("signed_by").order_by("order"))
    completed_at = max(signed_at(signature) for signature in signatures)
    with translation.override(content.language):
        return Evidence(
            issued_sha256=agreement.issued_sha256,
            issued_at=_instant(_moment(agreement.issued_at), content.time_zone),
            content_sha256=agreement.frozen_sha256,
            completed_at=completed_at,
            completed=_instant(completed_at, content.time_zone),
            instead_of=word(content, "instead_of"),
            account_changes=word(content, "account_changes"),
            seal=_seal_in_words(seal, content.words),
            signers=[_signer(signature, content) for signature in signatures],
        )


def _signer(signature: Signature, content: Content) -> SignerTold:
    block = content.party(signature.party)
    return SignerTold(
        label=block.label,
        party=block.name,
        name=signature.signer_name,
        role=signature.signer_role,
        account=signature.account or _account(signature.signed_by),
        at=_instant(signed_at(signature), signature.time_zone),
        second_step=_second_step(signature, content),
        account_changes=_account_changes(signature, content),
        address=signature.ip_address or content.words["unknown"],
        outside=_outside(signature, content),
        file_sha256=signature.file_sha256,
        sha256=signature.document_sha256,
        consent=signature.consent,
        stand_in=_stand_in(signature, content),
    )


def _moment(known: datetime | None) -> datetime:
    """A moment that a document in this state has."""
    assert known is not None
    return known


def signed_at(signature: Signature) -> datetime:
    """When it was signed: a place that has been."""
    return _moment(signature.signed_at)


def _account(signer: User | None) -> str:
    """The account of a signer, as signatures from before that was kept tell it."""
    assert signer is not None
    return f"{signer} <{signer.email}>"


def _second_step(signature: Signature, content: Content) -> str:
    """How the signer said once more who they were, and when; nothing for a signature from before that was asked."""
    if not signature.second_step:
        return ""
    key = word_of(signature.second_step)
    if key not in content.words:
        SECOND_STEPS.ask(signature.second_step)  # says what is not known, rather than which word is missing
    said = word(content, key)
    return f"{said}, {_instant(_moment(signature.second_step_at), signature.time_zone)}"


def _account_changes(signature: Signature, content: Content) -> list[str]:
    """What had changed about the way into the signer's account shortly before;
    nothing for a signature from before that was kept."""
    if signature.account_changes is None:
        return []
    said = [
        (
            f"{word(content, 'account_' + change['what'])}, "
            f"{_instant(datetime.fromisoformat(change['at']), signature.time_zone)}"
        )
        for change in signature.account_changes
    ]
    return said or [word(content, "account_unchanged")]


def _stand_in(signature: Signature, content: Content) -> str:
    """What is said about somebody who signed instead of the person whom the document names; nothing for that person."""
    known = signature.stand_in
    if not known:
        return ""
    at = _instant(datetime.fromisoformat(known["named_at"]), content.time_zone)
    return fill(word(content, "stand_in"), {**known, "at": at})


def _outside(signature: Signature, content: Content) -> list[str]:
    """What is said about a signature that was not made on this site."""
    words, known = content.words, signature.outside
    if signature.method == SigningMethod.FILE:
        return [fill(words["outside_file"], {"subject": known["subject"], "issuer": known["issuer"]})]
    if signature.method == SigningMethod.PAPER:
        at = _instant(datetime.fromisoformat(known["compared_at"]), content.time_zone)
        said = fill(words["outside_paper"], {"name": known["compared_by"], "pages": str(known["count"]), "at": at})
        return [
            *_who_sent(signature, content),
            said,
            *(fill(words["outside_page"], {"page": str(n["page"]), "note": n["note"]}) for n in known["pages"]),
        ]
    return []


def _who_sent(signature: Signature, content: Content) -> list[str]:
    """Through whose account a scan came; nothing for one from before that was kept."""
    known = signature.outside
    if "uploaded_by" not in known:
        return []
    at = _instant(datetime.fromisoformat(known["uploaded_at"]), content.time_zone)
    return [fill(word(content, "outside_sent"), {"name": known["uploaded_by"], "at": at})]


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
