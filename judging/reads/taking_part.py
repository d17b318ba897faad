"""Which entries take part in a round, in the words of the database:
one rule for every row that names a round and an entry.

An entry may leave at any moment (withdrawn, released, found ineligible, given to another city). Whoever reads
assignments, scorecards or slots asks afresh; `reads.rounds.entries_of` says the same of one round.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from contest.states import EntryState
from judging.models import Round, SampleEntry, Standing
from judging.states import RoundState
from toolkit.columns import with_columns

FROZEN = (RoundState.CLOSED, RoundState.PUBLISHED)
Rows = TypeVar("Rows", bound=QuerySet[Any])


def taking_part(rows: Rows, entry: str = "entry", round: str = "round") -> Rows:
    """Of rows that name an entry and a round by these paths, those whose entry takes part in the round."""
    return _asked(rows, round).filter(_rule(entry, round))


def with_taking_part(rows: Rows, entry: str = "entry", round: str = "round") -> Rows:
    """The rows, each with `takes_part`."""
    key = rows.model._default_manager.filter(pk=OuterRef("pk")).order_by()
    return with_columns(rows, takes_part=Exists(taking_part(key, entry, round)))


def _asked(rows: Rows, round: str) -> Rows:
    """Adds the round before: of the same edition and city (none for both), the last of lower order that counts."""
    earlier = Round.objects.filter(
        is_calibration=False, edition=OuterRef(f"{round}__edition"), order__lt=OuterRef(f"{round}__order")
    )

    def last(**where: Any) -> Subquery:
        return Subquery(earlier.filter(**where).order_by("-order").values("pk")[:1])

    return rows.alias(before_in_city=last(city=OuterRef(f"{round}__city")), before_in_edition=last(city__isnull=True))


def _rule(entry: str, round: str) -> Q:
    samples = SampleEntry.objects
    standings = Standing.objects.filter(entry=OuterRef(entry))

    def goes_on(before: str) -> Q:
        return Q(**{f"{before}__isnull": True}) | Q(Exists(standings.filter(advances=True, round=OuterRef(before))))

    practice = Q(**{f"{round}__is_calibration": True})
    frozen = Q(**{f"{round}__state__in": FROZEN})
    of_city = Q(**{f"{round}__city__isnull": False})
    choosable = Q(
        **{f"{entry}__state__in": [EntryState.ELIGIBLE, EntryState.NOMINATED], f"{entry}__city": F(f"{round}__city")}
    )
    competing = Q(**{f"{entry}__state": EntryState.NOMINATED, f"{entry}__nomination__competing_slot__isnull": False})
    return (
        practice & Q(Exists(samples.filter(entry=OuterRef(entry), round=OuterRef(round))))
        | ~practice & frozen & Q(Exists(standings.filter(round=OuterRef(round))))
        | ~practice & ~frozen & of_city & choosable & goes_on("before_in_city")
        | ~practice & ~frozen & ~of_city & competing & goes_on("before_in_edition")
    )
