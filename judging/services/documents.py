"""Minutes: asked for by whoever runs the round, owed in a row, rendered in a task or by the minute clock."""

import hashlib
import logging
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django_tasks import task

from judging.documents import freeze_minutes, minutes_name, minutes_pdf
from judging.models import Minutes, Round
from judging.notifications import tell_minutes_failed
from judging.permissions import require_runs
from judging.states import MINUTES_ATTEMPTS
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.canonical import digest
from toolkit.locks import locked

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)


@transaction.atomic
def request_minutes(*, by: User, round: Round, language: str) -> Minutes:
    """Freezes the minutes of a closed round and leaves their PDF to be rendered.
    What was frozen already is not doubled.

    Raises Refusal for a round that is not closed, Forbidden for a person who does not run it.
    """
    require_runs(by, round)
    round = locked(Round.objects.filter(pk=round.pk)).get()
    frozen = freeze_minutes(round, language)
    sha256 = digest(frozen)
    rows = Minutes.objects.filter(round=round, language=language)
    latest = rows.order_by("-version").first()
    if latest is not None and latest.frozen_sha256 == sha256:
        if latest.has_failed:
            latest.attempts, latest.failure = 0, ""
            latest.save(update_fields=["attempts", "failure"])
            transaction.on_commit(lambda: render_minutes.enqueue(latest.pk))
        return latest
    version = (rows.aggregate(last=Max("version"))["last"] or 0) + 1
    minutes = Minutes.objects.create(
        round=round,
        language=language,
        version=version,
        frozen=frozen,
        frozen_sha256=sha256,
        asked_by=by,
        asked_at=clock.now(),
    )
    record_event(by=by, verb="request", thing=minutes, after={"language": language, "frozen_sha256": sha256})
    transaction.on_commit(lambda: render_minutes.enqueue(minutes.pk))
    return minutes


@task()
def render_minutes(minutes_id: int) -> str:
    """Makes the PDF that is owed, once. Leased first; whoever dies in the middle leaves the debt as it was."""
    with transaction.atomic(durable=True):
        owed = Minutes.objects.filter(_free(), pk=minutes_id, file="", attempts__lt=MINUTES_ATTEMPTS)
        leased = locked(owed).first()
        if leased is None:
            return "nothing owed"
        leased.attempts += 1
        leased.leased_until = timezone.now() + LEASE
        leased.save(update_fields=["attempts", "leased_until"])
    try:
        content, failure = minutes_pdf(leased.frozen), ""
    except Exception as error:  # a document that can't be made must not stop the clock: the row says so
        logger.exception("minutes %s were not rendered", leased.pk)
        content, failure = b"", f"{type(error).__name__}: {error}"[:500]
    with transaction.atomic():
        minutes = locked(Minutes.objects.filter(pk=leased.pk, file="", attempts=leased.attempts)).first()
        if minutes is None:
            return "overtaken"
        minutes.leased_until, minutes.failure = None, failure
        if not failure:
            minutes.file.name = _write(minutes, content)
            minutes.sha256, minutes.attempts = hashlib.sha256(content).hexdigest(), 0
        minutes.save()
        if minutes.has_failed:
            tell_minutes_failed(minutes)
    return "failed" if failure else "made"


def render_owed_minutes(limit: int) -> int:
    """Renders what is owed and not leased. Returns how many rows it dealt with."""
    lost = _give_up_cut_off()
    owed = Minutes.objects.filter(_free(), file="", attempts__lt=MINUTES_ATTEMPTS).order_by("pk")
    numbers = list(owed.values_list("pk", flat=True)[:limit])
    for pk in numbers:
        render_minutes.call(pk)
    return lost + len(numbers)


@transaction.atomic
def _give_up_cut_off() -> int:
    cut_off = Minutes.objects.filter(file="", attempts__gte=MINUTES_ATTEMPTS, leased_until__lt=timezone.now())
    lost = list(locked(cut_off))
    for minutes in lost:
        minutes.leased_until, minutes.failure = None, "interrupted while being prepared"
        minutes.save(update_fields=["leased_until", "failure"])
        tell_minutes_failed(minutes)
    return len(lost)


def _free() -> Q:
    return Q(leased_until__isnull=True) | Q(leased_until__lt=timezone.now())


def _write(minutes: Minutes, content: bytes) -> str:
    """Keeps the file under its one name: what a rendering that died has left there is replaced."""
    path = f"minutes/{minutes.pk}/{minutes_name(minutes.frozen, minutes.version)}"
    if default_storage.exists(path):
        default_storage.delete(path)
    return default_storage.save(path, ContentFile(content))
