"""The deck of an entry."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from contest.dossier.services.files import attach_file, remove_file
from contest.entries.services.dossier import ENTRIES
from contest.models import Attachment, Entry
from contest.states import AttachmentKind
from network.models import User


def attach_deck(*, by: User, entry: Entry, upload: UploadedFile[Any]) -> Attachment:
    """Keeps the PDF as the entry's deck, in place of the one before. Raises Refusal with what is wrong with it."""
    place = {"kind": AttachmentKind.DECK}
    return attach_file(ENTRIES, Attachment, by=by, row=entry, place=place, part="deck", upload=upload)


def remove_attachment(*, by: User, attachment: Attachment) -> Entry:
    """Takes a file away from the entry, while the call is open."""
    return remove_file(ENTRIES, by=by, row=attachment.entry, file=attachment, part="deck")
