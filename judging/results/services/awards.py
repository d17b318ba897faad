"""Awards: given from the last round's published standings, never against them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from django.db import transaction
from django.utils.translation import gettext as _

from contest.models import Edition, Entry
from contest.states import EntryState
from judging.domain.numbers import value_of
from judging.models import Award, Round, Standing, TieDecision
from judging.permissions import require_organiser
from judging.results import notices
from judging.results.shown.outcomes import outcome_of
from judging.states import RoundState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal


@dataclass(frozen=True)
class AwardDraft:
    """An award about to be given. `name` and `citation` hold every language by its key."""

    entry: Entry
    name: dict[str, str]
    rank: int
    citation: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def grant_awards(*, by: User, edition: Edition, awards: Sequence[AwardDraft]) -> list[Award]:
    """Gives the awards of an edition and makes its results public; each founder is told.

    Refused unless the last round is published, the entries are among those it lets through, and a better award never
    goes to a worse result. Entries that nothing tells apart share a rank, or wait for decide_tie.
    """
    require_organiser(by)
    edition = locked(Edition.objects.filter(pk=edition.pk)).get()
    last = Round.objects.counted().filter(edition=edition, city__isnull=True).order_by("-order").first()
    if last is None or last.state != RoundState.PUBLISHED:
        raise Refusal(_("Publish the results of the last round first."), code="award.not_published")
    _check_drafts(edition, awards)
    _check_against_standings(last, awards)
    now = clock.now()
    granted = []
    for draft in sorted(awards, key=lambda draft: (draft.rank, draft.entry.code)):
        award = Award.objects.create(
            edition=edition,
            entry=draft.entry,
            name=draft.name,
            citation=draft.citation,
            rank=draft.rank,
            granted_by=by,
            granted_at=now,
        )
        award.refresh_from_db()
        record_event(
            by=by, verb="grant", thing=award, after={"entry": draft.entry.code, "name": draft.name, "rank": draft.rank}
        )
        notices.Awarded.tell(award)
        granted.append(award)
    if edition.results_published_at is None:
        edition.results_published_at = now
        edition.save()
        record_event(by=by, verb="publish_results", thing=edition)
    return granted


def _check_drafts(edition: Edition, awards: Sequence[AwardDraft]) -> None:
    if not awards:
        raise Refusal(_("Name one award at least."), code="award.none", status=422)
    entries = [draft.entry for draft in awards]
    if len({entry.pk for entry in entries}) != len(entries):
        raise Refusal(_("An entry receives one award only."), code="award.twice", status=422)
    for draft in awards:
        entry = draft.entry
        if entry.edition_id != edition.pk or entry.state != EntryState.NOMINATED:
            raise Refusal(
                _("%(entry)s takes no part in this edition.") % {"entry": entry}, code="award.entry", status=422
            )
        if draft.rank < 1 or not any(draft.name.values()):
            raise Refusal(_("Every award needs a name and a rank from 1."), code="award.name", status=422)
    known = Award.objects.filter(entry__in=entries).select_related("entry__startup__organisation").first()
    if known:
        raise Refusal(_("%(entry)s has an award already.") % {"entry": known.entry}, code="award.known")


def _check_against_standings(last: Round, awards: Sequence[AwardDraft]) -> None:
    standings = {s.entry_id: s for s in Standing.objects.filter(round=last).select_related("entry")}
    for draft in awards:
        standing = standings.get(draft.entry.pk)
        if standing is None or not standing.advances:
            raise Refusal(
                _("The jury did not let %(entry)s through: it can't receive an award.") % {"entry": draft.entry},
                code="award.not_through",
                status=422,
            )
    ranks = {draft.entry.pk: draft.rank for draft in awards}
    last_rank = max(ranks.values()) + 1
    order = _orders(last)
    among = [s for s in standings.values() if s.advances]
    for better, worse in permutations(among, 2):
        if ranks.get(better.entry_id, last_rank) >= ranks.get(worse.entry_id, last_rank):
            continue
        if value_of(better.final) < value_of(worse.final) and worse.entry_id in ranks:
            raise Refusal(
                _("%(better)s would rank above %(worse)s, which has the better result.")
                % {"better": better.entry, "worse": worse.entry},
                code="award.order",
                status=422,
            )
        if value_of(better.final) == value_of(worse.final) and not order(better.entry.code, worse.entry.code):
            raise Refusal(
                _("%(better)s and %(worse)s are tied. Give both the same rank, or decide the tie with a reason.")
                % {"better": better.entry, "worse": worse.entry},
                code="award.tie",
            )


def _orders(last: Round) -> Callable[[str, str], bool]:
    """(first, second) → whether the chain, or a person's decision, puts the first of two tied entries first."""
    traces = outcome_of(last).ranking.ties
    decisions = list(TieDecision.objects.filter(round=last).order_by("-pk").values_list("entries", flat=True))

    def before(first: str, second: str) -> bool:
        for trace in traces:
            place = {code: n for n, group in enumerate(trace.groups) for code in group}
            if first in place and second in place and place[first] != place[second]:
                return place[first] < place[second]
        for entries in decisions:
            if first in entries and second in entries:
                found: bool = entries.index(first) < entries.index(second)
                return found
        return False

    return before
