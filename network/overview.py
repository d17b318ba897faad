"""What the network app tells pages that are composed."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from network.kinds.mail_kinds import MAIL_KINDS
from network.models import AccountReset, Invitation, User
from network.permissions import is_organiser, roles_of
from network.services import apply_due_resets, send_owed_messages
from network.states import OPEN_RESETS, InvitationState, ResetState, Role
from toolkit import clock
from toolkit.protocols import NavLink, Owed, RoleLine, ToDo


def to_do(user: User) -> list[ToDo]:
    """Invitations that wait for an answer."""
    open_ones = Invitation.objects.filter(
        email__iexact=user.email, state=InvitationState.OPEN, expires_at__gt=clock.now()
    ).select_related("organisation")
    return _resets_to_see(user) + [
        ToDo(
            title=_("Answer an invitation"),
            detail=invitation.what or str(invitation.organisation or ""),
            url=reverse("invitation", args=[invitation.token]),
            action=_("Read it"),
            until=invitation.expires_at,
            minutes=1,
        )
        for invitation in open_ones
    ]


def _resets_to_see(user: User) -> list[ToDo]:
    """One's own account that is to be reset; those that another organiser asked for."""
    mine = Q(user=user, state__in=OPEN_RESETS)
    theirs = Q(state=ResetState.ASKED) & ~Q(asked_by=user) if is_organiser(user) else Q(pk__in=[])
    return [
        ToDo(
            title=_("Your account is to be reset"),
            detail=_("If you did not ask an organiser for it, stop it."),
            url=reverse("reset", args=[reset.token]),
            action=_("Read it"),
            until=reset.applies_at,
            minutes=1,
            others_wait=True,
        )
        if reset.user_id == user.pk
        else ToDo(
            title=_("Confirm or stop the reset of an account"),
            detail=str(reset.user),
            url=reverse("resets"),
            action=_("Look at it"),
            minutes=5,
            others_wait=True,
        )
        for reset in AccountReset.objects.filter(mine | theirs).select_related("user")
    ]


def roles(user: User) -> list[RoleLine]:
    """What a person is by membership; jurors are told of by judging."""
    hints = {
        Role.ORGANISER: _("Nothing waits for the secretariat. The editions show how far each city and juror is."),
        Role.COORDINATOR: _("Nothing waits for your city. New entries appear here as soon as they are submitted."),
        Role.HOST: _("Nothing waits for your incubator. You are told when a guest is proposed to you."),
        Role.SCHOOL: _(
            "Nothing waits for your school. You are told by mail when an agreement waits for your signature."
        ),
        Role.FOUNDER: _("Nothing waits for your start-up. You are told by mail at each step of the road."),
    }
    return [
        RoleLine(role=membership.get_role_display(), where=membership.organisation.name, hint=hints[Role(role)])
        for role, memberships in roles_of(user).items()
        for membership in memberships
    ]


def navigation(user: User) -> list[NavLink]:
    links = [NavLink(_("Home"), reverse("home"), order=0)]
    if is_organiser(user):
        links.append(NavLink(_("People"), reverse("people"), order=80))
        links.append(NavLink(_("Mail"), reverse("outbox"), order=90))
    return links


def due(now: datetime) -> list[Owed]:
    """Mails that are due by the clock and those that are owed; resets whose hour has come."""
    written = [debt for kind in MAIL_KINDS.values() for debt in kind.due(now)]
    return [*written, Owed("mail", send_owed_messages), Owed("resets", apply_due_resets)]
