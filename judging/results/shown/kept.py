"""The standings that a page shows, kept with the stamp of what they follow from."""

import json
from dataclasses import replace

from django.db import transaction

from judging.models import Computed, Result, Round
from judging.results.shown.stamps import stamp_of
from judging.results.shown.table import Table, table_of
from judging.states import ComputedKind
from toolkit import clock


def kept_table(round: Round, result: Result | None = None) -> Table:
    """The round's standings (judging.results.shown.table): the copy that is kept if its stamp is the present one,
    else worked out and
    kept. With `severity` (judging.domain.statistics.report) if somebody has had the statistics of these very inputs
    worked out."""
    stamp = stamp_of(round, result)
    kept = dict(Computed.objects.filter(round=round, stamp=stamp).exclude(data="").values_list("kind", "data"))
    statistics = json.loads(kept[ComputedKind.STATISTICS]) if ComputedKind.STATISTICS in kept else {}
    if ComputedKind.STANDINGS in kept:
        table = Table.from_data(json.loads(kept[ComputedKind.STANDINGS]))
    else:
        table = table_of(round)
        # Between the stamp and the reading somebody may have submitted: such a table is shown, but not kept.
        if stamp_of(round, result) == stamp:
            keep(round, ComputedKind.STANDINGS, stamp, table.as_data())
    return replace(table, severity=statistics.get("severity"))


@transaction.atomic
def keep(round: Round, kind: ComputedKind, stamp: str, data: object) -> None:
    """Keeps `data` (of JSON) for the round under the stamp of what it follows from, in place of what was kept."""
    now = clock.now()
    values = {"stamp": stamp, "data": json.dumps(data, ensure_ascii=False, separators=(",", ":"))}
    Computed.objects.update_or_create(
        round=round, kind=kind, defaults={**values, "failure": "", "asked_at": now, "made_at": now}
    )
