"""Who may see which juror, which assignment, and what left a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from judging.models import Assignment, Departure, Juror
from judging.reads.conflicts import StandIn, roots_of_seats, stand_in, without_ties
from judging.reads.taking_part import taking_part
from judging.states import JurorState, RoundState, ScorecardState
from network.permissions import is_organiser
from toolkit.columns import with_columns
from toolkit.prepared import Prepared
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from judging.models import (
        Round,
    )
    from network.models import User
    from network.requests import Anyone
from judging.reads.rounds import IN_FORCE, runs


def entry_readers(user: Anyone) -> Q:
    """Which entries a juror may read: those assigned in a round that is no longer a draft, without a tie.

    A condition on Entry, for contest's own visible_to.
    """
    seats = Assignment.objects.read_by(user)
    return Q(pk__in=seats.order_by().values("entry_id"))


@reads_of(Juror)
class JurorQuerySet(QuerySet["Juror"]):
    def visible_to(self, user: Anyone) -> Self:
        """The organiser: all. A coordinator: those on the jury of their city. A juror: their own seats."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(runs(user, "for_") | Q(user=user))

    def run_by(self, user: Anyone) -> Self:
        """The seats that the user gives and takes back (organiser,
        or coordinator of the city whose selection it is)."""
        return self.filter(runs(user, "for_")) if user.is_authenticated else self.none()

    def of_jury(self, edition_id: int, city_id: int | None) -> Self:
        """The seats of one jury: the edition's, or that of a city's own selection."""
        return self.filter(edition_id=edition_id, for_city_id=city_id)

    def active(self) -> Self:
        return self.filter(state=JurorState.ACTIVE)

    def with_progress(self, round: Round | None = None) -> Self:
        """Adds assigned, submitted, started and recused (of one round, or of all), with people,
        places and categories at hand."""
        of_round = Q(assignments__round=round) if round else Q(assignments__round__is_calibration=False)
        card = "assignments__scorecard__state"
        live = Q(assignments__in=IN_FORCE.keys((), {}))

        def count(condition: Q) -> Count:
            return Count("assignments__scorecard", filter=of_round & condition, distinct=True)

        seats = self.select_related("user", "city", "organisation", "for_city", "edition").prefetch_related("expertise")
        return with_columns(
            seats,
            assigned=count(live),
            submitted=count(live & Q(**{card: ScorecardState.SUBMITTED})),
            started=count(live & Q(**{card: ScorecardState.DRAFT, "assignments__scorecard__version__gt": 0})),
            recused=count(Q(**{card: ScorecardState.RECUSED})),
        )


@reads_of(Assignment)
class AssignmentQuerySet(QuerySet["Assignment"]):
    def taking_part(self) -> Self:
        """Those whose entry is one of its round's: it may have left since it was assigned."""
        return taking_part(self)

    def in_force(self) -> Self:
        """What jurors are asked for: the entry takes part, the juror has not stepped back,
        and no tie came between them."""
        tied = Departure.objects.standing().filter(
            round=OuterRef("round"), entry=OuterRef("entry"), juror=OuterRef("juror")
        )
        return self.taking_part().exclude(scorecard__state=ScorecardState.RECUSED).exclude(Exists(tied))

    def read_by(self, user: Anyone) -> Self:
        """A juror's own, in rounds that are no longer drafts, of entries that take part, without a tie and not
        recused. Asked on nearly every page: for whoever holds no seat it costs nothing,
        and the condition of a juror's is built once for all of the same shape."""
        if not user.is_authenticated or not roots_of_seats(user):
            return self.none()
        return self.filter(pk__in=READ.keys(*stand_in(user)))

    def readable(self, user: User) -> Self:
        """read_by, built anew."""
        mine = self.filter(juror__user=user, juror__state=JurorState.ACTIVE).exclude(round__state=RoundState.DRAFT)
        return without_ties(taking_part(mine.exclude(scorecard__state=ScorecardState.RECUSED)), user)

    def visible_to(self, user: Anyone) -> Self:
        """Who runs the round: all. A juror: see read_by."""
        if is_organiser(user):
            return self
        return self.filter(Q(pk__in=self.read_by(user).order_by().values("pk")) | runs(user, "round__"))


def _readable(juror: StandIn) -> QuerySet[Assignment]:
    return Assignment.objects.readable(juror.user)


READ = Prepared(_readable)


@reads_of(Departure)
class DepartureQuerySet(QuerySet["Departure"]):
    def standing(self) -> Self:
        """What is still so: the entry has not come back, the tie has not gone or been settled."""
        return self.filter(ended_at__isnull=True)

    def run_by(self, user: Anyone) -> Self:
        return self.filter(runs(user, "round__"))
