"""Agreement and stability of a round: owed in a row, worked out by a task or the minute clock,
kept with their inputs' stamp.

Nobody waits for it in a request, and what was worked out from other inputs is never shown.
"""

import json
import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from judging.domain import frozen
from judging.domain.report import statistics_of
from judging.models import Computed, Round
from judging.outcomes import file_of
from judging.stamps import stamp_of
from judging.states import COMPUTED_ATTEMPTS, ComputedKind
from toolkit import clock
from toolkit.locks import locked

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)


def statistics_kept(round: Round) -> dict[str, Any] | None:
    """The statistics of the round as it stands (severity, agreement, stability of judging.domain.report), or None."""
    kept = Computed.objects.filter(round=round, kind=ComputedKind.STATISTICS, stamp=stamp_of(round)).exclude(data="")
    text = kept.values_list("data", flat=True).first()
    return json.loads(text) if text else None


def ask_statistics(round: Round, *, again: bool = False) -> Computed:
    """Leaves the statistics of the round as it stands to be worked out, unless they are or will be;
    `again` after a failure."""
    stamp = stamp_of(round)
    row = Computed.objects.filter(round=round, kind=ComputedKind.STATISTICS).first()
    if row is not None and row.stamp == stamp and not (again and row.has_failed):
        return row
    return _owe(round, stamp)


@transaction.atomic
def _owe(round: Round, stamp: str) -> Computed:
    row, _new = Computed.objects.update_or_create(
        round=round,
        kind=ComputedKind.STATISTICS,
        defaults={
            "stamp": stamp,
            "data": "",
            "attempts": 0,
            "leased_until": None,
            "failure": "",
            "asked_at": clock.now(),
            "made_at": None,
        },
    )
    transaction.on_commit(lambda: compute_statistics.enqueue(row.pk))
    return row


@task()
def compute_statistics(computed_id: int) -> str:
    """Works out what is owed, once. Leased first; whoever dies in the middle leaves the debt as it was."""
    with transaction.atomic(durable=True):
        owed = Computed.objects.filter(_free(), pk=computed_id, data="", attempts__lt=COMPUTED_ATTEMPTS)
        leased = locked(owed).first()
        if leased is None:
            return "nothing owed"
        leased.attempts += 1
        leased.leased_until = timezone.now() + LEASE
        leased.save(update_fields=["attempts", "leased_until"])
    round = Round.objects.select_related("edition", "city").get(pk=leased.round_id)
    stamp, data, failure = "", "", ""
    try:
        stamp = stamp_of(round)
        file = file_of(round)
        data = json.dumps(statistics_of(frozen.compute(file), file), separators=(",", ":"))
    except Exception as error:  # what can't be worked out must not stop the clock: the row says so
        logger.exception("statistics of round %s were not worked out", round.pk)
        failure = f"{type(error).__name__}: {error}"[:500]
    with transaction.atomic():
        row = locked(Computed.objects.filter(pk=leased.pk, data="", attempts=leased.attempts)).first()
        if row is None:
            return "overtaken"
        row.leased_until, row.failure = None, failure
        # Inputs that moved while they were read make no statistics: it is owed still, and done at the next minute.
        if data and stamp == stamp_of(Round.objects.select_related("edition", "city").get(pk=round.pk)):
            row.stamp, row.data, row.made_at, row.attempts = stamp, data, clock.now(), 0
        row.save()
    return "failed" if failure else "made" if row.data else "moved"


def compute_owed_statistics(limit: int) -> int:
    """Works out what is owed and not leased. Returns how many rows it dealt with."""
    lost = Computed.objects.filter(data="", attempts__gte=COMPUTED_ATTEMPTS, leased_until__lt=timezone.now()).update(
        leased_until=None, failure="interrupted while being worked out"
    )
    owed = Computed.objects.filter(_free(), data="", attempts__lt=COMPUTED_ATTEMPTS, kind=ComputedKind.STATISTICS)
    numbers = list(owed.order_by("pk").values_list("pk", flat=True)[:limit])
    for pk in numbers:
        compute_statistics.call(pk)
    return lost + len(numbers)


def _free() -> Q:
    return Q(leased_until__isnull=True) | Q(leased_until__lt=timezone.now())
