"""Roles are given by invitation, to whoever proves to hold the address; never by a box that a visitor ticks."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.kinds.mails.invitation import InvitationMail
from network.models import Invitation, Membership, Organisation, User
from network.permissions import holds_address
from network.services.events import record_event
from network.services.mail import send_message
from network.states import INVITATION, InvitationState
from toolkit import clock
from toolkit.dates import date_format
from toolkit.locks import locked
from toolkit.protocols import invitation_farewells, invitation_kinds
from toolkit.refusals import Refusal
from toolkit.states import move

LIFE = timedelta(days=30)


@transaction.atomic
def invite(
    *,
    by: User,
    email: str,
    kind: str = "membership",
    full_name: str = "",
    language: str = "en",
    role: str = "",
    organisation: Organisation | None = None,
    object_id: int | None = None,
    what: str = "",
) -> Invitation:
    """Invites an address to a role. `what` is the sentence's object in the mail (“the jury of …”),
    already translated by the caller.

    An open invitation to the same thing is sent again rather than doubled. Raises Refusal for an unknown kind.
    """
    if kind not in invitation_kinds():
        raise Refusal(_("This kind of invitation does not exist."), code="invitation.kind", status=422)
    locked(User.objects.filter(pk=by.pk)).get()  # a double click waits here, then finds the invitation of the first
    same = {"email__iexact": email, "kind": kind, "role": role, "organisation": organisation, "object_id": object_id}
    invitation = locked(Invitation.objects.filter(state=InvitationState.OPEN, **same)).first()
    if invitation is None:
        invitation = Invitation(
            email=email.lower(), kind=kind, role=role, organisation=organisation, object_id=object_id, invited_by=by
        )
    invitation.full_name, invitation.language = full_name, language
    invitation.what = (what or str(organisation or ""))[:300]
    invitation.expires_at = clock.now() + LIFE
    invitation.save()
    record_event(by=by, verb="invite", thing=invitation, after={"email": invitation.email, "kind": kind, "role": role})
    send_message(
        key=f"invitation:{invitation.pk}:{invitation.expires_at.isoformat()}",
        kind=InvitationMail.code,
        to=User.objects.filter(email__iexact=email).first(),
        email=email.lower(),
        language=language,
        context={
            "invitation": invitation,
            "what": invitation.what,
            "path": reverse("invitation", args=[invitation.token]),
        },
    )
    return invitation


@transaction.atomic
def accept_invitation(*, by: User, token: str) -> Invitation:
    """Gives the invited role. Refuses an invitation that is over,
    or sent to an address that is not a verified one of `by`."""
    invitation = locked(Invitation.objects.filter(token=token)).select_related("organisation").first()
    if invitation is None:
        raise Refusal(_("This invitation does not exist."), code="invitation.unknown", status=404)
    if invitation.state == InvitationState.ACCEPTED and invitation.accepted_by_id == by.pk:
        return invitation
    if invitation.state == InvitationState.OPEN and invitation.expires_at < clock.now():
        raise Refusal(
            _("This invitation worked until %(until)s. Ask %(name)s for a new one.")
            % {
                "until": date_format(timezone.localtime(invitation.expires_at), "DATETIME_FORMAT"),
                "name": invitation.invited_by,
            },
            code="invitation.expired",
        )
    if not holds_address(by, invitation.email):
        raise Refusal(
            _("This invitation was sent to another address. Log in with that address, or ask for a new invitation."),
            code="invitation.address",
            status=403,
        )
    before, after = move(invitation, "accept", INVITATION)
    invitation.accepted_by = by
    invitation.save()
    record_event(by=by, verb="accept", thing=invitation, before={"state": before}, after={"state": after})
    invitation_kinds()[invitation.kind](invitation, by)
    return invitation


@transaction.atomic
def decline_invitation(*, by: User | None, token: str) -> Invitation:
    """Says no, with or without an account. Raises Refusal for an invitation that is not there, or is over."""
    invitation = locked(Invitation.objects.filter(token=token)).first()
    if invitation is None:
        raise Refusal(_("This invitation does not exist."), code="invitation.unknown", status=404)
    before, after = move(invitation, "decline", INVITATION)
    invitation.save()
    record_event(by=by, verb="decline", thing=invitation, before={"state": before}, after={"state": after})
    farewell = invitation_farewells().get(invitation.kind)
    if farewell:
        farewell(invitation, by)
    return invitation


def accept_membership(invitation: Invitation, user: User) -> None:
    """What accepting an invitation of kind “membership” does."""
    membership, created = Membership.objects.get_or_create(
        user=user, organisation=invitation.organisation, role=invitation.role
    )
    if created:
        record_event(by=user, verb="join", thing=membership, after={"role": invitation.role})
