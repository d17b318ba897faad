"""What both sides answer to a proposed stay. Whoever changes a stay holds its incubator's lock."""

from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.models import Candidate, Incubator, Stay
from corridor.notifications import tell_accepted, tell_ended
from corridor.permissions import is_host_of, is_team_of, require
from corridor.services.checklists import begin_checklist
from corridor.states import CANDIDATE, STAY, AgreementState, CandidateState, StayState
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move

Side = Literal["host", "team"]


@transaction.atomic
def accept_stay(*, by: User, stay: Stay, side: Side) -> Stay:
    """One side says yes; when both have, the stay is accepted. Saying yes twice changes nothing."""
    stay = _locked_stay(stay)
    _require_side(by, stay, side)
    field = f"accepted_by_{side}_at"
    if getattr(stay, field) is not None and stay.state in (StayState.PROPOSED, StayState.ACCEPTED):
        return stay
    before, after = move(stay, "accept", STAY)  # refuses any other state
    setattr(stay, field, clock.now())
    both = stay.accepted_by_host_at is not None and stay.accepted_by_team_at is not None
    if not both:
        stay.state = after = before
    stay.save()
    record_event(by=by, verb="accept", thing=stay, before={"state": before}, after={"state": after, "side": side})
    if both:
        begin_checklist(stay)
        tell_accepted(stay)
    return stay


@transaction.atomic
def decline_stay(*, by: User, stay: Stay, side: Side, reason: str) -> Stay:
    """One side says no: its desks are free again and the candidate waits for another place."""
    stay = _locked_stay(stay)
    _require_side(by, stay, side)
    return _end(by, stay, "decline", reason, side=side)


@transaction.atomic
def cancel_stay(*, by: User, stay: Stay, reason: str) -> Stay:
    """The organiser ends a stay that was proposed, accepted or confirmed."""
    require(is_organiser(by), _("Only an organiser cancels a stay."))
    return _end(by, _locked_stay(stay), "cancel", reason)


def _locked_stay(stay: Stay) -> Stay:
    locked(Incubator.objects.filter(pk=stay.incubator_id)).get()
    return locked(Stay.objects.filter(pk=stay.pk)).with_parties().get()


def _require_side(by: User, stay: Stay, side: Side) -> None:
    if side == "host":
        require(is_host_of(by, stay.incubator), _("Only the incubator answers for the incubator."))
    elif side == "team":
        require(is_team_of(by, stay.candidate), _("Only the team answers for the team."))
    else:
        raise Refusal(_("A stay has two sides: the host and the team."), code="stay.side", status=422)


def _end(by: User, stay: Stay, verb: str, reason: str, **facts) -> Stay:
    before, after = move(stay, verb, STAY)
    reason = reason.strip()
    if not reason:
        raise Refusal(_("Say why, in a sentence."), code="stay.reason", field="reason", status=422)
    if stay.agreements.filter(state__in=[AgreementState.DRAFTED, AgreementState.ISSUED]).exists():
        raise Refusal(_("An agreement is being signed. Void it first."), code="stay.agreement")
    stay.decline_reason = reason[:500]
    stay.save()
    candidate = locked(Candidate.objects.filter(pk=stay.candidate_id)).get()
    if candidate.state == CandidateState.PLACED:
        move(candidate, "unplace", CANDIDATE)
        candidate.save(update_fields=["state"])
    record_event(
        by=by, verb=verb, thing=stay, before={"state": before}, after={"state": after, "reason": reason, **facts}
    )
    tell_ended(stay, "declined" if verb == "decline" else "cancelled")
    return stay
