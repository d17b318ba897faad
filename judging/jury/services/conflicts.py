"""Ties that people declare between jurors and entries, and take back where one was declared, or set, by mistake.
Ties that a rule finds follow facts, and stay as long as they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from judging.jury.notices import assignment, departures
from judging.jury.reading.facts import ties_of
from judging.jury.services.jurors import live_scorecards, step_back
from judging.models import Conflict, Juror, Round, Scorecard
from judging.permissions import runs_jury
from judging.states import SCORECARD, ConflictKind, JurorState, RoundState, ScorecardState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move

if TYPE_CHECKING:
    from contest.models import Entry


@transaction.atomic
def declare_conflict(*, by: User, juror: Juror, entry: Entry, kind: str, reason: str) -> Conflict:
    """Records a tie between a juror and an entry: by the juror (kind declared) or by who runs the jury.

    It holds in every seat of the same person: a scorecard that they have for the entry in an open round is recused.
    Declaring the same tie twice is one tie. Raises Forbidden to anybody else; Refusal without a reason, and for an
    entry that this jury does not judge.
    """
    own, runs = juror.user_id is not None and juror.user_id == by.pk, runs_jury(by, juror.for_city)
    if not (own or runs):
        raise Forbidden(_("Only the juror and the organiser may declare this."), code="conflict.not_yours")
    if juror.edition_id != entry.edition_id or juror.for_city_id not in (None, entry.city_id):
        raise Refusal(_("This entry is not one that this jury may choose from."), code="conflict.edition", status=422)
    if not reason.strip():
        raise Refusal(_("Say what the tie is."), code="conflict.reason", field="reason", status=422)
    kind = kind if runs and not own else ConflictKind.DECLARED
    conflict, created = Conflict.objects.get_or_create(
        juror=juror,
        entry=entry,
        defaults={"kind": kind, "reason": reason.strip()[:500], "by": by, "at": clock.now()},
    )
    if created:
        record_event(
            by=by, verb="declare", thing=conflict, after={"juror": juror.code, "entry": entry.code, "kind": kind}
        )
    seats = Juror.objects.filter(Q(pk=juror.pk) | Q(user__isnull=False, user=juror.user_id))
    live = Scorecard.objects.filter(
        assignment__juror__in=seats,
        assignment__entry=entry,
        assignment__round__state__in=[RoundState.DRAFT, RoundState.OPEN],
    ).exclude(state=ScorecardState.RECUSED)
    for scorecard in live_scorecards(live):
        step_back(by=by, scorecard=scorecard, reason=reason)
        assignment.Recused.tell(scorecard, by)
    return conflict


@transaction.atomic
def take_back_conflict(*, by: User, conflict: Conflict, reason: str) -> list[Scorecard]:
    """Deletes a declared tie, with a reason, by who runs the jury; the juror is told.

    Scorecards that it recused come back as drafts with their marks, in rounds that are not frozen and where nothing
    else ties the juror to the entry: neither a rule nor what was declared in another seat of theirs. Returns them.
    Raises Forbidden to anybody else; Refusal without a reason, or when it was taken back already.
    """
    kept = locked(Conflict.objects.filter(pk=conflict.pk)).select_related("juror__for_city", "entry").first()
    if kept is None:
        raise Refusal(_("This tie was taken back already."), code="conflict.gone")
    conflict = kept
    juror, entry = conflict.juror, conflict.entry
    if not runs_jury(by, juror.for_city):
        raise Forbidden(_("Only who runs this jury takes a tie back."), code="conflict.not_yours")
    reason = reason.strip()[:500]
    if not reason:
        raise Refusal(_("Say why it is no tie."), code="conflict.reason", field="reason", status=422)
    before = {"juror": juror.code, "entry": entry.code, "kind": conflict.kind, "reason": conflict.reason}
    event = record_event(by=by, verb="take_back", thing=conflict, before=before, after={"reason": reason})
    conflict.delete()
    back = [card for card in _recused(juror, entry) if _restore(by, card)]
    departures.TieTakenBack.tell(juror, entry, event, reason, len(back))
    return back


def _recused(juror: Juror, entry: Entry) -> list[Scorecard]:
    """The person's recused scorecards for the entry, locked, of rounds that are not frozen (asked behind the locks)."""
    seats = Juror.objects.filter(Q(pk=juror.pk) | Q(user__isnull=False, user=juror.user_id), state=JurorState.ACTIVE)
    cards = Scorecard.objects.filter(assignment__juror__in=seats, assignment__entry=entry, state=ScorecardState.RECUSED)
    keys = list(locked(cards).order_by("pk").values_list("pk", flat=True))
    live = Scorecard.objects.filter(pk__in=keys, assignment__round__state__in=[RoundState.DRAFT, RoundState.OPEN])
    return list(live.select_related("assignment__round", "assignment__juror__organisation").order_by("pk"))


def _restore(by: User, card: Scorecard) -> bool:
    seat = card.assignment
    round = Round.objects.select_related("edition", "city").get(pk=seat.round_id)
    if any(tie.entry == seat.entry_id for tie in ties_of(round, [seat.juror])):
        return False
    before, after = move(card, "restore", SCORECARD)
    card.recusal_reason, card.submitted_at = "", None
    card.version += 1
    card.save()
    record_event(by=by, verb="restore", thing=card, before={"state": before}, after={"state": after})
    return True
