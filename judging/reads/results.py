"""Who may see which standing and which award."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from judging.models import Award, Standing
from judging.reads.awaiting import with_awaits
from judging.states import RoundState
from network.models import Membership
from network.permissions import city_ids_of, is_organiser
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from network.requests import Anyone


@reads_of(Standing)
class StandingQuerySet(QuerySet["Standing"]):
    def visible_to(self, user: Anyone) -> Self:
        """Who ran the round: once closed. Founders: their own, once published. Anyone: once published, if the edition
        is public. Those of the last round: once the awards are given."""
        if is_organiser(user):
            return self
        told = with_awaits(self.model._default_manager.all(), "round").filter(Q(awaits=False)).order_by()
        published = Q(round__state=RoundState.PUBLISHED, pk__in=told.values("pk"))
        if not user.is_authenticated:
            return self.filter(published, round__edition__is_public=True)
        own = Membership.objects.filter(user=user).values("organisation")
        mine = Q(entry__startup__organisation__in=own)
        return self.filter(
            (published & (Q(round__edition__is_public=True) | mine)) | Q(round__city__in=city_ids_of(user))
        )

    def with_entries(self) -> Self:
        """Entry, start-up, city and round at hand, in the order of the list."""
        return self.select_related(
            "round__edition", "entry__startup__organisation__city", "entry__city", "entry__category"
        ).order_by("round__order", "place")


@reads_of(Award)
class AwardQuerySet(QuerySet["Award"]):
    def visible_to(self, user: Anyone) -> Self:
        """The organiser: all. Founders: their own. Anyone:
        once the edition's results are published, if it is public."""
        if is_organiser(user):
            return self
        public = Q(edition__is_public=True, edition__results_published_at__isnull=False)
        if not user.is_authenticated:
            return self.filter(public)
        own = Membership.objects.filter(user=user).values("organisation")
        return self.filter(public | Q(entry__startup__organisation__in=own))

    def with_entries(self) -> Self:
        return self.select_related("edition", "entry__startup__organisation__city", "entry__city", "entry__category")
