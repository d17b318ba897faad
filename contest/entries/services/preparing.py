"""What is made of a deck once it is there: the text of its pages,
and the copy that readers get who must not know the team."""

import logging
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django_tasks import task

from contest.models import Attachment
from contest.states import PREPARE_ATTEMPTS
from toolkit import owed
from toolkit.owed import Debt
from toolkit.page_texts import kept_name, read_page_texts
from toolkit.refusals import Refusal
from toolkit.uploads import blind_copy, blind_name

logger = logging.getLogger(__name__)


class Decks(Debt[Attachment, bool]):
    """Of a file the text of its pages and a blind copy are made once."""

    name = "contest:decks"
    model = Attachment
    owing = being_done = Q(prepared_at=None)
    lease = timedelta(minutes=3)
    attempts = PREPARE_ATTEMPTS

    def do(self, row: Attachment) -> bool:
        """Whether its text could be read."""
        is_read = read_page_texts(row.file, row.sha256)
        try:
            blind_copy(row.file, row.sha256).close()
        except Refusal:  # told to whoever opens it
            logger.warning("file %s has no blind copy", row.pk)
        return is_read

    def keep(self, row: Attachment, result: bool) -> str:
        if not result:
            raise Refusal(_("A machine can’t read the text of its pages."), code="deck.unread")
        row.prepared_at = owed.now()
        return "made"

    def overtaken(self, row: Attachment) -> None:
        forget_copies(row)


DECKS = owed.register(Decks())


@task()
def prepare_attachment(attachment_id: int) -> str:
    """Makes what is owed of a file, once. Leased first; whoever dies in the middle leaves the debt as it was."""
    return DECKS.settle(attachment_id)


def prepare_owed_attachments(limit: int) -> int:
    """Prepares what is owed and not leased. Returns how many files it dealt with."""
    return DECKS.settle_owed(limit)


def forget_copies(attachment: Attachment) -> None:
    """Deletes what was made of a file, unless a row, its own or another, still has the same content."""
    if not Attachment.objects.filter(sha256=attachment.sha256).exists():
        for name in (kept_name(attachment.sha256), blind_name(attachment.sha256)):
            attachment.file.storage.delete(name)
