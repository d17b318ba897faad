"""Answering an invitation."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from network.models import Invitation
from network.services import accept_invitation, decline_invitation
from network.states import InvitationState
from toolkit import clock


def show_invitation(request, token):
    """Who holds the link may read and decline it; accepting needs a log-in with the invited address."""
    invitation = get_object_or_404(Invitation.objects.select_related("organisation", "invited_by"), token=token)
    if request.method == "POST" and request.POST.get("answer") == "decline":
        decline_invitation(by=request.user if request.user.is_authenticated else None, token=token)
        messages.success(request, _("You declined the invitation. Thank you for saying so."))
        return redirect("home" if request.user.is_authenticated else "welcome")
    if request.method == "POST" and request.user.is_authenticated:
        accept_invitation(by=request.user, token=token)
        messages.success(request, _("Welcome. You have joined."))
        return redirect("home")
    over = invitation.state != InvitationState.OPEN or invitation.expires_at < clock.now()
    return render(request, "network/invitation.html", {"invitation": invitation, "over": over})
