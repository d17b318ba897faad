"""What the last round tells before the awards are given: that it is over, and nothing of who stands where."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from judging.models import Round
from toolkit import clock
from toolkit.columns import with_columns

Rows = TypeVar("Rows", bound=QuerySet[Any])


def awaits_awards(round: Round) -> bool:
    """Whether this is the last round of an edition whose awards are not given yet.
    A city's own selection gives none."""
    return with_awaits(type(round).objects.filter(pk=round.pk)).filter(Q(awaits=True)).exists()


def with_awaits(rows: Rows, round: str = "") -> Rows:
    """The rows (rounds, or what names a round by the path), each with `awaits`:
    it is of a last round, before the awards."""
    to = f"{round}__" if round else ""
    later = Round.objects.filter(
        is_calibration=False,
        city__isnull=True,
        edition=OuterRef(f"{to}edition"),
        order__gt=OuterRef(f"{to}order"),
    )
    given = Q(**{f"{to}edition__results_published_at__lte": clock.now()})
    own_rule = Q(**{f"{to}city__isnull": True, f"{to}is_calibration": False})
    last = (
        type(rows)(rows.model, using=rows.db).filter(own_rule & ~given & ~Exists(later), pk=OuterRef("pk")).order_by()
    )
    return with_columns(rows, awaits=Exists(last))
