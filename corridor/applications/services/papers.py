"""The papers of an application: inspected first, then kept in place of the one before."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from corridor.applications.services.applications import held, require_own, require_writable, touch
from corridor.models import Application, ApplicationDocument, DocumentAsked
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.uploads import InspectedPdf, inspect_pdf


def attach_document(
    *, by: User, application: Application, asked: DocumentAsked, upload: UploadedFile[Any]
) -> ApplicationDocument:
    """Keeps the PDF as the paper asked, in place of the one before. Raises Refusal with what is wrong with the file.

    The inspection runs before the transaction; permission is asked before the inspection.
    """
    require_own(by, application)
    require_writable(application)
    pdf = inspect_pdf(upload, field=f"document_{asked.pk}")
    field = ApplicationDocument._meta.get_field("file")
    stored = field.storage.save(field.generate_filename(ApplicationDocument(), pdf.name), pdf.content)
    try:
        return _keep(by, application, asked, upload.name or "document.pdf", pdf, stored)
    except BaseException:
        field.storage.delete(stored)
        raise


@transaction.atomic
def remove_document(*, by: User, document: ApplicationDocument) -> Application:
    """Takes a paper away from a draft; from what is submitted only if it was not required."""
    application = held(document.application)
    require_own(by, application)
    require_writable(application)
    record_event(by=by, verb="remove", thing=document, before={"sha256": document.sha256, "pages": document.pages})
    forget(document)
    touch(by=by, application=application, parts=[f"document_{document.asked_id}"])
    return application


@transaction.atomic
def _keep(
    by: User, application: Application, asked: DocumentAsked, name: str, pdf: InspectedPdf, stored: str
) -> ApplicationDocument:
    application = held(application)
    require_own(by, application)
    require_writable(application)
    asked = application.programme.documents_asked.get(pk=asked.pk)
    before = application.documents.filter(asked=asked).first()
    if before:
        forget(before)
    document = ApplicationDocument.objects.create(
        application=application,
        asked=asked,
        file=stored,
        name=name[-150:],
        size=pdf.size,
        pages=pdf.pages,
        sha256=pdf.sha256,
        created_at=clock.now(),
    )
    record_event(by=by, verb="attach", thing=document, after={"sha256": pdf.sha256, "pages": pdf.pages})
    touch(by=by, application=application, parts=[f"document_{asked.pk}"])
    return document


def forget(document: ApplicationDocument) -> None:
    """Deletes the row now and the file once that is certain."""
    storage, name = document.file.storage, document.file.name
    document.delete()
    transaction.on_commit(lambda: storage.delete(name or ""))
