"""A city's own selection round, once closed, becomes its nominations."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from contest.models import Entry, Nomination
from contest.services import nominate_entry
from contest.states import EntryState
from judging.models import Round, Standing
from judging.permissions import require_runs
from judging.querysets import FROZEN
from network.models import User
from toolkit.refusals import Refusal


@dataclass(frozen=True)
class NominatedFromRound:
    """Who was nominated, in order of place; those nominated before; those refused, each with the sentence that says why."""

    made: tuple[Nomination, ...]
    before: tuple[Entry, ...]
    refused: tuple[tuple[Entry, str], ...]


def nominate_from_round(*, by: User, round: Round) -> NominatedFromRound:
    """Nominates the entries that go on from a city's closed selection, best place first, each under the city's lock.

    While the city has competing places, entries get one; after that, a place without. What the quota (or anything else)
    refuses is returned with its reason and leaves the others as they are, so that the service can be called again.
    """
    round = Round.objects.select_related("edition").get(pk=round.pk)
    require_runs(by, round)
    if round.city_id is None:
        raise Refusal(_("Only a city's own selection becomes nominations."), code="city_round.no_city")
    if round.state not in FROZEN:
        raise Refusal(_("Close the round first: then it is certain who goes on."), code="city_round.open")
    made: list[Nomination] = []
    before: list[Entry] = []
    refused: list[tuple[Entry, str]] = []
    standings = Standing.objects.filter(round=round, advances=True).order_by("place")
    for standing in standings.select_related("entry__startup__organisation", "entry__city"):
        entry = standing.entry
        if entry.state == EntryState.NOMINATED:
            before.append(entry)
            continue
        try:
            made.append(_nominate(by, round, standing))
        except Refusal as refusal:
            refused.append((entry, str(refusal.message)))
    return NominatedFromRound(tuple(made), tuple(before), tuple(refused))


@transaction.atomic
def _nominate(by: User, round: Round, standing: Standing) -> Nomination:
    reason = _("Place %(place)s in “%(round)s”.") % {"place": standing.place, "round": round}
    try:
        with transaction.atomic():
            return nominate_entry(by=by, entry=standing.entry, competes=True, reason=reason)
    except Refusal as refusal:
        if refusal.code != "nomination.competing_full":
            raise
        return nominate_entry(by=by, entry=standing.entry, competes=False, reason=reason)
