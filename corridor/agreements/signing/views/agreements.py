"""Agreements on the screen: the list, one agreement, drafting, signing, taking back, and the two files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from corridor.agreements.content import beside_each_other
from corridor.agreements.files.pdf import executed_name, issued_name
from corridor.agreements.notices import signers_of
from corridor.agreements.signers import expected
from corridor.agreements.signing.forms import VoidForm
from corridor.agreements.signing.services.ending import can_be_void, may_void, prepare_again, void_agreement
from corridor.agreements.signing.views.chain import chain_of
from corridor.agreements.signing.views.context import sending_context, signing_context
from corridor.agreements.tones import TONES
from corridor.agreements.views import visible_agreement
from corridor.domain.terms.content import Content
from corridor.models import Agreement, PaperCopy, Stay
from corridor.permissions import can_name_signer, can_sign_for, is_expected
from corridor.states import AgreementState, StayState
from network.permissions import is_organiser
from network.requests import AuthedRequest
from toolkit.refusals import Forbidden

if TYPE_CHECKING:
    from corridor.agreements.signing.forms import SignForm
    from network.models import User


@login_required
def list_agreements(request: AuthedRequest) -> HttpResponse:
    """The organiser's list of all agreements; a party's list of its own."""
    agreements = Agreement.objects.visible_to(request.user).with_parties().defer("frozen")
    page = Paginator(agreements, 50).get_page(request.GET.get("page"))
    for agreement in page:
        agreement.tone = TONES[agreement.state]
        agreement.signed_count = sum(signature.signed_at is not None for signature in agreement.signatures.all())
    return render(request, "corridor/agreements/list.html", {"page": page})


@login_required
def show_agreement(request: AuthedRequest, pk: int) -> HttpResponse:
    """One agreement: where it stands, what it says, and what this reader can do."""
    agreement = visible_agreement(request.user, pk)
    return show_page(request, agreement)


@login_required
@require_GET
def show_status(request: AuthedRequest, pk: int) -> HttpResponse:
    """Where an agreement stands: the part of its page that refreshes itself while a document is prepared."""
    agreement = visible_agreement(request.user, pk)
    context = {"agreement": agreement, "steps": steps_of(agreement), "tone": TONES[agreement.state]}
    response = render(request, "corridor/agreements/_status.html", context)
    if not agreement.owes_file:
        response["HX-Refresh"] = "true"  # the document is there: so are its link and the signature form
    return response


def show_page(
    request: AuthedRequest,
    agreement: Agreement,
    sign_form: SignForm | None = None,
    void_form: VoidForm | None = None,
    outside_form: Any = None,
    status: int = 200,
) -> HttpResponse:
    turn = next((s for s in agreement.signatures.all() if s.signed_at is None), None)
    if agreement.state != AgreementState.ISSUED:
        turn = None
    may_sign = turn is not None and is_expected(request.user, turn)
    content = agreement.content
    _tell_signers(request.user, agreement, content)
    organises = is_organiser(request.user)
    allowed = may_void(request.user, agreement) and can_be_void(agreement)
    context = {
        "agreement": agreement,
        "doc": content,
        "two": beside_each_other(content),
        "steps": steps_of(agreement),
        "tone": TONES[agreement.state],
        "turn": turn,
        "signer_left": turn.expected.name if turn is not None and not signers_of(turn) else "",
        **(signing_context(request, agreement, turn, sign_form, outside_form) if turn and may_sign else {}),
        **(
            sending_context(request, turn, outside_form)
            if turn and not may_sign and can_sign_for(request.user, turn)
            else {}
        ),
        "void_form": (void_form or VoidForm()) if allowed else None,
        "chain": chain_of(request.user, agreement),
        "may_draft_again": organises and _may_draft(agreement.stay),
        "organises": organises,
        "copies": PaperCopy.objects.filter(signature__agreement=agreement).select_related("signature")
        if organises
        else [],
    }
    return render(request, "corridor/agreements/show.html", context, status=status)


def _tell_signers(user: User, agreement: Agreement, content: Content) -> None:
    """Gives each place of a party `expected`, and whether this reader may name somebody else for it."""
    is_open = agreement.state in (AgreementState.DRAFTED, AgreementState.ISSUED)
    for signature in agreement.signatures.all():
        signature.expected = expected(signature, content)
        can_change = is_open and signature.signed_at is None and signature.organisation_id is not None
        signature.may_be_named = can_change and can_name_signer(user, signature)


def _may_draft(stay: Stay) -> bool:
    in_force = stay.agreements.agreements().exclude(state=AgreementState.VOID).exists()
    return stay.state == StayState.ACCEPTED and not in_force


@dataclass(frozen=True)
class SigningStep:
    """A step of an agreement's road. `state`: done, now, ahead, or missed once it is void."""

    label: str
    state: str
    at: datetime | None
    detail: str = ""


def steps_of(agreement: Agreement) -> list[SigningStep]:
    """The agreement's own road: prepared, signed by each party in turn, executed."""
    signatures = list(agreement.signatures.all())
    issued = agreement.issued_at is not None
    steps = [SigningStep(_("Prepared"), "done" if issued else "now", agreement.issued_at)]
    turn_taken = not issued
    for signature in signatures:
        if signature.signed_at is not None:
            state = "done"
        else:
            state, turn_taken = ("ahead" if turn_taken else "now"), True
        label = _("Signed: %(party)s") % {"party": signature.party_label}
        steps.append(SigningStep(label, state, signature.signed_at, signature.signer_name))
    executed = agreement.state == AgreementState.EXECUTED
    state = "done" if executed else "now" if agreement.state == AgreementState.SIGNED else "ahead"
    steps.append(SigningStep(_("Executed"), state, agreement.executed_at))
    if agreement.state == AgreementState.VOID:
        return [step if step.state == "done" else replace(step, state="missed") for step in steps]
    return steps


@login_required
@require_POST
def void(request: AuthedRequest, pk: int) -> HttpResponse:
    """The organiser takes an agreement back, with a reason."""
    agreement = visible_agreement(request.user, pk)
    if not may_void(request.user, agreement):
        raise Forbidden(_("Only the organiser can make an agreement void."))
    form = VoidForm(request.POST)
    if not form.is_valid():
        return show_page(request, agreement, void_form=form, status=422)
    void_agreement(by=request.user, agreement=agreement, reason=form.cleaned_data["reason"])
    messages.success(request, _("The document is void. You can draft another one."))
    return redirect("agreement", pk)


@login_required
@require_POST
def prepare(request: AuthedRequest, pk: int) -> HttpResponse:
    """The organiser has a document that failed prepared once more."""
    agreement = visible_agreement(request.user, pk)
    prepare_again(by=request.user, agreement=agreement)
    batch = request.POST.get("next", "").removeprefix("batch-")
    if batch.isdecimal() and len(batch) < 9:
        return redirect("agreement_batch", int(batch))
    return redirect("agreement", pk)


@login_required
@require_GET
def download(request: AuthedRequest, pk: int, kind: str) -> HttpResponseBase:
    """The issued or the executed file, for its parties and the organiser."""
    agreement = visible_agreement(request.user, pk)
    file, name = {
        "issued": (agreement.issued_file, issued_name),
        "executed": (agreement.executed_file, executed_name),
    }[kind]
    if not file:
        raise Http404
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name(agreement.content))
    response["Content-Type"] = "application/pdf"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
