"""The organiser's page of people: who has which role, who is invited, and how a role ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from network.forms import InviteForm
from network.gates import organisers_only
from network.models import City, Invitation, Membership
from network.requests import AuthedRequest
from network.services import cancel_invitation, end_membership, invite_again, invite_to_role
from network.states import GIVEN, InvitationState, Role
from toolkit import clock
from toolkit.refusals_told import told_in

if TYPE_CHECKING:
    from django.db.models import QuerySet


# What each role's section and form are called.
WORDS = {
    Role.ORGANISER: {
        "title": gettext_lazy("Organisers"),
        "action": gettext_lazy("Invite an organiser"),
        "hint": gettext_lazy("Organisers see and decide everything, for every city."),
        "empty": gettext_lazy("No organiser yet."),
    },
    Role.COORDINATOR: {
        "title": gettext_lazy("City coordinators"),
        "action": gettext_lazy("Invite a city coordinator"),
        "hint": gettext_lazy("Coordinators screen and nominate the entries of their own city."),
        "empty": gettext_lazy("No coordinator yet."),
    },
    Role.HOST: {
        "title": gettext_lazy("Incubator hosts"),
        "action": gettext_lazy("Invite an incubator host"),
        "hint": gettext_lazy("Hosts state the places of their incubator and answer about stays."),
        "empty": gettext_lazy("No host yet."),
    },
    Role.SCHOOL: {
        "title": gettext_lazy("Schools and universities"),
        "action": gettext_lazy("Invite a school or university"),
        "hint": gettext_lazy(
            "They sign the agreements of their students where the host’s country asks for it, and see nothing else."
        ),
        "empty": gettext_lazy(
            "No school yet. One is needed only where a student’s agreement has to be signed by the school."
        ),
    },
}


def open_invitations() -> QuerySet[Invitation]:
    """Those to a role that are not answered, the newest first."""
    return Invitation.objects.filter(kind="membership", role__in=GIVEN, state=InvitationState.OPEN)


@organisers_only
def list_people(request: AuthedRequest) -> HttpResponse:
    """Members and open invitations by role, and the member cities that nobody coordinates."""
    held = Membership.objects.filter(role__in=GIVEN).select_related("user", "organisation__city")
    members = list(held.order_by("organisation__name", "user__full_name", "pk"))
    invitations = list(open_invitations().select_related("organisation", "invited_by").order_by("-pk"))
    sections = [
        {
            "role": role,
            **WORDS[role],
            "members": [m for m in members if m.role == role],
            "invitations": [i for i in invitations if i.role == role],
        }
        for role in GIVEN
    ]
    seats = [(one.role, one.organisation) for one in members] + [(one.role, one.organisation) for one in invitations]
    covered = {body.city_id for role, body in seats if role == Role.COORDINATOR and body and body.city_id}
    lacking = City.objects.filter(is_member=True).exclude(pk__in=covered)
    context = {"sections": sections, "lacking": lacking, "now": clock.now()}
    return render(request, "network/people.html", context)


@organisers_only
def invite_person(request: AuthedRequest, role: str) -> HttpResponse:
    if role not in GIVEN:
        raise Http404
    first = {"language": request.user.language, "city": City.objects.filter(slug=request.GET.get("city", "")).first()}
    form = InviteForm(request.POST or None, role=role, initial=first)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            invitation = invite_to_role(by=request.user, role=role, **form.cleaned_data)
            messages.success(request, _("The invitation to %(email)s is sent.") % {"email": invitation.email})
            return redirect("people")
    return render(request, "network/person_invite.html", {"form": form, **WORDS[Role(role)]})


@organisers_only
@require_POST
def send_again(request: AuthedRequest, pk: int) -> HttpResponse:
    invitation = invite_again(by=request.user, invitation=get_object_or_404(open_invitations(), pk=pk))
    messages.success(request, _("The invitation to %(email)s is sent.") % {"email": invitation.email})
    return redirect("people")


@organisers_only
@require_POST
def cancel(request: AuthedRequest, pk: int) -> HttpResponse:
    invitation = cancel_invitation(by=request.user, invitation=get_object_or_404(open_invitations(), pk=pk))
    messages.success(request, _("The invitation to %(email)s is taken back.") % {"email": invitation.email})
    return redirect("people")


@organisers_only
def end(request: AuthedRequest, pk: int) -> HttpResponse:
    """Asks first, then ends the role."""
    members = Membership.objects.filter(role__in=GIVEN).select_related("user", "organisation")
    membership = get_object_or_404(members, pk=pk)
    if request.method == "POST":
        end_membership(by=request.user, membership=membership)
        messages.success(request, _("The role of %(name)s has ended.") % {"name": membership.user})
        return redirect("home" if membership.user_id == request.user.pk else "people")
    return render(request, "network/person_end.html", {"membership": membership})
