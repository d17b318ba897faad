"""The papers of an application."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from contest.dossier.services.files import attach_file, forget_file, remove_file
from corridor.applications.services.dossier import APPLICATIONS
from corridor.models import Application, ApplicationDocument, DocumentAsked
from network.models import User


def attach_document(
    *, by: User, application: Application, asked: DocumentAsked, upload: UploadedFile[Any]
) -> ApplicationDocument:
    """Keeps the PDF as the paper asked, in place of the one before. Raises Refusal with what is wrong with the file."""
    place, part = {"asked": asked}, f"document_{asked.pk}"
    return attach_file(APPLICATIONS, ApplicationDocument, by=by, row=application, place=place, part=part, upload=upload)


def remove_document(*, by: User, document: ApplicationDocument) -> Application:
    """Takes a paper away from a draft; from what is submitted only if it was not required."""
    part = f"document_{document.asked_id}"
    return remove_file(APPLICATIONS, by=by, row=document.application, file=document, part=part)


def forget(document: ApplicationDocument) -> None:
    """Deletes the row now and the file once that is certain."""
    forget_file(APPLICATIONS, document)
