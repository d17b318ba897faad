"""What an agreement's page shows of its chain: the documents, requests for changes, receipts of a notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridor.agreements.changes.content import stands
from corridor.agreements.changes.forms import AnswerForm
from corridor.agreements.changes.services.requests import proposal_in
from corridor.agreements.changes.services.rules import gives_notice
from corridor.agreements.changes.words import changes_in_words
from corridor.agreements.tones import TONES
from corridor.domain.chain.chain import facts_said, topics
from corridor.domain.terms.content import ChangeSaid
from corridor.kinds.document_kinds import DOCUMENT_KINDS, ChangeKind
from corridor.models import Agreement, ChangeRequest
from corridor.states import OPEN_AGREEMENT, AgreementState, RequestState, StayState
from network.permissions import is_organiser

if TYPE_CHECKING:
    from network.models import User


def chain_of(user: User, agreement: Agreement) -> dict[str, object]:
    """{documents: the agreement and the changes that the reader may see, in order; requests; receipts;
    what may be done}.

    At most six queries.
    """
    base = agreement.base or agreement
    seen = base.changes.visible_to(user).select_related("programme", "base__programme").order_by("place")
    documents = [document_row(one, agreement) for one in [base, *seen]]
    is_in_force = base.state == AgreementState.EXECUTED and agreement.stay.state == StayState.CONFIRMED
    own = {one.party for one in base.signatures.all() if gives_notice(user, base, one.party)}
    organises = is_organiser(user)
    requests = ChangeRequest.objects.visible_to(user).filter(agreement=base).exclude(state=RequestState.TAKEN_BACK)
    return {
        "base": base,
        "documents": documents,
        "may_change": is_in_force and organises and not base.changes.filter(state__in=OPEN_AGREEMENT).exists(),
        "may_ask": is_in_force and not organises and bool(own),
        "requests": [_request_row(one, own, organises) for one in requests.select_related("asked_by", "document")],
        "receipts": [
            {
                "receipt": one,
                "may_confirm": one.received_at is None and (organises or one.party in own),
                "own": one.party in own,
            }
            for one in (agreement.receipts.select_related("received_by") if agreement.is_change else [])
        ],
        "answer_form": AnswerForm() if organises else None,
    }


@dataclass(frozen=True)
class DocumentRow:
    """A document of the chain as lists show it; `lines` say what it changed."""

    document: Agreement
    tone: str
    lines: list[str]
    is_shown: bool


def document_row(document: Agreement, shown: Agreement | None = None) -> DocumentRow:
    """The row of a document, on the page of `shown`."""
    lines = changes_in_words(document.kind, document.change_said) if document.is_change else []
    return DocumentRow(document, TONES[AgreementState(document.state)], lines, document == shown)


@dataclass(frozen=True)
class RequestRow:
    """A request for a change, and what the reader may do with it."""

    request: ChangeRequest
    lines: list[str]
    may_draft: bool
    may_take_back: bool


def _request_row(request: ChangeRequest, own: set[str], organises: bool) -> RequestRow:
    asked = proposal_in(request)
    before = stands(request.agreement.stay)
    kind = DOCUMENT_KINDS.get(request.kind)
    after = kind.changed(before, asked) if isinstance(kind, ChangeKind) else before
    said = ChangeSaid(
        before=facts_said(before),
        after=facts_said(after),
        topics=tuple(sorted(topics(before, after))),
        text=asked.text,
        reason="",
        party=asked.party,
        clause="",
        is_joint=asked.is_joint,
    )
    is_open = request.state == RequestState.OPEN
    return RequestRow(
        request=request,
        lines=changes_in_words(request.kind, said) if is_open else [],
        may_draft=is_open and organises,
        may_take_back=is_open and request.party in own,
    )
