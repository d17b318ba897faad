"""What the corridor tells pages that are composed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.agreements.changes.overview import chain_tasks
from corridor.agreements.files.services.rendering import render_owed
from corridor.agreements.signing.overview import signature_tasks
from corridor.applications.overview import application_debts, application_links, application_tasks
from corridor.hosts.overview import places_to_state
from corridor.life.overview import own_stay_link, stay_debts, stay_tasks
from corridor.models import PlacementPlan, Programme, Stay
from corridor.permissions import signs_something
from corridor.placement.overview import decision_tasks, host_tasks, plan_tasks, team_tasks
from corridor.placement.services.plans import PLANS
from corridor.placement.services.waiting_list import answer_owed_calls
from corridor.placement.services.what_if import QUESTIONS
from corridor.programmes.overview import programme_tasks
from corridor.states import HOLDS_PLACES
from network.models import User
from network.permissions import is_coordinator, is_host, is_organiser
from toolkit import clock
from toolkit.plans import PlanState
from toolkit.protocols import NavLink, Owed, RoadStep, ToDo

if TYPE_CHECKING:
    from contest.models import Edition


def to_do(user: User) -> list[ToDo]:
    """At most fifteen queries: wishes, stays to answer and to live; places to state; plans to apply;
    agreements to sign."""
    found = team_tasks(user)
    if is_host(user):
        found += host_tasks(user) + places_to_state(user)
    if is_organiser(user):
        plans = list(PlacementPlan.objects.filter(state=PlanState.PROPOSED).with_calls())
        found += plan_tasks(plans) + decision_tasks() + programme_tasks({plan.programme_id for plan in plans})
    return found + signature_tasks(user) + chain_tasks(user) + stay_tasks(user) + application_tasks(user)


def edition_road(edition: Edition) -> list[RoadStep]:
    """The edition's corridor: places, then stays. One query."""
    stays = Stay.objects.filter(programme__edition=edition, state__in=HOLDS_PLACES)
    dates = list(stays.values_list("starts", "ends"))
    today = clock.now().date()
    begun = any(starts <= today for starts, _ends in dates)
    over = bool(dates) and all(ends <= today for _starts, ends in dates)
    programme = Programme.objects.filter(edition=edition).exists()
    return [
        RoadStep(_("Places abroad"), "done" if dates else "now" if programme else "ahead", 200),
        RoadStep(_("Stays"), "done" if over else "now" if begun else "ahead", 210),
    ]


CORRIDOR_PAGES = (
    "/organise/plans/",
    "/organise/applications/",
    "/stays/",
    "/organise/lead-times/",
    "/organise/ledger/",
    "/organise/templates/",
)


def navigation(user: User) -> list[NavLink]:
    links = application_links(user) + own_stay_link(user)
    if is_host(user):
        links.append(NavLink(_("Incubator"), reverse("incubator_home"), order=40))
    if is_coordinator(user):
        links.append(NavLink(_("Stays"), reverse("city_stays"), order=45, also=("/stays/",)))
    if is_organiser(user):
        links.append(NavLink(_("Corridor"), reverse("programme_list"), order=40, also=CORRIDOR_PAGES))
        links.append(NavLink(_("Incubators"), reverse("incubator_list"), order=41))
    if is_organiser(user) or signs_something(user):
        links.append(NavLink(_("Agreements"), reverse("agreements"), order=46))
    return links


def edition_navigation(user: User, edition: Edition) -> list[NavLink]:
    """For an organiser: the edition's programme, or the page that makes one."""
    if not is_organiser(user) or edition.is_archive:
        return []
    programme = Programme.objects.filter(edition=edition).order_by("id").first()
    url = reverse("programme", args=[programme.pk]) if programme else reverse("programme_new", args=[edition.slug])
    return [NavLink(_("Corridor"), url, order=80, also=("/organise/programmes/", "/organise/plans/"))]


def due(now: datetime) -> list[Owed]:
    """Plans, answers and documents whose task was lost; checklists to begin; reminders of what stays are owed."""
    return [
        Owed("calls of the waiting list", answer_owed_calls),
        Owed(PLANS.name, PLANS.settle_owed),
        Owed(QUESTIONS.name, QUESTIONS.settle_owed),
        Owed("agreements", render_owed),
        *stay_debts(),
        *application_debts(),
    ]
