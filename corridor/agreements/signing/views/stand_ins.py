"""The page on which somebody else is named to sign for a party."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from corridor.agreements.notices import party_people
from corridor.agreements.signers import expected
from corridor.agreements.signing.forms import StandInForm
from corridor.agreements.signing.services.stand_ins import name_stand_in
from corridor.agreements.views import visible_agreement
from corridor.permissions import can_name_signer
from network.requests import AuthedRequest
from toolkit.refusals import Forbidden, Refusal
from toolkit.refusals_told import show_refusal


@login_required
def name_signer(request: AuthedRequest, pk: int, party: str) -> HttpResponse:
    """Who signs instead of the person expected, and why; what was typed stays when a rule says no."""
    agreement = visible_agreement(request.user, pk)
    signature = next((one for one in agreement.signatures.all() if one.party == party), None)
    if signature is None:
        raise Http404
    if not can_name_signer(request.user, signature):
        raise Forbidden(_("Only the organiser and the party itself name who signs."))
    people = [person for person in party_people(signature) if person.pk != signature.signatory_id]
    form = StandInForm(request.POST or None, people=people)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                name_stand_in(by=request.user, agreement=agreement, party=party, **form.cleaned_data)
            except Refusal as refusal:
                show_refusal(form, refusal)
                status = refusal.status
            else:
                messages.success(request, _("It is recorded who signs, and why. They are asked at their turn."))
                return redirect("agreement", pk)
    context = {
        "agreement": agreement,
        "signature": signature,
        "expected": expected(signature, agreement.content),
        "has_left": signature.signatory_id is not None and len(people) == len(party_people(signature)),
        "people": people,
        "form": form,
    }
    return render(request, "corridor/agreements/signer.html", context, status=status)
