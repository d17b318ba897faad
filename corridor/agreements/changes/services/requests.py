"""What the parties ask and say around changes: a request to the organiser, its answer, the receipt of a notice."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.agreements import notices
from corridor.agreements.changes.services.rules import check_not_ended, check_proposal, check_stands, gives_notice
from corridor.domain.chain.chain import Proposal, proposal_as_json, proposal_of
from corridor.kinds.document_kinds import change_kind
from corridor.models import Agreement, ChangeRequest, Receipt, Stay
from corridor.states import REQUEST
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move


@transaction.atomic
def ask_for_change(*, by: User, agreement: Agreement, party: str, kind: str, asked: Proposal) -> ChangeRequest:
    """A party asks the organiser to change its agreement, with a reason. One open request for each party at a time.
    Raises Forbidden to who can't speak for the party; Refusal without a reason, for a second one, and for an agreement
    that does not stand or has ended."""
    if not gives_notice(by, agreement, party):
        raise Forbidden(_("A party asks for its own agreement to be changed."))
    stay = locked(Stay.objects.filter(pk=agreement.stay_id)).with_parties().get()
    agreement = locked(Agreement.objects.filter(pk=agreement.pk)).get()
    reason = asked.reason.strip()
    if not reason:
        raise Refusal(_("Say why: the others read it."), code="change.reason", field="reason", status=422)
    asks = change_kind(kind)
    check_stands(agreement, stay)
    check_not_ended(agreement, asks)
    check_proposal(agreement, stay, asks, asked)
    if agreement.requests.open().filter(party=party).exists():
        raise Refusal(
            _("Your request waits for its answer already. Take it back to ask for something else."),
            code="change.asked",
        )
    made = ChangeRequest.objects.create(
        agreement=agreement,
        party=party,
        kind=asks.code,
        proposal=proposal_as_json(replace(asked, reason="")),
        reason=reason[:500],
        asked_by=by,
        asked_at=clock.now(),
    )
    record_event(by=by, verb="ask", thing=made, after={"kind": asks.code, "party": str(party)})
    notices.ChangeAsked.tell(made)
    return made


@transaction.atomic
def answer_request(*, by: User, request: ChangeRequest, verb: str, answer: str = "") -> ChangeRequest:
    """`decline` with a reason (an organiser), or `take_back` (whoever could have asked). Raises Forbidden to anybody
    else; Refusal for a no without a reason."""
    request = locked(ChangeRequest.objects.filter(pk=request.pk)).select_related("agreement").get()
    if verb == "take_back":
        if not gives_notice(by, request.agreement, request.party):
            raise Forbidden(_("A party takes its own request back."))
    elif not is_organiser(by):
        raise Forbidden(_("The organiser answers requests."))
    if verb == "decline" and not answer.strip():
        raise Refusal(_("Say why: the party reads it."), code="change.answer", field="answer", status=422)
    return settle_request(by, request, verb, answer)


def settle_request(
    by: User, request: ChangeRequest, verb: str, answer: str = "", document: Agreement | None = None
) -> ChangeRequest:
    """Answers a request inside the transaction of whoever has asked who may."""
    request = locked(ChangeRequest.objects.filter(pk=request.pk)).select_related("agreement").get()
    before, after = move(request, verb, REQUEST)
    request.answer, request.document = answer.strip()[:500], document
    request.answered_by, request.answered_at = by, clock.now()
    request.save()
    record_event(by=by, verb=verb, thing=request, before={"state": before}, after={"state": after})
    if verb != "take_back":
        notices.ChangeAnswered.tell(request)
    return request


def proposal_in(request: ChangeRequest) -> Proposal:
    """What was asked, with the reason."""
    return proposal_of({**request.proposal, "reason": request.reason})


@transaction.atomic
def confirm_receipt(*, by: User, receipt: Receipt, note: str = "") -> Receipt:
    """Somebody of the party says that the notice has arrived; an organiser may record it, saying how it is known. Once.
    Raises Forbidden to anybody else; Refusal where an organiser does not say how it is known."""
    receipt = locked(Receipt.objects.filter(pk=receipt.pk)).select_related("agreement__base").get()
    base = receipt.agreement.base
    assert base is not None  # only changes have receipts
    own = gives_notice(by, base, receipt.party)
    if not own and not is_organiser(by):
        raise Forbidden(_("The party that is told confirms that the notice has arrived."))
    if receipt.received_at is not None:
        return receipt
    if not own and not note.strip():
        raise Refusal(_("Say how you know that it has arrived."), code="receipt.note", field="note", status=422)
    receipt.received_by, receipt.received_at, receipt.note = by, clock.now(), note.strip()[:300]
    receipt.save()
    record_event(by=by, verb="receive", thing=receipt.agreement, after={"party": receipt.party})
    return receipt
