"""What is made of a deck once it is there: the text of its pages,
and the copy that readers get who must not know the team."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from contest.models import Attachment
from contest.states import PREPARE_ATTEMPTS
from toolkit.locks import locked
from toolkit.page_texts import kept_name, read_page_texts
from toolkit.refusals import Refusal
from toolkit.uploads import blind_copy, blind_name

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=3)


@task()
def prepare_attachment(attachment_id: int) -> str:
    """Makes what is owed of a file, once. Leased first; whoever dies in the middle leaves the debt as it was."""
    with transaction.atomic(durable=True):
        leased = locked(_owed().filter(pk=attachment_id)).first()
        if leased is None:
            return "nothing owed"
        leased.attempts += 1
        leased.leased_until = timezone.now() + LEASE
        leased.save(update_fields=["attempts", "leased_until"])
    is_read = False
    try:
        is_read = read_page_texts(leased.file, leased.sha256)
        blind_copy(leased.file, leased.sha256).close()
    except Refusal:  # told to whoever opens it
        logger.warning("file %s has no blind copy", leased.pk)
    except Exception:  # a file that can't be prepared must not stop the clock: the row says so
        logger.exception("file %s was not prepared", leased.pk)
        is_read = False
    with transaction.atomic():
        row = locked(Attachment.objects.filter(pk=leased.pk, attempts=leased.attempts)).first()
        if row is None:
            forget_copies(leased)
            return "overtaken"
        row.leased_until, row.prepared_at = None, timezone.now() if is_read else None
        row.save(update_fields=["leased_until", "prepared_at"])
    return "made" if is_read else "failed"


def prepare_owed_attachments(limit: int) -> int:
    """Prepares what is owed and not leased. Returns how many files it dealt with."""
    numbers = list(_owed().order_by("pk").values_list("pk", flat=True)[:limit])
    for pk in numbers:
        prepare_attachment.call(pk)
    return len(numbers)


def forget_copies(attachment: Attachment) -> None:
    """Deletes what was made of a file, unless a row, its own or another, still has the same content."""
    if not Attachment.objects.filter(sha256=attachment.sha256).exists():
        for name in (kept_name(attachment.sha256), blind_name(attachment.sha256)):
            attachment.file.storage.delete(name)


def _owed():
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=timezone.now())
    return Attachment.objects.filter(free, prepared_at=None, attempts__lt=PREPARE_ATTEMPTS)
