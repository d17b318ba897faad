"""What applications add to composed pages."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.applications.services.personal_data import erase_due_applications
from corridor.models import Application, Programme
from corridor.states import ApplicationState
from network.models import User
from network.permissions import city_ids_of, is_organiser
from network.states import Role
from toolkit import clock
from toolkit.columns import with_columns
from toolkit.prepared import Prepared, number
from toolkit.protocols import NavLink, Owed, RoleLine, ToDo

USER = number(0)
# Asked by every page of somebody who is logged in.
OWN: Prepared[Application] = Prepared(lambda _shape: Application.objects.filter(user=USER).order_by().only("pk")[:1])


def application_tasks(user: User) -> list[ToDo]:
    """Drafts to submit, applications to approve, and, for an organiser, people to admit. One query each."""
    found = _drafts(user)
    cities = city_ids_of(user)
    if cities:
        found += _to_approve(cities)
    if is_organiser(user):
        found += _to_admit()
    return found


def _drafts(user: User) -> list[ToDo]:
    now = clock.now()
    own = Application.objects.of(user).filter(
        state=ApplicationState.DRAFT, programme__call__opens_at__lte=now, programme__call__closes_at__gt=now
    )
    return [
        ToDo(
            title=_("Finish your application"),
            detail=str(application.programme),
            url=reverse("application_step", args=[application.pk, "check"]),
            action=_("Go on"),
            until=application.programme.call.closes_at,
            minutes=20,
        )
        for application in own.select_related("programme__call").order_by("pk")
    ]


def _to_approve(cities: list[int]) -> list[ToDo]:
    waiting = Application.objects.filter(home_city__in=cities, state=ApplicationState.SUBMITTED).count()
    title = ngettext("Decide about %(count)s application", "Decide about %(count)s applications", waiting)
    task = ToDo(
        title=title % {"count": waiting},
        detail=_("people of your city"),
        url=reverse("city_applications"),
        action=_("Read them"),
        minutes=10 * waiting,
        role=Role.COORDINATOR,
        others_wait=True,
    )
    return [task] if waiting else []


def _to_admit() -> list[ToDo]:
    approved = Programme.objects.filter(applications__state=ApplicationState.APPROVED)
    tasks = []
    counted = with_columns(approved, approved=Count("applications"))
    for programme in counted.select_related("edition").order_by("pk"):
        title = ngettext("Admit or decline %(count)s person", "Admit or decline %(count)s people", programme.approved)
        tasks.append(
            ToDo(
                title=title % {"count": programme.approved},
                detail=str(programme),
                url=reverse("programme_applications", args=[programme.pk]),
                action=_("Open"),
                minutes=5 * programme.approved,
                role=Role.ORGANISER,
                others_wait=True,
            )
        )
    return tasks


def roles(user: User) -> list[RoleLine]:
    """What a person is by an application. One query."""
    own = Application.objects.of(user).exclude(state=ApplicationState.WITHDRAWN).select_related("programme")
    return [
        RoleLine(
            role=_("admitted") if application.state == ApplicationState.ADMITTED else _("applicant"),
            where=str(application.programme),
            hint=_("Nothing waits for you: %(state)s. You are told by mail at each step.")
            % {"state": application.get_state_display()},
            url=reverse("application", args=[application.pk]),
        )
        for application in own.order_by("pk")
    ]


def application_links(user: User) -> list[NavLink]:
    """To one's own applications, and to those of one's city, once there are some. At most two queries; none for
    organisers, who decide about applications and find what they wrote themselves, if ever, through the programme."""
    if is_organiser(user):
        return []
    links = []
    if OWN.rows("", {USER: user.pk}):
        links.append(NavLink(_("My applications"), reverse("applications"), order=30, also=("/candidates/",)))
    cities = city_ids_of(user)
    if cities and Application.objects.sent().filter(home_city__in=cities).exists():
        links.append(NavLink(_("Applications"), reverse("city_applications"), order=44))
    return links


def application_debts() -> list[Owed]:
    """Data whose stated time is over."""
    return [Owed("applications to empty", erase_due_applications)]
