"""The deck of an entry: inspected first, then kept in place of the one before."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from contest.checks import held, require_call_open, require_team
from contest.entries.services.drafts import touch
from contest.entries.services.preparing import forget_copies, prepare_attachment
from contest.models import Attachment, Entry
from contest.states import AttachmentKind, EntryState
from network.models import User
from network.services import record_event
from toolkit.refusals import Refusal
from toolkit.uploads import InspectedPdf, inspect_pdf


def attach_deck(*, by: User, entry: Entry, upload: UploadedFile[Any]) -> Attachment:
    """Keeps the PDF as the entry's deck, in place of the one before. Raises Refusal with what is wrong with the file.

    The inspection runs before the transaction; permission is asked before the inspection.
    """
    require_team(by, entry)
    require_call_open(entry.edition)
    pdf = inspect_pdf(upload, field="deck")
    field = Attachment._meta.get_field("file")
    stored = field.storage.save(field.generate_filename(Attachment(), pdf.name), pdf.content)
    try:
        return _keep(by=by, entry=entry, name=upload.name or "deck.pdf", pdf=pdf, stored=stored)
    except BaseException:
        field.storage.delete(stored)
        raise


@transaction.atomic
def remove_attachment(*, by: User, attachment: Attachment) -> Entry:
    """Takes a file away from the entry, while the call is open."""
    entry = held(attachment.entry)
    _require_writable(by, entry)
    record_event(
        by=by, verb="remove", thing=attachment, before={"sha256": attachment.sha256, "pages": attachment.pages}
    )
    _forget(attachment)
    touch(by=by, entry=entry, parts=["deck"])
    return entry


@transaction.atomic
def _keep(*, by: User, entry: Entry, name: str, pdf: InspectedPdf, stored: str) -> Attachment:
    entry = held(entry)
    _require_writable(by, entry)
    before = Attachment.objects.filter(entry=entry, kind=AttachmentKind.DECK).first()
    if before:
        _forget(before)
    attachment = Attachment.objects.create(
        entry=entry,
        kind=AttachmentKind.DECK,
        file=stored,
        name=name[-150:],
        size=pdf.size,
        pages=pdf.pages,
        sha256=pdf.sha256,
        uploaded_by=by,
    )
    record_event(by=by, verb="attach", thing=attachment, after={"sha256": pdf.sha256, "pages": pdf.pages})
    transaction.on_commit(lambda: prepare_attachment.enqueue(attachment.pk))
    touch(by=by, entry=entry, parts=["deck"])
    return attachment


def _require_writable(by: User, entry: Entry) -> None:
    require_team(by, entry)
    require_call_open(entry.edition)
    if entry.state in (EntryState.NOMINATED, EntryState.WITHDRAWN):
        raise Refusal(
            _("This entry can't be changed any more: the state is “%(state)s”.") % {"state": entry.get_state_display()},
            code="entry.fixed",
        )


def _forget(attachment: Attachment) -> None:
    """Deletes the row now, and the file with what was made of it once that is certain."""
    storage, name = attachment.file.storage, attachment.file.name
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(name or ""))
    transaction.on_commit(lambda: forget_copies(attachment))
