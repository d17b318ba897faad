"""What the life of stays adds to pages that are composed."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.life.notices import Duty, duties_of, stays_with_duties
from corridor.life.reading.stays import today_at, zone_of
from corridor.life.services.checklists import begin_owed_checklists
from corridor.life.services.reminders import remind_of_stays
from corridor.models import Stay
from corridor.permissions import does_task
from corridor.reads.people import of_stays, team_of
from corridor.states import TaskOwner
from network.models import User
from network.permissions import is_organiser, roles_of
from network.states import Role
from toolkit.protocols import NavLink, Owed, ToDo

ROLE_OF = {
    TaskOwner.TEAM.value: Role.FOUNDER,
    TaskOwner.HOST.value: Role.HOST,
    TaskOwner.CITY.value: Role.COORDINATOR,
}
DAYS_AHEAD = timedelta(days=14)


def stay_tasks(user: User) -> list[ToDo]:
    """What the user owes to stays: reports that are open, and what is due within two weeks or late,
    a stay and a role at a time.

    An organiser stands in for anybody, so theirs stand on the stays' pages only. Three queries at most.
    """
    if is_organiser(user):
        return []
    tasks = []
    for stay in stays_with_duties(Stay.objects.filter(of_stays(user, ""))).order_by("starts", "pk"):
        soon = [duty for duty in duties_of(stay) if duty.is_report or duty.due <= today_at(stay) + DAYS_AHEAD]
        for owner in ROLE_OF:
            mine = [duty for duty in soon if duty.owner == owner]
            if mine and does_task(user, stay, owner):
                is_near = mine[0].due <= today_at(stay) + DAYS_AHEAD
                tasks.append(replace(_to_do(stay, mine, owner), is_offer=not is_near))
    return tasks


def _to_do(stay: Stay, duties: list[Duty], owner: str) -> ToDo:
    count = len(duties)
    many = ngettext("%(count)s thing to do for a stay", "%(count)s things to do for a stay", count) % {"count": count}
    return ToDo(
        title=many if count > 1 else str(duties[0].title),
        detail=f"{stay.candidate.name} → {stay.incubator.name}",
        url=duties[0].path if count == 1 else reverse("stay", args=[stay.pk]),
        action=_("Open"),
        until=datetime.combine(duties[0].due + timedelta(days=1), time(), zone_of(stay)) - timedelta(minutes=1),
        role=ROLE_OF[owner],
        edition=stay.programme.edition.slug if stay.programme.edition else "",
    )


def own_stay_link(user: User) -> list[NavLink]:
    """The way to the stay of the user's own team, the latest to start. One query, for those who may have one."""
    roles = roles_of(user)
    if roles and Role.FOUNDER not in roles:
        return []
    own = Stay.objects.holding().filter(team_of(user, "candidate__")).order_by("-starts", "-pk")
    pk = own.values_list("pk", flat=True).first()
    return [NavLink(_("My stay"), reverse("stay", args=[pk]), order=42, also=("/stays/",))] if pk else []


def stay_debts() -> list[Owed]:
    """Checklists to begin, reminders to write."""
    return [Owed("checklists", begin_owed_checklists), Owed("stay reminders", remind_of_stays)]
