"""The reads of live sessions: who may see which, and who missed what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from contest.reads.entries import team_ids_of
from judging.models import Assignment, LiveSession, Slot
from judging.reads.rounds import runs
from judging.reads.taking_part import taking_part, with_taking_part
from judging.states import JurorState, SessionState
from network.permissions import is_organiser
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from network.requests import Anyone


@reads_of(LiveSession)
class LiveSessionQuerySet(QuerySet["LiveSession"]):
    def visible_to(self, user: Anyone) -> Self:
        """Who runs the round: all. Once published (a cancelled one too):
        its jurors, its chair, and the teams that pitch in it."""
        if not user.is_authenticated:
            return self.none()
        if is_organiser(user):
            return self
        told = ~Q(state=SessionState.DRAFT)
        return self.filter(runs(user, "round__") | told & (self._of_juror(user) | self._of_team(user)))

    def told_to(self, user: Anyone) -> Self:
        """Published or cancelled sessions in which the user sits or pitches, also when they run the round."""
        return self.exclude(state=SessionState.DRAFT).filter(self._of_juror(user) | self._of_team(user))

    def for_juror(self, user: Anyone) -> Self:
        """Published or cancelled sessions in which the user sits on the jury."""
        return self.exclude(state=SessionState.DRAFT).filter(self._of_juror(user))

    @staticmethod
    def _of_juror(user: Anyone) -> Q:
        """Chairs it, or has an entry of it to score, without a tie."""
        seats = Assignment.objects.read_by(user).order_by()
        slots = Slot.objects.filter(Exists(seats.filter(entry=OuterRef("entry"), round=OuterRef("session__round"))))
        chairs = Q(chair__user=user, chair__state=JurorState.ACTIVE)
        return chairs | Q(pk__in=slots.order_by().values("session"))

    @staticmethod
    def _of_team(user: Anyone) -> Q:
        teams = team_ids_of(user)
        if not teams:  # most people: the condition takes longer to write than to answer
            return Q(pk__in=[])
        slots = Slot.objects.filter(entry__startup__organisation__in=teams)
        return Q(pk__in=taking_part(slots, round="session__round").order_by().values("session"))

    def with_slots(self) -> Self:
        """Round, edition, chair, and the running order with its entries (each with `takes_part`), at hand."""
        rows = with_taking_part(Slot.objects.all(), round="session__round")
        slots = rows.select_related("entry__startup__organisation", "entry__category", "entry__city")
        return self.select_related("round__edition", "round__city", "chair__user").prefetch_related(
            Prefetch("slots", queryset=slots.order_by("order", "pk"))
        )


def missed_recording(juror: str, entry: str, round: str) -> Subquery:
    """For rows that name a juror, an entry and a round by these paths: where the juror is noted as absent from the
    entry's live pitch, the link to its recording (empty: none yet); NULL where they are not."""
    slots = Slot.objects.filter(
        entry=OuterRef(entry), session__round=OuterRef(round), session__absences__juror=OuterRef(juror)
    )
    takes_place = slots.filter(session__state=SessionState.PUBLISHED)
    return Subquery(takes_place.order_by("pk").values("recording_url")[:1])
