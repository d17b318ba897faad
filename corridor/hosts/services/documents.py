"""What an incubator shows to those who may come: files that passed inspection."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.models import HostDocument, Incubator
from corridor.permissions import can_edit_incubator, require
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.kept_files import delete_once_certain, stored
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.uploads import InspectedPdf, inspect_pdf

MOST = 20  # documents of an incubator


def add_host_document(*, by: User, incubator: Incubator, title: str, upload: UploadedFile[Any]) -> HostDocument:
    """Keeps a PDF among the incubator's documents. Raises Refusal with what is wrong with the file or the title.

    The inspection runs before the transaction; permission is asked before the inspection.
    """
    _require(by, incubator)
    title = title.strip()
    if not title:
        raise Refusal(_("Say what the document is."), code="document.title", field="title", status=422)
    pdf = inspect_pdf(upload, field="file")
    with stored(HostDocument, pdf.name, pdf.content) as kept:
        return _keep(by, incubator, title[:150], pdf, kept)


@transaction.atomic
def _keep(by: User, incubator: Incubator, title: str, pdf: InspectedPdf, kept: str) -> HostDocument:
    incubator = locked(Incubator.objects.filter(pk=incubator.pk)).get()
    _require(by, incubator)
    if incubator.documents.filter(sha256=pdf.sha256).exists():
        raise Refusal(_("This file is here already."), code="document.twice", field="file")
    if incubator.documents.count() >= MOST:
        sentence = ngettext(
            "An incubator shows %(most)s document at most. Remove it first.",
            "An incubator shows %(most)s documents at most. Remove one first.",
            MOST,
        )
        raise Refusal(sentence % {"most": MOST}, code="document.many", field="file")
    document = HostDocument.objects.create(
        incubator=incubator, title=title, file=kept, sha256=pdf.sha256, uploaded_by=by, uploaded_at=clock.now()
    )
    facts = {"incubator": incubator.pk, "title": title, "sha256": pdf.sha256, "pages": pdf.pages}
    record_event(by=by, verb="attach", thing=document, after=facts)
    return document


@transaction.atomic
def remove_host_document(*, by: User, document: HostDocument) -> None:
    """Takes a document away: the row now, the file once that is certain."""
    _require(by, document.incubator)
    document = locked(HostDocument.objects.filter(pk=document.pk)).get()
    facts = {"incubator": document.incubator_id, "title": document.title, "sha256": document.sha256}
    record_event(by=by, verb="remove", thing=document, before=facts)
    delete_once_certain(document.file)
    document.delete()


def _require(by: User, incubator: Incubator) -> None:
    require(can_edit_incubator(by, incubator), _("Only the incubator’s own people change its documents."))
