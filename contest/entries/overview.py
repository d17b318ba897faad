"""What entries add to composed pages: drafts to finish, calls to enter."""

from django.urls import reverse
from django.utils.translation import gettext as _

from contest.models import Edition, Entry
from contest.states import EntryState
from network.models import User
from network.permissions import is_founder, roles_of
from toolkit import clock
from toolkit.protocols import ToDo, collect


def may_begin(user: User) -> bool:
    """Founders, and whoever has no part yet; a juror or a host is not asked to enter a call. Read once per user object
    (a request)."""
    if not hasattr(user, "_may_begin"):
        user._may_begin = is_founder(user) or not (roles_of(user) or collect("roles", user))
    return user._may_begin


def team_tasks(user: User) -> list[ToDo]:
    """Drafts that a team has to submit, and open calls that it may enter."""
    if not may_begin(user):
        return []
    now = clock.now()
    entries = list(Entry.objects.of_team(user).filter(edition__call_closes__gt=now).with_people())
    tasks = [
        ToDo(
            title=_("Finish and submit your entry to %(edition)s") % {"edition": entry.edition},
            detail=entry.startup.name,
            url=reverse("entry_step", args=[entry.pk, "pitch"]),
            action=_("Go on writing"),
            until=entry.edition.call_closes,
            minutes=30,
            role=_("founder"),
        )
        for entry in entries
        if entry.state == EntryState.DRAFT
    ]
    entered = {entry.edition_id for entry in entries}
    begin = [
        ToDo(
            title=_("Enter %(edition)s") % {"edition": edition},
            url=reverse("entry_start", args=[edition.slug]),
            action=_("Start an entry"),
            until=edition.call_closes,
            minutes=45,
            role=_("founder"),
            is_offer=True,
        )
        for edition in Edition.objects.with_open_call(now).exclude(pk__in=entered).order_by("call_closes")
    ]
    return tasks + begin
