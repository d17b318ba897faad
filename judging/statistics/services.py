"""Agreement and stability of a round: owed in a row, worked out by a task or the minute clock,
kept with their inputs' stamp.

Nobody waits for it in a request, and what was worked out from other inputs is never shown.
"""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from judging.domain.results import frozen
from judging.domain.statistics.report import statistics_of
from judging.domain.statistics.told import StatisticsTold
from judging.models import Computed, Round
from judging.results.shown.outcomes import file_of
from judging.results.shown.stamps import stamp_of
from judging.states import COMPUTED_ATTEMPTS, ComputedKind
from toolkit import clock, owed
from toolkit.owed import Debt
from toolkit.owing import afresh


def statistics_kept(round: Round) -> StatisticsTold | None:
    """The statistics of the round as it stands (severity, agreement, stability of judging.domain.statistics.report),
    or None."""
    kept = Computed.objects.filter(round=round, kind=ComputedKind.STATISTICS, stamp=stamp_of(round)).exclude(data="")
    text = kept.values_list("data", flat=True).first()
    found: StatisticsTold | None = json.loads(text) if text else None
    return found


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
            **afresh(),
            "stamp": stamp,
            "data": "",
            "asked_at": clock.now(),
            "made_at": None,
        },
    )
    transaction.on_commit(lambda: compute_statistics.enqueue(row.pk))
    return row


@dataclass(frozen=True)
class Statistics:
    """What came out, and the stamp of the inputs that it was worked out from."""

    stamp: str
    data: str  # JSON


class RoundStatistics(Debt[Computed, Statistics]):
    """The statistics of a round are worked out once for each state of its inputs."""

    name = "judging:statistics"
    model = Computed
    owing = being_done = Q(data="", kind=ComputedKind.STATISTICS)
    lease = timedelta(minutes=10)
    attempts = COMPUTED_ATTEMPTS
    cut_off = "interrupted while being worked out"

    def do(self, row: Computed) -> Statistics:
        round = _round(row)
        stamp, file = stamp_of(round), file_of(round)
        return Statistics(stamp, json.dumps(statistics_of(frozen.compute(file), file), separators=(",", ":")))

    def keep(self, row: Computed, result: Statistics) -> str:
        # Inputs that moved while they were read make no statistics: it is owed still, and done at the next minute.
        if result.stamp != stamp_of(_round(row)):
            return "moved"
        row.stamp, row.data, row.made_at, row.attempts = result.stamp, result.data, clock.now(), 0
        return "made"


STATISTICS = owed.register(RoundStatistics())


@task()
def compute_statistics(computed_id: int) -> str:
    """Works out what is owed, once. Leased first; whoever dies in the middle leaves the debt as it was."""
    return STATISTICS.settle(computed_id)


def compute_owed_statistics(limit: int) -> int:
    """Works out what is owed and not leased. Returns how many rows it dealt with."""
    return STATISTICS.settle_owed(limit)


def _round(row: Computed) -> Round:
    return Round.objects.select_related("edition", "city").get(pk=row.round_id)
