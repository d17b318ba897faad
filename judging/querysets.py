"""The reads of judging: who may see which row, and what each list page needs, fetched at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from contest.models import Entry
from contest.states import EntryState
from judging.awaiting import with_awaits
from judging.states import JurorState, RoundState, ScorecardState
from judging.taking_part import FROZEN, taking_part
from judging.ties import without_ties
from network.models import Membership
from network.permissions import city_ids_of, is_organiser
from toolkit.columns import with_columns

if TYPE_CHECKING:
    from judging.models import (
        Assignment,
        Award,
        BallotImport,
        Departure,
        Juror,
        Round,
        Scorecard,
        SetAside,
        Standing,
    )
    from network.models import Membership
    from network.requests import Anyone


def runs(user: Anyone, to_round: str = "") -> Q:
    """Rows of rounds that the user runs: all for the organiser, those of their own city for a coordinator."""
    if is_organiser(user):
        return Q(pk__isnull=False)
    return Q(**{f"{to_round}city__in": city_ids_of(user)})


def entries_of(round: Round) -> QuerySet[Entry]:
    """The entries that a round is about, by code.

    A practice round: its sample entries. Once frozen: those of its standings. Before: in the first round of a city's
    own selection, the entries that the city may nominate; in the first round of an edition, its competing nominations;
    later, those of them that go on from the round before. judging.taking_part says the same of rows of many rounds.
    """
    if round.is_calibration:
        return Entry.objects.filter(samples__round=round).order_by("code")
    entries = Entry.objects.filter(edition_id=round.edition_id).order_by("code")
    if round.state in FROZEN:
        return entries.filter(standings__round=round)
    if round.city_id:
        entries = entries.filter(city_id=round.city_id, state__in=[EntryState.ELIGIBLE, EntryState.NOMINATED])
    else:
        entries = entries.filter(state=EntryState.NOMINATED, nomination__competing_slot__isnull=False)
    before = round.previous()
    return entries if before is None else entries.filter(standings__round=before, standings__advances=True)


def entry_readers(user: Anyone) -> Q:
    """Which entries a juror may read: those assigned in a round that is no longer a draft, without a tie.

    A condition on Entry, for contest's own visible_to.
    """
    seats = apps.get_model("judging.Assignment").objects.read_by(user)
    return Q(pk__in=seats.order_by().values("entry_id"))


class RoundQuerySet(QuerySet["Round"]):
    def visible_to(self, user: Anyone) -> Self:
        """The organiser: all. A coordinator: their city's. A juror of the edition, or of the city's selection: once
        open. Anyone: once published, if the edition is public."""
        published = Q(state=RoundState.PUBLISHED, edition__is_public=True)
        if not user.is_authenticated:
            return self.filter(published)
        seats = apps.get_model("judging.Juror").objects.filter(user=user, state=JurorState.ACTIVE)
        network = Q(city__isnull=True, edition__in=seats.filter(for_city__isnull=True).values("edition"))
        city = Exists(seats.filter(edition=OuterRef("edition"), for_city=OuterRef("city")))
        return self.filter(runs(user) | published | ~Q(state=RoundState.DRAFT) & (network | city))

    def run_by(self, user: Anyone) -> Self:
        """The rounds that the user runs (organiser, or coordinator of the round's city)."""
        return self.filter(runs(user))

    def of_selection(self, edition_id: int, city_id: int | None) -> Self:
        """The rounds of an edition, or of a city's own selection in it."""
        return self.filter(edition=edition_id, city=city_id)

    def counted(self) -> Self:
        """The rounds that make a result: all but those for practice."""
        return self.filter(is_calibration=False)

    def with_progress(self) -> Self:
        """Adds scorecards_total, scorecards_submitted, scorecards_started,
        scorecards_recused and jurors_total; criteria at hand.

        Of entries that take part; what a tie hides counts nowhere.
        """
        cards, state = "assignments__scorecard", "assignments__scorecard__state"
        live = Q(assignments__in=apps.get_model("judging.Assignment").objects.in_force().order_by().values("pk"))
        begun = Q(**{state: ScorecardState.DRAFT, f"{cards}__version__gt": 0})
        return with_columns(
            self.select_related("edition", "city").prefetch_related("criteria"),
            scorecards_total=Count(cards, filter=live, distinct=True),
            scorecards_submitted=Count(cards, filter=live & Q(**{state: ScorecardState.SUBMITTED}), distinct=True),
            scorecards_started=Count(cards, filter=live & begun, distinct=True),
            scorecards_recused=Count(cards, filter=Q(**{state: ScorecardState.RECUSED}), distinct=True),
            jurors_total=Count("assignments__juror", filter=live, distinct=True),
        )


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
        live = Q(assignments__in=apps.get_model("judging.Assignment").objects.in_force().order_by().values("pk"))

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


class AssignmentQuerySet(QuerySet["Assignment"]):
    def taking_part(self) -> Self:
        """Those whose entry is one of its round's: it may have left since it was assigned."""
        return taking_part(self)

    def in_force(self) -> Self:
        """What jurors are asked for: the entry takes part, the juror has not stepped back,
        and no tie came between them."""
        tied = (
            apps.get_model("judging.Departure")
            .objects.standing()
            .filter(round=OuterRef("round"), entry=OuterRef("entry"), juror=OuterRef("juror"))
        )
        return self.taking_part().exclude(scorecard__state=ScorecardState.RECUSED).exclude(Exists(tied))

    def read_by(self, user: Anyone) -> Self:
        """A juror's own, in rounds that are no longer drafts, of entries that take part, without a tie and not
        recused."""
        if not user.is_authenticated:
            return self.none()
        mine = self.filter(juror__user=user, juror__state=JurorState.ACTIVE).exclude(round__state=RoundState.DRAFT)
        return without_ties(taking_part(mine.exclude(scorecard__state=ScorecardState.RECUSED)), user)

    def visible_to(self, user: Anyone) -> Self:
        """Who runs the round: all. A juror: see read_by."""
        if is_organiser(user):
            return self
        return self.filter(Q(pk__in=self.read_by(user).order_by().values("pk")) | runs(user, "round__"))


class DepartureQuerySet(QuerySet["Departure"]):
    def standing(self) -> Self:
        """What is still so: the entry has not come back, the tie has not gone or been settled."""
        return self.filter(ended_at__isnull=True)

    def run_by(self, user: Anyone) -> Self:
        return self.filter(runs(user, "round__"))


class ScorecardQuerySet(QuerySet["Scorecard"]):
    def visible_to(self, user: Anyone) -> Self:
        """Who runs the round: all of entries that take part. A juror:
        their own, once the round is open, without a tie and not recused."""
        if not user.is_authenticated:
            return self.none()
        if is_organiser(user):
            return self.taking_part()
        read = apps.get_model("judging.Assignment").objects.read_by(user).order_by().values("pk")
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
        live = apps.get_model("judging.Assignment").objects.in_force().order_by().values("pk")
        return self.filter(assignment__in=live)

    def of_juror(self, user: Anyone) -> Self:
        """A juror's own part of visible_to: what the juror's pages show, even to a juror who is an organiser too."""
        read = apps.get_model("judging.Assignment").objects.read_by(user).order_by().values("pk")
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
        marks = apps.get_model("judging.Mark").objects.select_related("criterion").order_by("criterion__order")
        return self.prefetch_related(Prefetch("marks", queryset=marks))


class SetAsideQuerySet(QuerySet["SetAside"]):
    def of_juror(self, user: Anyone) -> Self:
        """A juror's own: the only one who reads what they hold."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def waiting(self) -> Self:
        """On which the juror has not decided."""
        return self.filter(settled_at__isnull=True)


class BallotImportQuerySet(QuerySet["BallotImport"]):
    def visible_to(self, user: Anyone) -> Self:
        """A juror's own, and nobody else's: the workbook is not yet their scorecard."""
        return self.filter(juror__user=user, juror__state=JurorState.ACTIVE) if user.is_authenticated else self.none()


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
