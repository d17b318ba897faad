"""Who may see which round, and the entries that a round is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from contest.models import Entry
from contest.states import EntryState
from judging.models import Assignment, Juror, Round
from judging.reads.taking_part import FROZEN
from judging.states import JurorState, RoundState, ScorecardState
from network.permissions import city_ids_of, is_organiser
from toolkit.columns import with_columns
from toolkit.prepared import Prepared
from toolkit.reads import reads_of

if TYPE_CHECKING:
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
    later, those of them that go on from the round before. judging.reads.taking_part says the same of rows of many
    rounds.
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


# It holds no value of a call, and stands several times in the queries of most pages of a round.
IN_FORCE = Prepared(lambda shape: Assignment.objects.in_force())


@reads_of(Round)
class RoundQuerySet(QuerySet["Round"]):
    """Rounds come with their rules: half of a round, which nearly every page and service asks for."""

    along = ("rule",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not args[1:] and options.get("query") is None:  # a new one, not one made from another
            self.query.add_select_related(self.along)

    def only(self, *fields: str) -> Self:
        """The rounds with these columns alone; what is left out, the rule too, is fetched when it is asked for."""
        return super(RoundQuerySet, self.select_related(None)).only(*fields)

    def visible_to(self, user: Anyone) -> Self:
        """The organiser: all. A coordinator: their city's. A juror of the edition, or of the city's selection: once
        open. Anyone: once published, if the edition is public."""
        published = Q(state=RoundState.PUBLISHED, edition__is_public=True)
        if not user.is_authenticated:
            return self.filter(published)
        seats = Juror.objects.filter(user=user, state=JurorState.ACTIVE)
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
        live = Q(assignments__in=IN_FORCE.keys((), {}))
        begun = Q(**{state: ScorecardState.DRAFT, f"{cards}__version__gt": 0})
        return with_columns(
            self.select_related("edition", "city").prefetch_related("criteria"),
            scorecards_total=Count(cards, filter=live, distinct=True),
            scorecards_submitted=Count(cards, filter=live & Q(**{state: ScorecardState.SUBMITTED}), distinct=True),
            scorecards_started=Count(cards, filter=live & begun, distinct=True),
            scorecards_recused=Count(cards, filter=Q(**{state: ScorecardState.RECUSED}), distinct=True),
            jurors_total=Count("assignments__juror", filter=live, distinct=True),
        )
