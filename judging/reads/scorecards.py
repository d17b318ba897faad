"""Who may see which scorecard, version set aside and workbook that came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Count, F, Prefetch, Q, QuerySet

from judging.models import Assignment, BallotImport, Mark, Scorecard, SetAside
from judging.reads.taking_part import taking_part
from judging.states import JurorState, ScorecardState
from network.permissions import city_ids_of, is_organiser
from toolkit.columns import with_columns
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from network.requests import Anyone
from judging.reads.rounds import IN_FORCE, runs


@reads_of(Scorecard)
class ScorecardQuerySet(QuerySet["Scorecard"]):
    def visible_to(self, user: Anyone) -> Self:
        """Who runs the round: all of entries that take part. A juror:
        their own, once the round is open, without a tie and not recused."""
        if not user.is_authenticated:
            return self.none()
        if is_organiser(user):
            return self.taking_part()
        read = Assignment.objects.read_by(user).order_by().values("pk")
        own = Q(assignment__in=read)
        if not city_ids_of(user):
            return self.filter(own)
        return self.filter(
            own | runs(user, "assignment__round__") & Q(pk__in=self.taking_part().order_by().values("pk"))
        )

    def taking_part(self) -> Self:
        """Those whose entry is one of its round's: it may have left since it was assigned."""
        return taking_part(self, "assignment__entry", "assignment__round")

    def in_force(self) -> Self:
        """What jurors are asked for: see AssignmentQuerySet.in_force."""
        return self.filter(assignment__in=IN_FORCE.keys((), {}))

    def of_juror(self, user: Anyone) -> Self:
        """A juror's own part of visible_to: what the juror's pages show, even to a juror who is an organiser too."""
        read = Assignment.objects.read_by(user).order_by().values("pk")
        return self.filter(assignment__in=read)

    def recused_by(self, user: Anyone) -> Self:
        """From which the user stepped back. Show no more than the entry's code:
        the entry itself is hidden from them."""
        mine = self.filter(assignment__juror__user=user) if user.is_authenticated else self.none()
        return mine.filter(state=ScorecardState.RECUSED).select_related("assignment__entry", "assignment__round")

    def with_progress(self) -> Self:
        """Adds marks_done and criteria_required, with entry, start-up, city, category, juror and round at hand."""
        cards = self.select_related(
            "assignment__round__edition",
            "assignment__round__city",
            "assignment__juror__user",
            "assignment__entry__startup__organisation__city",
            "assignment__entry__city",
            "assignment__entry__category",
        )
        rows = with_columns(
            cards,
            marks_done=Count("marks", filter=Q(marks__criterion__is_required=True), distinct=True),
            criteria_required=Count(
                "assignment__round__criteria",
                filter=Q(assignment__round__criteria__is_required=True)
                & (
                    Q(assignment__round__criteria__categories__isnull=True)
                    | Q(assignment__round__criteria__categories=F("assignment__entry__category"))
                ),
                distinct=True,
            ),
        )
        return rows.order_by("assignment__round__order", "assignment__entry__code", "assignment__juror__full_name")

    def with_marks(self) -> Self:
        """Marks with their criteria at hand, in the order of the criteria."""
        marks = Mark.objects.select_related("criterion").order_by("criterion__order")
        return self.prefetch_related(Prefetch("marks", queryset=marks))


@reads_of(SetAside)
class SetAsideQuerySet(QuerySet["SetAside"]):
    def of_juror(self, user: Anyone) -> Self:
        """A juror's own: the only one who reads what they hold."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def waiting(self) -> Self:
        """On which the juror has not decided."""
        return self.filter(settled_at__isnull=True)


@reads_of(BallotImport)
class BallotImportQuerySet(QuerySet["BallotImport"]):
    def visible_to(self, user: Anyone) -> Self:
        """A juror's own, and nobody else's: the workbook is not yet their scorecard."""
        return self.filter(juror__user=user, juror__state=JurorState.ACTIVE) if user.is_authenticated else self.none()
