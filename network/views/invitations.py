"""Answering an invitation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from network.models import Invitation
from network.permissions import holds_address
from network.requests import PageRequest
from network.services import accept_invitation, decline_invitation
from network.states import InvitationState
from toolkit import clock
from toolkit.refusals import Refusal


@never_cache
def show_invitation(request: PageRequest, token: str) -> HttpResponse:
    """Who holds the link may read and decline it; accepting needs a log-in with the invited address."""
    invitation = get_object_or_404(Invitation.objects.select_related("organisation", "invited_by"), token=token)
    refusal = None
    if request.method == "POST":
        try:
            return _answer(request, token)
        except Refusal as said:
            refusal = said
            invitation.refresh_from_db()
    known = request.user.is_authenticated
    context = {
        "invitation": invitation,
        "is_expired": invitation.state == InvitationState.OPEN and invitation.expires_at < clock.now(),
        "may_accept": known and holds_address(request.user, invitation.email),
        "is_mine": known and invitation.accepted_by_id == request.user.pk,
        "on_the_way": urlencode({"next": request.path}),
        "sign_up": urlencode({"next": request.path, "email": invitation.email}),
        "refusal": refusal,
    }
    return render(request, "network/invitation.html", context, status=refusal.status if refusal else 200)


def _answer(request: PageRequest, token: str) -> HttpResponse:
    """Does what the button says; raises Refusal."""
    user = request.user if request.user.is_authenticated else None
    if request.POST.get("answer") == "decline":
        decline_invitation(by=user, token=token)
        messages.success(request, _("You declined the invitation. Thank you for saying so."))
        return redirect("home" if user else "welcome")
    if user is None:
        return redirect(request.path)
    invitation = accept_invitation(by=user, token=token)
    messages.success(request, _("Welcome. You have joined %(what)s.") % {"what": invitation.what})
    return redirect("home")
