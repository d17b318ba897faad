"""What both sides answer to a proposed stay, and what the organiser changes.
Whoever changes a stay holds its incubator's lock."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.applications.reading import last_start_of
from corridor.domain.calendar.lead_times import latest_decision
from corridor.domain.calendar.spans import add_months
from corridor.life.reading.people import people_who_go
from corridor.life.services.checklists import begin_checklist, follow_dates
from corridor.models import Candidate, HostAnswer, Incubator, Programme, Stay
from corridor.permissions import can_withdraw, is_host_of, is_team_of, require
from corridor.placement.notices import StayAccepted, StayCancelled, StayDeclined, StayMoved
from corridor.placement.reading.inputs import lead_times
from corridor.placement.services.capacity import refuse_unless_fit
from corridor.placement.services.waiting_list import call_waiting_list, freed_by, renew_call
from corridor.states import CANDIDATE, HOLDS_PLACES, STAY, AgreementState, CallCause, CandidateState, StayState
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.dates import date_format
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
    told = {"state": after, "side": side}
    event = record_event(by=by, verb="accept", thing=stay, before={"state": before}, after=told)
    if both:
        begin_checklist(stay)
        StayAccepted.tell(stay, event)
    return stay


@transaction.atomic
def decline_stay(*, by: User, stay: Stay, side: Side, reason: str) -> Stay:
    """One side says no: its desks are free again and the candidate waits for another place."""
    stay = _locked_stay(stay)
    _require_side(by, stay, side)
    cause = CallCause.HOST_DECLINED if side == "host" else CallCause.TEAM_DECLINED
    return _end(by, stay, "decline", reason, cause, side=side)


@transaction.atomic
def cancel_stay(*, by: User, stay: Stay, reason: str) -> Stay:
    """The organiser ends a stay that was proposed, accepted or confirmed."""
    require(is_organiser(by), _("Only an organiser cancels a stay."))
    return _end(by, _locked_stay(stay), "cancel", reason, CallCause.CANCELLED)


@transaction.atomic
def move_stay(*, by: User, stay: Stay, starts: date, incubator: Incubator | None = None) -> Stay:
    """The organiser moves a stay that is not signed to another start or another incubator; both sides answer anew.

    As long as before. Refused where the host is closed, full or unwilling, and once an agreement stands.
    """
    require(is_organiser(by), _("Only an organiser moves a stay."))
    hosts = {stay.incubator_id, incubator.pk if incubator else stay.incubator_id}
    here = {row.pk: row for row in locked(Incubator.objects.filter(pk__in=hosts).order_by("pk"))}
    stay = locked(Stay.objects.filter(pk=stay.pk)).with_parties().get()
    if stay.incubator_id not in here:
        raise Refusal(_("Somebody else moved this stay. Look again."), code="stay.moved")
    started = stay.starts
    facts = {"incubator": stay.incubator_id, "starts": stay.starts.isoformat(), "ends": stay.ends.isoformat()}
    freed = freed_by(stay)
    before, after = move(stay, "move", STAY)
    _refuse_agreement(stay, states=[AgreementState.DRAFTED, AgreementState.ISSUED, AgreementState.SIGNED])
    new_host = Incubator.objects.select_related("organisation__city").get(
        pk=incubator.pk if incubator else stay.incubator_id
    )
    _refuse_move(stay, new_host, starts)
    if new_host.pk != stay.incubator_id:
        stay.host_since = clock.now()
    stay.incubator, stay.starts, stay.ends = new_host, starts, add_months(starts, stay.programme.months)
    if (stay.starts.isoformat(), stay.incubator_id) == (facts["starts"], facts["incubator"]):
        raise Refusal(_("Choose another start or another incubator."), code="stay.same", field="starts", status=422)
    stay.accepted_by_host_at = stay.accepted_by_team_at = None
    stay.save()
    refuse_unless_fit(new_host, [stay], code="stay.full")
    follow_dates(stay, started)
    told = {"incubator": new_host.pk, "starts": starts.isoformat(), "ends": stay.ends.isoformat()}
    was, is_now = {"state": before, **facts}, {"state": after, **told}
    StayMoved.tell(stay, record_event(by=by, verb="move", thing=stay, before=was, after=is_now))
    call_waiting_list(by=by, programme=stay.programme, because=CallCause.MOVED, **freed)
    return stay


def _refuse_move(stay: Stay, host: Incubator, starts: date) -> None:
    """The rules that a plan would keep, beside places."""
    candidate, city = stay.candidate, host.city
    if host.pk != stay.incubator_id and not host.is_open:
        raise Refusal(_("%(name)s does not take part at present.") % {"name": host.name}, code="stay.not_open")
    refusal = HostAnswer.objects.filter(incubator=host, candidate=candidate, place__isnull=True).first()
    if refusal:
        sentence = _("%(host)s does not take this guest: %(reason)s") % {"host": host.name, "reason": refusal.reason}
        raise Refusal(sentence, code="stay.refused", field="incubator")
    if city and city.pk == candidate.home_city_id and not stay.programme.home_city_allowed:
        sentence = _("%(name)s is in the guest’s own city, which this programme excludes.") % {"name": host.name}
        raise Refusal(sentence, code="stay.home_city", field="incubator")
    last = last_start_of(candidate)
    if last and starts > last:
        sentence = _("By the rule on age, this stay can begin until %(day)s.") % {"day": date_format(last)}
        raise Refusal(sentence, code="stay.age", field="starts")
    latest = latest_decision(people_who_go(candidate, stay), city.country if city else "", starts, lead_times())
    if latest and clock.now().date() > latest:
        sentence = _("By the lead times, this start had to be decided by %(day)s.") % {"day": date_format(latest)}
        raise Refusal(sentence, code="stay.late", field="starts")


@transaction.atomic
def pin_stay(*, by: User, stay: Stay, pinned: bool) -> Stay:
    """Whether plans leave this stay as it is even before anybody has answered. Raises Refusal for a stay that holds no
    place."""
    require(is_organiser(by), _("Only an organiser pins a stay."))
    stay = _locked_stay(stay)
    if stay.state not in HOLDS_PLACES:
        raise Refusal(_("This stay holds no place."), code="stay.pin")
    if stay.is_pinned != pinned:
        stay.is_pinned = pinned
        stay.save(update_fields=["is_pinned"])
        record_event(by=by, verb="pin" if pinned else "unpin", thing=stay, after={"pinned": pinned})
    return stay


@transaction.atomic
def withdraw_candidate(*, by: User, candidate: Candidate, reason: str) -> Candidate:
    """The team no longer goes anywhere: its stay, if any, is cancelled and the desks are free again. Final."""
    require(can_withdraw(by, candidate), _("Only the candidate or an organiser withdraws."))
    reason = _reason(reason)
    locked(Programme.objects.filter(pk=candidate.programme_id)).get()  # no plan gives it a place meanwhile
    stay = candidate.stays.holding().first()
    if stay:
        _end(by, _locked_stay(stay), "cancel", reason, CallCause.WITHDRAWN)
    else:
        renew_call(
            by=by, programme=candidate.programme, because=CallCause.WITHDRAWN, candidate=candidate, reason=reason
        )
    candidate = locked(Candidate.objects.filter(pk=candidate.pk)).get()
    before, after = move(candidate, "withdraw", CANDIDATE)
    candidate.save(update_fields=["state"])
    facts = {"state": after, "reason": reason}
    record_event(by=by, verb="withdraw", thing=candidate, before={"state": before}, after=facts)
    return candidate


def end_stay(by: User, stay: Stay, reason: str) -> Stay:
    """Cancels a stay whose places are taken back, inside a transaction that holds its
    incubator's lock and has asked who may."""
    stay = locked(Stay.objects.filter(pk=stay.pk)).with_parties().get()
    return _end(by, stay, "cancel", reason, CallCause.PLACES_TAKEN)


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refusal(_("Say why, in a sentence."), code="stay.reason", field="reason", status=422)
    return text[:500]


def _refuse_agreement(stay: Stay, states: Iterable[str]) -> None:
    if stay.agreements.filter(state__in=states).exists():
        raise Refusal(_("An agreement is being signed. Void it first."), code="stay.agreement")


def _locked_stay(stay: Stay) -> Stay:
    locked(Incubator.objects.filter(pk=stay.incubator_id)).get()
    return locked(Stay.objects.filter(pk=stay.pk)).with_parties().get()


def _require_side(by: User, stay: Stay, side: Side) -> None:
    if side == "host":
        require(is_host_of(by, stay.incubator), _("Only the incubator answers for the incubator."))
    elif side == "team":
        require(is_team_of(by, stay.candidate), _("Only the guest answers here."))
    else:
        raise Refusal(_("A stay has two sides: the host and the guest."), code="stay.side", status=422)


def _end(by: User, stay: Stay, verb: str, reason: str, cause: CallCause, **facts: Any) -> Stay:
    before, after = move(stay, verb, STAY)
    reason = _reason(reason)
    _refuse_agreement(stay, states=[AgreementState.DRAFTED, AgreementState.ISSUED])
    if stay.agreements.filter(state__in=[AgreementState.SIGNED, AgreementState.EXECUTED]).exists():
        sentence = _("All have signed the agreement on this stay: a withdrawal or a termination of it ends the stay.")
        raise Refusal(sentence, code="stay.agreed")
    stay.decline_reason = reason
    stay.save()
    candidate = locked(Candidate.objects.filter(pk=stay.candidate_id)).get()
    if candidate.state == CandidateState.PLACED:
        move(candidate, "unplace", CANDIDATE)
        candidate.save(update_fields=["state"])
    record_event(
        by=by, verb=verb, thing=stay, before={"state": before}, after={"state": after, "reason": reason, **facts}
    )
    (StayDeclined if verb == "decline" else StayCancelled).tell(stay)
    call_waiting_list(by=by, programme=stay.programme, because=cause, reason=reason, **freed_by(stay))
    return stay
