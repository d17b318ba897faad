"""Minutes: asked for by whoever runs the round, owed in a row, rendered in a task or by the minute clock."""

import hashlib
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max, Q
from django_tasks import task

from judging.models import Minutes, Round
from judging.permissions import require_runs
from judging.results.minutes.document import freeze_minutes, minutes_name, minutes_pdf
from judging.results.notices import MinutesFailed
from judging.states import MINUTES_ATTEMPTS
from network.models import User
from network.services import record_event
from toolkit import clock, owed
from toolkit.canonical import digest
from toolkit.locks import locked
from toolkit.owed import Debt
from toolkit.owing import afresh


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
            latest.start_over()
            latest.save(update_fields=[*afresh()])
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


class MinutesFiles(Debt[Minutes, bytes]):
    """The PDF of minutes is made once, from what was frozen when they were asked for."""

    name = "judging:minutes"
    model = Minutes
    owing = being_done = Q(file="")
    lease = timedelta(minutes=5)
    attempts = MINUTES_ATTEMPTS

    def do(self, row: Minutes) -> bytes:
        return minutes_pdf(row.frozen)

    def keep(self, row: Minutes, result: bytes) -> str:
        row.file.name = _write(row, result)
        row.sha256, row.attempts = hashlib.sha256(result).hexdigest(), 0
        return "made"

    def give_up(self, row: Minutes) -> str:
        MinutesFailed.tell(row)
        return "failed"


MINUTES = owed.register(MinutesFiles())


@task()
def render_minutes(minutes_id: int) -> str:
    """Makes the PDF that is owed, once. Leased first; whoever dies in the middle leaves the debt as it was."""
    return MINUTES.settle(minutes_id)


def render_owed_minutes(limit: int) -> int:
    """Renders what is owed and not leased. Returns how many rows it dealt with."""
    return MINUTES.settle_owed(limit)


def _write(minutes: Minutes, content: bytes) -> str:
    """Keeps the file under its one name: what a rendering that died has left there is replaced."""
    path = f"minutes/{minutes.pk}/{minutes_name(minutes.frozen, minutes.version)}"
    if default_storage.exists(path):
        default_storage.delete(path)
    return default_storage.save(path, ContentFile(content))
