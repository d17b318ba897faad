"""What placement adds to composed pages: wishes to give, stays to answer, plans to look at, decisions to take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.models import Candidate, PlacementPlan, Stay
from corridor.placement.reading.arrivals import arrivals_of
from corridor.placement.reading.lead_times import lead_time_rows, papers_of
from corridor.reads.people import organisation_ids, team_of
from corridor.states import CandidateState, StayState
from network.models import User
from network.states import Role
from toolkit import clock
from toolkit.dates import date_format
from toolkit.protocols import ToDo

if TYPE_CHECKING:
    pass
from corridor.programmes.overview import about


def team_tasks(user: User) -> list[ToDo]:
    """Wishes that a team has to give, and stays that it has to answer. Two queries."""
    now = clock.now()
    waiting = Candidate.objects.of_team(user).filter(state=CandidateState.WAITING, wishes_at__isnull=True)
    found = [
        ToDo(
            title=_("Put the incubators you wish in order"),
            detail=str(candidate.programme),
            url=reverse("candidate_wishes", args=[candidate.pk]),
            action=_("Choose"),
            until=candidate.programme.wishes_close,
            minutes=5,
            role="" if candidate.user_id else Role.FOUNDER,
        )
        for candidate in waiting.select_related("programme")
        if candidate.programme.wishes_close is None or candidate.programme.wishes_close > now
    ]
    mine = Stay.objects.filter(team_of(user, "candidate__"), state=StayState.PROPOSED, accepted_by_team_at__isnull=True)
    return found + [
        _answer(stay, str(stay.incubator), "" if stay.candidate.user_id else Role.FOUNDER)
        for stay in mine.with_parties()
    ]


def host_tasks(user: User) -> list[ToDo]:
    """Stays that a host has to answer. One query."""
    own = organisation_ids(user, Role.HOST)
    asked = Stay.objects.filter(
        incubator__organisation__in=own, state=StayState.PROPOSED, accepted_by_host_at__isnull=True
    )
    return [_answer(stay, stay.candidate.name, Role.HOST) for stay in asked.with_parties()]


def _answer(stay: Stay, other_side: str, role: str) -> ToDo:
    return ToDo(
        title=_("Accept or decline a stay"),
        detail=other_side,
        url=reverse("stay", args=[stay.pk]),
        action=_("Answer"),
        minutes=2,
        role=role,
    )


def decision_tasks() -> list[ToDo]:
    """Proposed stays whose latest decision date is near or passed, by the lead times. Two queries."""
    today, table = clock.now().date(), lead_time_rows()
    proposed = (
        Stay.objects.filter(state=StayState.PROPOSED, starts__gt=today).with_parties().prefetch_related("travellers")
        if table
        else []
    )
    tasks = []
    for stay in proposed:
        found = papers_of(stay, today, table)
        if found is None or found.latest is None or not (found.is_late or found.is_near):
            continue
        names = {"team": stay.candidate.name, "host": str(stay.incubator), "day": date_format(found.latest)}
        title = _("%(team)s at %(host)s had to be decided by %(day)s: move the stay or cancel it") % names
        if found.is_near:
            title = _("%(team)s at %(host)s must be decided by %(day)s: ask both sides to answer") % names
        tasks.append(about(stay.programme, title, "stay", stay.pk))
    return tasks


def plan_tasks(plans: list[PlacementPlan]) -> list[ToDo]:
    """`plans` come with_calls. Of a plan that answers calls: what came free, and who would come. Two queries."""
    coming = arrivals_of(plan for plan in plans if plan.calls.all())
    tasks = []
    for plan in plans:
        task = about(plan.programme, _("Look at a placement plan, then apply it or put it aside"), "plan", plan.pk)
        if plan.pk in coming:
            teams = ", ".join(arrival.team for arrival in coming[plan.pk])
            title = _("The waiting list is called: %(teams)s would come") % {"teams": teams}
            told = " ".join(call.sentence for call in plan.calls.all())
            title = title if teams else _("The waiting list is called: nobody on it can come")
            task = replace(task, title=title, detail=f"{plan.programme} · {told}", action=_("Look at the plan"))
        tasks.append(task)
    return tasks
