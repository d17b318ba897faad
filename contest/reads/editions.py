"""Who may see which edition, and the counts of its pages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from contest.models import Edition, Entry
from contest.reads.entries import SENT, open_claims, total
from contest.states import EntryState
from network.permissions import is_organiser
from toolkit.columns import with_columns
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from network.requests import Anyone


@reads_of(Edition)
class EditionQuerySet(QuerySet["Edition"]):
    def visible_to(self, user: Anyone) -> Self:
        """Public editions; for the organiser also those being prepared."""
        return self if user.is_authenticated and is_organiser(user) else self.filter(is_public=True)

    def with_open_call(self, now: datetime) -> Self:
        """Editions that take entries at `now`."""
        return self.filter(is_public=True, is_archive=False, call_opens__lte=now, call_closes__gt=now)

    def with_counts(self) -> Self:
        """For the organiser's list: entries begun, sent and nominated, and cities that have nominated."""
        return with_columns(
            self,
            entries_begun=_count(),
            entries_sent=_count(state__in=SENT),
            entries_nominated=_count(state=EntryState.NOMINATED),
        )

    def with_waiting(self) -> Self:
        """For what an organiser has to do or to watch: entries_sent, _drafted, _claimed, _homeless,
        _to_check and _to_choose."""
        claimed = {"pk__in": Entry.objects.filter(Exists(open_claims())).values("pk")}
        settled = Entry.objects.filter(city__isnull=False).exclude(**claimed).values("pk")
        return with_columns(
            self,
            entries_sent=_count(state__in=SENT),
            entries_drafted=_count(state=EntryState.DRAFT),
            entries_claimed=_count(state__in=SENT, **claimed),
            entries_homeless=_count(state__in=SENT, city__isnull=True),
            entries_to_check=_count(state=EntryState.SUBMITTED, pk__in=settled),
            entries_to_choose=_count(state=EntryState.ELIGIBLE, pk__in=settled),
        )

    def still_choosing(self, now: datetime) -> Self:
        """Whose cities may still choose at `now`."""
        return self.filter(is_archive=False).exclude(nominations_close__lte=now)


def _count(**conditions: Any) -> Coalesce:
    """How many entries of the outer edition fulfil the conditions, as one column."""
    return total(Entry.objects.filter(edition=OuterRef("pk"), **conditions), "edition")
