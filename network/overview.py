"""What the network app tells pages that are composed."""

from django.urls import reverse
from django.utils.translation import gettext as _

from network.models import Invitation, User
from network.permissions import is_organiser
from network.services import send_owed_messages
from network.states import InvitationState
from toolkit import clock
from toolkit.protocols import NavLink, Owed, ToDo


def to_do(user: User) -> list[ToDo]:
    """Invitations that wait for an answer."""
    open_ones = Invitation.objects.filter(
        email__iexact=user.email, state=InvitationState.OPEN, expires_at__gt=clock.now()
    ).select_related("organisation")
    return [
        ToDo(
            title=_("Answer an invitation"),
            detail=str(invitation.organisation or ""),
            url=reverse("invitation", args=[invitation.token]),
            action=_("Read it"),
            until=invitation.expires_at,
            minutes=1,
        )
        for invitation in open_ones
    ]


def navigation(user: User) -> list[NavLink]:
    links = [NavLink(_("Home"), reverse("home"), order=0)]
    if is_organiser(user):
        links.append(NavLink(_("Mail"), reverse("outbox"), order=90))
    return links


def due(now) -> list[Owed]:
    """Mails that are owed."""
    return [Owed("mail", send_owed_messages)]
