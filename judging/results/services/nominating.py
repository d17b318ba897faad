"""A city's own selection, once closed, becomes its nominations."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contest.models import Entry, Nomination
from contest.nominations.services.nominations import foresee_places, nominate_entry
from contest.states import EntryState
from judging.models import Round, Standing
from judging.permissions import require_runs
from judging.reads.taking_part import FROZEN
from judging.states import RoundState
from network.models import User
from toolkit.refusals import Refusal


@dataclass(frozen=True)
class NominatedFromRound:
    """Who was nominated, in order of place; those nominated before;
    those refused, each with the sentence that says why."""

    made: tuple[Nomination, ...]
    before: tuple[Entry, ...]
    refused: tuple[tuple[Entry, str], ...]


@dataclass(frozen=True)
class NominationAhead:
    """What nominating would do for one entry that goes on. `refusal` is empty for who would be, or is, nominated."""

    entry: Entry
    place: int
    is_nominated: bool
    slot: int | None
    competing_slot: int | None
    refusal: str

    @property
    def would(self) -> bool:
        return not self.is_nominated and not self.refusal


def why_not_nominating(round: Round) -> Refusal | None:
    """Why nobody can be nominated from the round; None when it is the one that decides."""
    if round.city_id is None:
        return Refusal(_("Only a city's own selection becomes nominations."), code="city_round.no_city")
    if round.state not in FROZEN:
        return Refusal(_("Close the round first: then it is certain who goes on."), code="city_round.open")
    same = Round.objects.counted().filter(edition=round.edition_id, city=round.city_id, order__gt=round.order)
    later = same.exclude(state=RoundState.DRAFT).order_by("order").last()
    if later is not None:
        return Refusal(
            _("“%(round)s” comes after this round, and decides.") % {"round": later}, code="city_round.later"
        )
    return None


def foresee_nominations(round: Round) -> list[NominationAhead]:
    """What nominate_from_round would do now, in the order of the places. Four queries, and nothing is written."""
    going_on = list(_going_on(round))
    assert round.city is not None
    foreseen = foresee_places(round.edition, round.city, [row.entry for row in going_on])
    return [
        NominationAhead(
            entry=row.entry,
            place=row.place,
            is_nominated=row.entry.state == EntryState.NOMINATED and not seen.refusal,
            slot=seen.slot,
            competing_slot=seen.competing_slot,
            refusal=seen.refusal,
        )
        for row, seen in zip(going_on, foreseen, strict=True)
    ]


def nominate_from_round(*, by: User, round: Round) -> NominatedFromRound:
    """Nominates the entries that go on from a city's closed selection, best place first, each under the city's lock.

    While the city has competing places, entries get one; after that, a place without. What the quota (or anything else)
    refuses is returned with its reason and leaves the others as they are, so that the service can be called again.
    """
    round = Round.objects.select_related("edition").get(pk=round.pk)
    require_runs(by, round)
    if why := why_not_nominating(round):
        raise why
    made: list[Nomination] = []
    before: list[Entry] = []
    refused: list[tuple[Entry, str]] = []
    for standing in _going_on(round):
        entry = standing.entry
        if entry.state == EntryState.NOMINATED and entry.city_id == round.city_id:
            before.append(entry)
            continue
        try:
            made.append(_nominate(by, round, standing))
        except Refusal as refusal:
            refused.append((entry, str(refusal.message)))
    return NominatedFromRound(tuple(made), tuple(before), tuple(refused))


def _going_on(round: Round) -> QuerySet[Standing]:
    rows = Standing.objects.filter(round=round, advances=True).order_by("place")
    return rows.select_related("entry__startup__organisation", "entry__city", "entry__edition")


@transaction.atomic
def _nominate(by: User, round: Round, standing: Standing) -> Nomination:
    if standing.entry.city_id != round.city_id:
        raise Refusal(
            _("This entry now belongs to %(city)s.") % {"city": standing.entry.city}, code="nomination.other_city"
        )
    reason = _("Place %(place)s in “%(round)s”.") % {"place": standing.place, "round": round}
    try:
        with transaction.atomic():
            return nominate_entry(by=by, entry=standing.entry, competes=True, reason=reason)
    except Refusal as refusal:
        if refusal.code != "nomination.competing_full":
            raise
        return nominate_entry(by=by, entry=standing.entry, competes=False, reason=reason)
