"""What live sessions add to composed pages."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from judging.models import LiveSession
from judging.permissions import is_juror
from judging.reads.sessions import LiveSessionQuerySet
from judging.states import SessionState
from network.models import User
from network.permissions import is_founder
from toolkit import clock
from toolkit.protocols import ToDo

LASTS = timedelta(hours=12)  # a session is no longer than that


def sessions_ahead(sessions: LiveSessionQuerySet) -> LiveSessionQuerySet:
    """Of these, the published ones that are to come or may still be under way, the next one first."""
    ahead = sessions.filter(state=SessionState.PUBLISHED, starts_at__gt=clock.now() - LASTS)
    return ahead.select_related("round__edition").order_by("starts_at", "pk")


def to_do(user: User) -> list[ToDo]:
    """Sessions to come, or under way, of a juror or a team. One query."""
    if not (is_juror(user) or is_founder(user)):
        return []
    return [
        ToDo(
            title=_("Be there: %(session)s, %(round)s") % {"session": session, "round": session.round},
            detail=str(session.round.edition),
            url=reverse("live_session", args=[session.pk]),
            action=_("Open the session"),
            until=session.starts_at,
            is_event=True,
            role=_("juror") if is_juror(user) else _("founder"),
        )
        for session in sessions_ahead(LiveSession.objects.told_to(user)).filter(opened_at__isnull=True)
    ]
