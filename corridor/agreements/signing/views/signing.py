"""Signing on the screen: a code by mail or a passkey, then the name and the consent."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corridor.agreements.signers import expected
from corridor.agreements.signing.forms import SignForm
from corridor.agreements.signing.services.signing import send_signing_code, sign_agreement
from corridor.agreements.signing.views.agreements import show_page
from corridor.agreements.signing.views.context import proof_of
from corridor.agreements.views import visible_agreement
from corridor.models import Agreement, Signature
from corridor.permissions import can_sign_for
from corridor.states import AgreementState
from network.requests import AuthedRequest
from toolkit.refusals import Forbidden, Refusal
from toolkit.refusals_told import show_refusal


def own_signature(request: AuthedRequest, agreement: Agreement) -> Signature:
    """The place of the party named in the form. Forbidden for who may not sign for it.
    That it is theirs to fill is asked later."""
    party = request.POST.get("party", "")
    signature = next((signature for signature in agreement.signatures.all() if signature.party == party), None)
    if signature is None or not can_sign_for(request.user, signature):
        raise Forbidden(_("You can't sign for this party."))
    return signature


@login_required
@require_POST
def send_code(request: AuthedRequest, pk: int) -> HttpResponse:
    """Sends the signer a code, then shows where it is typed."""
    agreement = visible_agreement(request.user, pk)
    signature = own_signature(request, agreement)
    try:
        send_signing_code(by=request.user, agreement=agreement, party=signature.party)
    except Refusal as refusal:
        if refusal.code != "agreement.code_pause":
            raise
        messages.info(request, str(refusal.message))
    else:
        messages.success(request, _("A code is on its way to %(address)s.") % {"address": request.user.email})
    return redirect(reverse("agreement", args=[pk]) + "#sign")


@login_required
@require_POST
def sign(request: AuthedRequest, pk: int) -> HttpResponse:
    """Signs for the party whose turn it is; what was typed stays when a rule says no."""
    agreement = visible_agreement(request.user, pk)
    signature, proof = own_signature(request, agreement), proof_of(request)
    consent = expected(signature, agreement.content).consent
    form = SignForm(request.POST, consent=consent, is_proven=proof is not None)
    if not form.is_valid():
        return show_page(request, agreement, sign_form=form, status=422)
    try:
        sign_agreement(
            by=request.user,
            agreement=agreement,
            proof=proof,
            ip_address=request.META["REMOTE_ADDR"] or None,
            user_agent=request.headers.get("User-Agent", ""),
            **form.cleaned_data,
        )
    except Refusal as refusal:
        if refusal.code == "agreement.signed_already":
            messages.info(request, str(refusal.message))
            return redirect("agreement", pk)
        if refusal.status == 403 or agreement.state != AgreementState.ISSUED:
            raise
        show_refusal(form, refusal)
        return show_page(request, visible_agreement(request.user, pk), sign_form=form, status=refusal.status)
    messages.success(request, _("You have signed. The next party is asked by mail, or the executed copy prepared."))
    return redirect("agreement", pk)
