"""What anybody is told who holds a document: whether it is ours, and whether it still stands.
Names no person and no party."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.utils.html import format_html

from corridor.kinds.document_kinds import DOCUMENT_KINDS, ChangeKind
from corridor.models import Agreement
from corridor.states import AgreementState
from toolkit.templatetags.house import moment

# What our files call themselves (see corridor.agreements.files.pdf.identifier_of).
# An upload is searched for it as bytes,
# never opened.
IDENTIFIER = re.compile(rb"passerelle:agreement:([A-Za-z0-9_-]{1,90}):([2-9A-Z]{4,16})")
SEALED = b"/ByteRange"


@dataclass(frozen=True)
class Later:
    """A document that came after: what it is, its number, since when it is in force."""

    kind: str
    reference: str
    since: datetime | None


@dataclass(frozen=True)
class Standing:
    """Where a genuine document stands.

    void: taken back before all had signed; waiting: not yet signed by all; signed: by all, its executed copy is being
    made; superseded: `by` has taken its place; withdrawn, terminated (the `ends_as` of the kind `ending`): the
    agreement is ended, by `by`; amended: it stands as `amended_by` changed it; in_force.
    """

    code: str
    by: Later | None = None
    amended_by: tuple[Later, ...] = ()
    ending: ChangeKind | None = None

    @property
    def ended_in_words(self) -> str:
        """What the ending document has done, in sentences (HTML: the time is marked as one)."""
        if self.ending is None or self.by is None:
            return ""
        places = {"reference": "{reference}", "since": "{since}"}
        return format_html(
            str(self.ending.ended_in_words) % places, reference=self.by.reference, since=moment(self.by.since)
        )


@dataclass(frozen=True)
class Verdict:
    """`code`: genuine, altered, unknown; of what was checked, `kind`:
    "", issued, executed or received (only of a file).

    `how` an altered file differs: appended, cut, unsealed, changed.
    """

    code: str
    agreement: Agreement | None = None
    kind: str = ""
    standing: Standing = field(default_factory=lambda: Standing("in_force"))
    sha256: str = ""
    how: str = ""

    @property
    def is_notice(self) -> bool:
        """One party gave it alone."""
        return self.agreement is not None and self.agreement.is_one_sided


def verdict_on_number(number: str, code: str) -> Verdict:
    """On a document of which only the number and the code are known.
    A wrong code and a wrong number are answered alike."""
    agreement = _named(number, code)
    return Verdict("unknown") if agreement is None else Verdict("genuine", agreement, standing=standing_of(agreement))


def verdict_on_file(upload: UploadedFile[Any], number: str = "", code: str = "") -> Verdict:
    """On a file: genuine when it is one of ours byte for byte; altered when it only claims to be, or was said to be."""
    data = upload.read(settings.UPLOAD_MAX_BYTES + 1)
    sha256 = hashlib.sha256(data).hexdigest()
    agreement = Agreement.objects.select_related("programme", "base__programme").with_file(sha256).first()
    if agreement is not None:
        kind = {agreement.issued_sha256: "issued", agreement.executed_sha256: "executed"}.get(sha256, "received")
        return Verdict("genuine", agreement, kind, standing_of(agreement), sha256)
    claims = [(number, code)] + [(n.decode(), c.decode()) for n, c in IDENTIFIER.findall(data)[:3]]
    for claim in claims:
        agreement = _named(*claim)
        if agreement is not None:
            return Verdict(
                "altered", agreement, standing=standing_of(agreement), sha256=sha256, how=_how(agreement, data)
            )
    return Verdict("unknown", sha256=sha256)


def _how(agreement: Agreement, data: bytes) -> str:
    """In which way a file that claims to be one of an agreement's differs from all of them."""
    for file in (agreement.executed_file, agreement.issued_file):
        ours = _read(file)
        if ours and data.startswith(ours):
            return "appended"
        if ours and data and ours.startswith(data):
            return "unsealed" if SEALED in ours and SEALED not in data else "cut"
    return "unsealed" if agreement.executed_sha256 and SEALED not in data else "changed"


def _read(file: FieldFile) -> bytes:
    if not file or not file.storage.exists(file.name or ""):
        return b""
    with file.open() as content:
        found: bytes = content.read()
        return found


def standing_of(agreement: Agreement) -> Standing:
    """Where a document stands. Three queries at most."""
    successor = agreement.successors.select_related("programme").filter(state=AgreementState.EXECUTED)
    later = successor.order_by("-executed_at", "-pk").first()
    if agreement.state == AgreementState.VOID:
        return Standing("void", _later(later) if later else None)
    if agreement.state == AgreementState.SIGNED:
        return Standing("signed")
    if agreement.state != AgreementState.EXECUTED:
        return Standing("waiting")
    if later is not None:
        return Standing("superseded", _later(later))
    base = agreement.base or agreement
    changes = base.changes.select_related("programme").filter(state=AgreementState.EXECUTED, place__gt=agreement.place)
    after = list(changes.order_by("place"))
    kinds = [(one, kind) for one in after if isinstance(kind := DOCUMENT_KINDS.ask(one.kind), ChangeKind)]
    ending = next(((one, kind) for one, kind in kinds if kind.is_ending), None)
    amended_by = tuple(
        _later(one) for one, kind in kinds if kind.amends and not kind.is_ending and not agreement.is_change
    )
    if ending is not None:
        document, kind = ending
        return Standing(kind.ends_as, _later(document), amended_by, kind)
    return Standing("amended", None, amended_by) if amended_by else Standing("in_force")


def _later(document: Agreement) -> Later:
    return Later(document.kind, document.reference, document.executed_at)


def _named(number: str, code: str) -> Agreement | None:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    known = Agreement.objects.select_related("programme", "base__programme").with_reference(number)
    agreement = known.filter(issued_at__isnull=False).first()
    if agreement is None or not agreement.code or not secrets.compare_digest(agreement.code.encode(), plain.encode()):
        return None
    return agreement


@cache
def validated() -> dict[str, object] | None:
    """What the validators last said of our documents (`make validate`): {on, verapdf, dss, documents}. Nothing where no
    run is kept, or where one of them refused something: then no page says that they were checked."""
    kept = settings.BASE_DIR / "data" / "validated.json"
    if not kept.exists():
        return None
    said = json.loads(kept.read_text(encoding="utf-8"))
    return None if said["failed"] else {**said, "on": date.fromisoformat(said["on"])}
