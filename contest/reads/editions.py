"""Who may see which edition, and the counts of its pages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, QuerySet

from contest.states import EntryState
from network.permissions import is_organiser
from toolkit.columns import with_columns

if TYPE_CHECKING:
    from contest.models import Edition
    from network.requests import Anyone
from contest.reads.entries import SENT, count, open_claims, rows


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
            entries_begun=count("Entry", "edition"),
            entries_sent=count("Entry", "edition", state__in=SENT),
            entries_nominated=count("Entry", "edition", state=EntryState.NOMINATED),
        )

    def with_waiting(self) -> Self:
        """For what an organiser has to do or to watch: entries_sent, _drafted, _claimed, _homeless,
        _to_check and _to_choose."""
        claimed = {"pk__in": rows("Entry").filter(Exists(open_claims())).values("pk")}
        settled = rows("Entry").filter(city__isnull=False).exclude(**claimed).values("pk")
        return with_columns(
            self,
            entries_sent=count("Entry", "edition", state__in=SENT),
            entries_drafted=count("Entry", "edition", state=EntryState.DRAFT),
            entries_claimed=count("Entry", "edition", state__in=SENT, **claimed),
            entries_homeless=count("Entry", "edition", state__in=SENT, city__isnull=True),
            entries_to_check=count("Entry", "edition", state=EntryState.SUBMITTED, pk__in=settled),
            entries_to_choose=count("Entry", "edition", state=EntryState.ELIGIBLE, pk__in=settled),
        )

    def still_choosing(self, now: datetime) -> Self:
        """Whose cities may still choose at `now`."""
        return self.filter(is_archive=False).exclude(nominations_close__lte=now)
