"""Opening a closed round again: one person proposes it with a reason, another confirms.
The frozen version stays as it was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from judging.models import Award, Reopening, Result, Round, Standing
from judging.permissions import require_runs
from judging.reads.taking_part import FROZEN
from judging.results import notices
from judging.states import REOPENING, ROUND, ReopeningState, RoundState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move


@transaction.atomic
def propose_reopening(*, by: User, round: Round, reason: str, closes_at: datetime | None = None) -> Reopening:
    """Asks a second person to let a closed round be opened again, with new time for jurors if `closes_at` is given.

    Refused while another proposal waits, and when something already stands on the result:
    a later round that has begun, or an award.
    """
    round = locked(Round.objects.filter(pk=round.pk)).get()
    require_runs(by, round)
    _require_nothing_on_top(round)
    if not reason.strip():
        raise Refusal(
            _("Say why the round has to be opened again."), code="reopening.reason", field="reason", status=422
        )
    if closes_at is not None and closes_at <= clock.now():
        raise Refusal(
            _("This moment has passed. Give jurors a later one, or none."),
            code="reopening.closes_at", field="closes_at", status=422,
        )  # fmt: skip
    if round.reopenings.filter(state=ReopeningState.PROPOSED).exists():
        raise Refusal(_("Somebody has proposed it already: a second person has to answer."), code="reopening.waits")
    proposal = Reopening.objects.create(
        round=round,
        result=Result.objects.current().get(round=round),
        reason=reason.strip()[:1000],
        closes_at=closes_at,
        proposed_by=by,
        proposed_at=clock.now(),
    )
    record_event(by=by, verb="propose", thing=proposal, after={"round": round.pk, "reason": proposal.reason})
    notices.ReopeningProposed.tell(proposal)
    return proposal


@transaction.atomic
def confirm_reopening(*, by: User, reopening: Reopening) -> Round:
    """Opens the round again, by another person than the one who proposed it.

    The standings no longer hold and are taken away; the version that was frozen keeps its file, hash and key. Whoever
    was told of published results is told that they are being corrected. Raises Forbidden to who proposed it; Refusal
    while something rests on the results.
    """
    round = locked(Round.objects.filter(pk=reopening.round_id)).get()
    require_runs(by, round)
    reopening = locked(Reopening.objects.filter(pk=reopening.pk)).get()
    if reopening.proposed_by_id == by.pk:
        raise Forbidden(
            _("You proposed this yourself. A second person has to confirm it."), code="reopening.second_person"
        )
    _answer(by, reopening, "confirm")
    _require_nothing_on_top(round)
    was_published = round.state == RoundState.PUBLISHED
    before, after = move(round, "reopen", ROUND)
    round.closed_at = round.published_at = round.feedback_told_at = None
    if reopening.closes_at is not None:
        round.closes_at = reopening.closes_at
    if was_published:
        notices.ResultCorrected.tell(round, reopening)
    Standing.objects.filter(round=round).delete()
    round.save()
    record_event(
        by=by,
        verb="reopen",
        thing=round,
        before={"state": before, "sha256": reopening.result.sha256},
        after={"state": after, "reason": reopening.reason, "proposed_by": reopening.proposed_by_id},
    )
    notices.tell_reopened(round, reopening)
    return round


@transaction.atomic
def decline_reopening(*, by: User, reopening: Reopening) -> Reopening:
    """Says no, or takes one's own proposal back. The frozen result holds."""
    require_runs(by, locked(Round.objects.filter(pk=reopening.round_id)).get())
    reopening = locked(Reopening.objects.filter(pk=reopening.pk)).get()
    _answer(by, reopening, "decline")
    return reopening


def _answer(by: User, reopening: Reopening, verb: str) -> None:
    before, after = move(reopening, verb, REOPENING)
    reopening.answered_by, reopening.answered_at = by, clock.now()
    reopening.save()
    record_event(by=by, verb=verb, thing=reopening, before={"state": before}, after={"state": after})


def _require_nothing_on_top(round: Round) -> None:
    if round.state not in FROZEN:
        raise Refusal(_("Only a closed round can be opened again."), code="reopening.not_closed")
    later = Round.objects.of_selection(round.edition_id, round.city_id).filter(order__gt=round.order)
    begun = [str(other) for other in later.exclude(state=RoundState.DRAFT).order_by("order")]
    if begun:
        raise Refusal(
            _("%(rounds)s stands on this result. A result that a later round stands on can't be opened again.")
            % {"rounds": ", ".join(begun)},
            code="reopening.later_round",
        )
    if round.city_id is None and Award.objects.filter(edition_id=round.edition_id).exists():
        raise Refusal(_("Awards were given on this result. It can't be opened again."), code="reopening.awards")
