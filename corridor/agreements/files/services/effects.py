"""What an executed change does to its stay, in the transaction that makes it executed: together, or not at all."""

from corridor.agreements import notices
from corridor.domain.chain.chain import Facts
from corridor.kinds.document_kinds import change_kind
from corridor.life.services.checklists import follow_dates
from corridor.life.services.travellers import TravellerDraft, replace_travellers
from corridor.models import Agreement, Candidate, Incubator, Receipt, Stay
from corridor.placement.services.capacity import refuse_unless_fit
from corridor.placement.services.waiting_list import call_waiting_list, freed_by
from corridor.states import CANDIDATE, STAY, AgreementState, CallCause, CandidateState
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.states import move


def take_effect(change: Agreement, stay: Stay) -> None:
    """Writes what the document says into its stay, both locked, under the incubator's lock. Raises Refusal where the
    host no longer has the places: then nothing is executed, and the document stays owed."""
    said = change.change_said
    before, after = said.before.facts, said.after.facts
    release(stay)
    freed = freed_by(stay)
    if after.is_cancelled:
        _cancel(change, stay)
        cause = CallCause.WITHDRAWN if _leaves(change) else CallCause.CANCELLED
    else:
        _rewrite(stay, before, after)
        cause, freed["starts"] = CallCause.SHORTENED, max(after.ends, clock.now().date())
    if after.is_cancelled or freed["starts"] < before.ends:
        reason = said.reason or change.reference
        call_waiting_list(by=change.drafted_by, programme=stay.programme, because=cause, reason=reason, **freed)
    change.supersedes = _overtaken(change)
    record_event(
        by=None,
        verb=change_kind(change.kind).verb,
        thing=stay,
        before=_plain(before),
        after={**_plain(after), "document": change.reference},
    )
    if change.is_one_sided:
        _tell_the_others(change)
    notices.ChangeInForce.tell(change, stay)


def release(stay: Stay) -> None:
    """Gives back what was kept for an open change. The stay is locked; it is saved here."""
    stay.asked_starts = stay.asked_ends = stay.asked_desks = None
    stay.save(update_fields=["asked_starts", "asked_ends", "asked_desks"])


def _rewrite(stay: Stay, before: Facts, after: Facts) -> None:
    started = stay.starts
    stay.starts, stay.ends, stay.desks = after.starts, after.ends, after.desks
    stay.save(update_fields=["starts", "ends", "desks"])
    if (after.starts, after.ends, after.desks) != (before.starts, before.ends, before.desks):
        refuse_unless_fit(Incubator.objects.get(pk=stay.incubator_id), [stay], code="change.full")
    follow_dates(stay, started)
    if after.people != before.people or stay.starts != started:
        drafts = [TravellerDraft(one.name, one.nationalities, one.starts, one.ends) for one in after.people]
        replace_travellers(by=None, stay=stay, travellers=drafts)


def _cancel(change: Agreement, stay: Stay) -> None:
    """The stay does not take place. A team that withdraws itself waits no longer; any other waits for another place."""
    before, after = move(stay, "cancel", STAY)
    stay.decline_reason = change.change_said.reason[:500]
    stay.save(update_fields=["state", "decline_reason"])
    candidate = locked(Candidate.objects.filter(pk=stay.candidate_id)).get()
    if candidate.state == CandidateState.PLACED:
        move(candidate, "withdraw" if _leaves(change) else "unplace", CANDIDATE)
        candidate.save(update_fields=["state"])
    record_event(by=None, verb="cancel", thing=stay, before={"state": before}, after={"state": after})


def _leaves(change: Agreement) -> bool:
    """The team itself, or the guest, withdraws."""
    return change_kind(change.kind).leaves(change.change_said.party)


def _overtaken(change: Agreement) -> Agreement | None:
    """The latest executed change of which this one says everything anew. An ending takes no document's place."""
    if change.base is None or change_kind(change.kind).is_ending:
        return None
    about = set(change.change_said.topics)
    earlier = change.base.changes.filter(state=AgreementState.EXECUTED, place__lt=change.place).order_by("-place")
    for one in earlier:
        topics_then = set(one.change_said.topics)
        if topics_then and "text" not in topics_then and topics_then <= about:
            return one
    return None


def _tell_the_others(change: Agreement) -> None:
    """A notice is sent to the parties that did not sign it; each confirms that it has arrived."""
    assert change.base is not None
    for place in change.base.signatures.exclude(party=change.change_said.party).order_by("order"):
        Receipt.objects.get_or_create(agreement=change, party=place.party, defaults={"told_at": clock.now()})


def _plain(facts: Facts) -> dict[str, str | int | bool]:
    # Names stay out of the log, which nothing can erase.
    return {
        "starts": facts.starts.isoformat(),
        "ends": facts.ends.isoformat(),
        "desks": facts.desks,
        "people": len(facts.people),
        "is_cancelled": facts.is_cancelled,
    }
