"""What the corridor tells pages that are composed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.agreements.changes.overview import chain_tasks
from corridor.agreements.files.services.rendering import render_owed
from corridor.applications.overview import application_debts, application_links, application_tasks
from corridor.life.overview import own_stay_link, stay_debts, stay_tasks
from corridor.models import Agreement, Candidate, Incubator, PlacementPlan, Programme, Signature, Stay
from corridor.permissions import can_sign_for, is_expected
from corridor.placement.reading.arrivals import arrivals_of
from corridor.placement.reading.lead_times import lead_time_rows, papers_of
from corridor.placement.services.plans import PLANS
from corridor.placement.services.waiting_list import answer_owed_calls
from corridor.placement.services.what_if import answer_owed_questions
from corridor.reads.people import organisation_ids, team_of
from corridor.states import HOLDS_PLACES, SIGNING_ROLES, CandidateState, Party, StayState
from judging.models import Award
from network.models import User
from network.permissions import is_coordinator, is_host, is_organiser
from network.states import Role
from toolkit import clock
from toolkit.dates import date_format
from toolkit.plans import PlanState
from toolkit.protocols import NavLink, Owed, RoadStep, ToDo

if TYPE_CHECKING:
    from contest.models import Edition


def to_do(user: User) -> list[ToDo]:
    """At most sixteen queries: wishes, stays to answer and to live; places to state; plans to apply;
    agreements to sign."""
    found = _team_to_do(user)
    if is_host(user):
        found += _host_to_do(user)
    if is_organiser(user):
        found += _organiser_to_do()
    return found + _signatures_to_do(user) + chain_tasks(user) + stay_tasks(user) + application_tasks(user)


def _signatures_to_do(user: User) -> list[ToDo]:
    """Agreements whose turn it is for the user to sign, or for whose party a signer has to be named. One query."""
    asked = Signature.objects.at_turn().with_signer_left()
    seen = Q(signer_left=True) if is_organiser(user) else Q(pk__in=[])
    rows = asked.filter(Q(pk__in=Signature.objects.of_party(user).values("pk")) | seen)
    rows = rows.select_related("agreement__programme", "agreement__stay__candidate").defer("agreement__frozen")
    found = []
    for signature in rows.order_by("agreement_id"):
        role = SIGNING_ROLES[Party(signature.party)] if can_sign_for(user, signature) else Role.ORGANISER
        detail = f"{signature.agreement.reference} · {signature.agreement.stay.candidate}"
        if is_expected(user, signature):
            url = reverse("agreement", args=[signature.agreement_id])
            todo = ToDo(_("Read and sign an agreement"), url, _("Read it"), detail=detail, minutes=15, role=role)
        elif signature.signer_left:
            url = reverse("agreement_signer", args=[signature.agreement_id, signature.party])
            todo = ToDo(_("Name who signs an agreement: the signer has left"), url, _("Name"), detail=detail, role=role)
        else:
            continue  # a colleague is asked
        found.append(replace(todo, others_wait=True))
    return found


def _team_to_do(user: User) -> list[ToDo]:
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
    unsure = Candidate.objects.of_team(user).filter(state=CandidateState.WAITING, nationalities_unsure=True)
    found += [
        ToDo(
            title=_("Check the nationalities of those who travel"),
            detail=str(candidate.programme),
            url=reverse("candidate_wishes", args=[candidate.pk]),
            action=_("Check"),
            until=candidate.programme.wishes_close,
            minutes=1,
            role=Role.FOUNDER,
        )
        for candidate in unsure.select_related("programme")
        if candidate.programme.wishes_close is None or candidate.programme.wishes_close > now
    ]
    mine = Stay.objects.filter(team_of(user, "candidate__"), state=StayState.PROPOSED, accepted_by_team_at__isnull=True)
    return found + [
        _answer(stay, str(stay.incubator), "" if stay.candidate.user_id else Role.FOUNDER)
        for stay in mine.with_parties()
    ]


def _host_to_do(user: User) -> list[ToDo]:
    own = organisation_ids(user, Role.HOST)
    asked = Stay.objects.filter(
        incubator__organisation__in=own, state=StayState.PROPOSED, accepted_by_host_at__isnull=True
    )
    without = Incubator.objects.filter(organisation__in=own, is_open=True, openings__isnull=True)
    return [_answer(stay, stay.candidate.name, Role.HOST) for stay in asked.with_parties()] + [
        ToDo(
            title=_("State your places"),
            detail=incubator.name,
            url=reverse("opening_new", args=[incubator.pk]),
            action=_("Add places"),
            minutes=2,
            role=Role.HOST,
        )
        for incubator in without.select_related("organisation")
    ]


def _answer(stay: Stay, other_side: str, role: str) -> ToDo:
    return ToDo(
        title=_("Accept or decline a stay"),
        detail=other_side,
        url=reverse("stay", args=[stay.pk]),
        action=_("Answer"),
        minutes=2,
        role=role,
    )


def _organiser_to_do() -> list[ToDo]:
    """Plans to look at, placements to propose, agreements to draft, laureates to admit, a corridor to set up.
    Nine queries."""
    proposed: Any = PlacementPlan.objects.filter(state=PlanState.PROPOSED)
    plans = list(proposed.with_calls())
    tasks = _plans_to_look_at(plans)
    tasks += _decisions_to_take()
    planned = {plan.programme_id for plan in plans}
    now = clock.now()
    for programme in Programme.objects.with_counts().with_left_to_do().order_by("pk"):
        over = programme.wishes_close is not None and programme.wishes_close <= now
        if programme.waiting_count and over and programme.pk not in planned:
            tasks.append(_about(programme, _("Propose placements"), "programme", programme.pk))
        if programme.has_awards and not programme.candidates_count:
            tasks.append(_about(programme, _("Admit the laureates"), "programme", programme.pk))
        if count := programme.stays_without_agreement:
            title = ngettext("Draft the agreement of %(count)s stay", "Draft the agreements of %(count)s stays", count)
            tasks.append(_about(programme, title % {"count": count}, "stay_list", programme.pk))
    awards = Award.objects.filter(edition__is_archive=False, edition__programmes__isnull=True)
    for edition in {award.edition for award in awards.select_related("edition")}:
        url = reverse("programme_new", args=[edition.slug])
        tasks.append(
            ToDo(
                _("Set up the corridor for the laureates"),
                url,
                _("Open"),
                detail=str(edition),
                role=Role.ORGANISER,
                edition=edition.slug,
            )
        )
    return tasks


def _decisions_to_take() -> list[ToDo]:
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
        tasks.append(_about(stay.programme, title, "stay", stay.pk))
    return tasks


def _plans_to_look_at(plans: list[PlacementPlan]) -> list[ToDo]:
    """`plans` come with_calls. Of a plan that answers calls: what came free, and who would come. Two queries."""
    coming = arrivals_of(plan for plan in plans if plan.calls.all())
    tasks = []
    for plan in plans:
        task = _about(plan.programme, _("Look at a placement plan, then apply it or put it away"), "plan", plan.pk)
        if plan.pk in coming:
            teams = ", ".join(arrival.team for arrival in coming[plan.pk])
            title = _("The waiting list is called: %(teams)s would come") % {"teams": teams}
            told = " ".join(call.sentence for call in plan.calls.all())
            title = title if teams else _("The waiting list is called: nobody on it can come")
            task = replace(task, title=title, detail=f"{plan.programme} · {told}", action=_("Look at the plan"))
        tasks.append(task)
    return tasks


def _about(
    programme: Programme, title: str, page: str, pk: int, until: datetime | None = None, action: str = ""
) -> ToDo:
    return ToDo(
        title=title,
        detail=str(programme),
        url=reverse(page, args=[pk]),
        action=action or _("Open"),
        until=until,
        role=Role.ORGANISER,
        edition=programme.edition.slug if programme.edition else "",
    )


def watch(user: User) -> list[ToDo]:
    """For the organiser: wishes, answers and signatures that others owe. One query."""
    if not is_organiser(user):
        return []
    seen, now = [], clock.now()
    for programme in Programme.objects.with_counts().with_left_to_do().order_by("pk"):
        if programme.waiting_count and (programme.wishes_close is None or programme.wishes_close > now):
            counts = {"given": programme.wishes_count, "all": programme.candidates_count}
            title = ngettext(
                "%(given)s of %(all)s candidate has put incubators in order",
                "%(given)s of %(all)s candidates have put incubators in order",
                programme.candidates_count,
            )
            seen.append(_about(programme, title % counts, "programme", programme.pk, programme.wishes_close, _("Look")))
        if count := programme.stays_unanswered:
            title = ngettext("%(count)s stay waits for an answer", "%(count)s stays wait for an answer", count)
            seen.append(_about(programme, title % {"count": count}, "stay_list", programme.pk, action=_("Look")))
        if count := programme.agreements_unsigned:
            title = ngettext(
                "%(count)s agreement waits for signatures", "%(count)s agreements wait for signatures", count
            )
            seen.append(_about(programme, title % {"count": count}, "stay_list", programme.pk, action=_("Look")))
    return seen


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
    if is_organiser(user) or Agreement.objects.visible_to(user).exists():
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
        Owed("questions about plans", answer_owed_questions),
        Owed("agreements", render_owed),
        *stay_debts(),
        *application_debts(),
    ]
