"""The files of a dossier: inspected first, then kept in place of the one before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from contest.dossier.services.drafts import DossierKind, Row
from contest.models import DossierFile
from network.models import User
from network.services import record_event
from toolkit.kept_files import delete_once_certain, stored
from toolkit.uploads import InspectedPdf, inspect_pdf

Kept = TypeVar("Kept", bound=DossierFile)


def attach_file(
    kind: DossierKind[Row],
    model: type[Kept],
    *,
    by: User,
    row: Row,
    place: Mapping[str, Any],
    part: str,
    upload: UploadedFile[Any],
) -> Kept:
    """Keeps the PDF at its place (the columns of `model` that say which), instead of the one before.

    `part` is the form's field. Raises Refusal with what is wrong with the file. The inspection runs before the
    transaction; permission is asked before the inspection.
    """
    kind.require_author(by, row)
    kind.require_writable(row)
    pdf = inspect_pdf(upload, field=part)
    with stored(model, pdf.name, pdf.content) as kept:
        return _keep(kind, model, by, row, place, part, upload.name or f"{part}.pdf", pdf, kept)


@transaction.atomic
def remove_file(kind: DossierKind[Row], *, by: User, row: Row, file: DossierFile, part: str) -> Row:
    """Takes a file away while the dossier can be written; from what is sent, only what it need not hold."""
    row = kind.held(row)
    kind.require_author(by, row)
    kind.require_writable(row)
    record_event(by=by, verb="remove", thing=file, before={"sha256": file.sha256, "pages": file.pages})
    forget_file(kind, file)
    kind.touch(by=by, row=row, parts=[part])
    return row


def forget_file(kind: DossierKind[Row], file: DossierFile) -> None:
    """Deletes the row now, and the file once that is certain."""
    delete_once_certain(file.file)
    file.delete()
    transaction.on_commit(lambda: kind.file_forgotten(file))


@transaction.atomic
def _keep(
    kind: DossierKind[Row],
    model: type[Kept],
    by: User,
    row: Row,
    place: Mapping[str, Any],
    part: str,
    name: str,
    pdf: InspectedPdf,
    kept: str,
) -> Kept:
    row = kind.held(row)
    kind.require_author(by, row)
    kind.require_writable(row)
    kind.require_place(row, place)
    rows: Any = model._default_manager
    belongs = {kind.name: row, **place}
    before = rows.filter(**belongs).first()
    if before:
        forget_file(kind, before)
    measured = {"size": pdf.size, "pages": pdf.pages, "sha256": pdf.sha256}
    file: Kept = rows.create(**belongs, file=kept, name=name[-150:], **measured, **kind.file_values(by))
    record_event(by=by, verb="attach", thing=file, after={"sha256": pdf.sha256, "pages": pdf.pages})
    kind.file_kept(file)
    kind.touch(by=by, row=row, parts=[part])
    return file
