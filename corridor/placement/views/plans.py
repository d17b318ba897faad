"""Pages of a placement plan: proposed, shown with its proof and its reasons, asked about, applied or put away."""

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from corridor.domain.calendar.layout import Bar
from corridor.domain.placement.answer import Answer
from corridor.domain.placement.document import PlacementFile
from corridor.kinds.placement_rules import told
from corridor.life.reading.people import people_who_go
from corridor.models import Candidate, Incubator, PlacementPlan, Programme, Stay
from corridor.placement.reading.lead_times import Rows, lead_time_rows, papers_of
from corridor.placement.services.plans import PLANS, apply_placements, discard_plan, propose_placements
from corridor.placement.services.what_if import ask_what_would_change
from corridor.placement.words.plans import PlacedRow, calendar_of, names_in, placed_rows, unplaced_rows, waits_in
from corridor.placement.words.story import (
    difference_rows,
    leaving,
    level_rows,
    notice_rows,
    pair_rows,
    progress_words,
    waiting_rows,
    with_latest_decisions,
    with_questions,
)
from corridor.states import STAY, QuestionState, StayState
from network.gates import organisers_only
from network.requests import AuthedRequest
from network.views.plans import how_far
from toolkit import clock
from toolkit.plans import OPEN, PlanState
from toolkit.states import can_move


@organisers_only
@require_POST
def propose(request: AuthedRequest, pk: int) -> HttpResponse:
    """`least_change` asks for a plan in which nobody moves without need."""
    seed = request.POST.get("seed", "0")
    plan = propose_placements(
        by=request.user,
        programme=get_object_or_404(Programme, pk=pk),
        seed=int(seed) if seed.isdigit() and len(seed) < 10 else 0,
        change_first="least_change" in request.POST,
    )
    return redirect("plan", pk=plan.pk)


@organisers_only
def show_plan(request: AuthedRequest, pk: int) -> HttpResponse:
    """The plan as a calendar and as a list, with rule, proof and reasons;
    the calendar also holds the stays agreed before."""
    plan = get_object_or_404(PlacementPlan.objects.visible_to(request.user).with_people(), pk=pk)
    progress = progress_words(plan.progress)
    if answer := how_far(request, plan, progress):
        return answer
    context = {
        "plan": plan,
        "programme": plan.programme,
        "progress": progress,
        "discard_url": reverse("plan_discard", args=[pk]),
        "may_decide": plan.state in OPEN,
    }
    if plan.file:
        context |= _told(plan)
    return render(request, "corridor/placement/plan.html", context)


def _told(plan: PlacementPlan) -> dict[str, Any]:
    answer, inputs = Answer.from_data(json.loads(plan.file)), PlacementFile.from_data(json.loads(plan.inputs))
    names = names_in(answer, inputs)
    waits = waits_in(answer)
    placed = with_latest_decisions(placed_rows(answer, names, waits))
    unplaced = with_questions(unplaced_rows(answer, names, waits), plan, names)
    gone = leaving(inputs, answer) if plan.state == PlanState.PROPOSED else ()
    return {
        "placed": placed,
        "unplaced": unplaced,
        "asking": any(one.question and one.question.state == QuestionState.ASKED for one in unplaced),
        "total": len(answer.placements) + len(answer.unplaced),
        "rule": told(answer.rule, are_persons=plan.programme.guest_is_person),
        "levels": level_rows(answer),
        "notices": notice_rows(inputs, answer, names),
        "pairs": pair_rows(answer, names),
        "waiting": waiting_rows(answer, names),
        "differences": difference_rows(inputs, answer, names),
        "seed": answer.seed,
        "calendar": stays_calendar(plan.programme, placed, leaving=gone),
        "apply_url": reverse("plan_apply", args=[plan.pk]),
        "stale": PLANS.why_stale(plan),
    }


def stays_calendar(
    programme: Programme,
    placed: Iterable[PlacedRow] = (),
    *,
    leaving: Collection[int] = (),
    city: str = "",
    state: str = "",
    use: bool = False,
) -> dict[str, Any]:
    """All open incubators with the stays that hold desks, and what a plan adds;
    of one host city, in one state, if asked.

    `leaving` are candidates whose present stay the plan moves or gives up: it is left out.

    With `use`, also how full each is by month; `cities` and `ledger` (the programme's own) are told from the same rows.
    """
    held = Stay.objects.holding().with_parties().prefetch_related("travellers")
    stays = [stay for stay in held if stay.candidate_id not in leaving]
    asked = any(stay.state == StayState.PROPOSED and people_who_go(stay.candidate, stay) for stay in stays)
    table, today = lead_time_rows() if asked else {}, clock.now().date()
    bars: dict[int, list[Bar]] = {}
    for stay in stays:
        if state in ("", stay.state):
            bars.setdefault(stay.incubator_id, []).append(Bar(stay.starts, stay.ends, _cell(stay, today, table)))
    known = {stay.candidate_id for stay in stays}
    for row in placed:
        if int(row.candidate) not in known:  # a stay that holds desks is shown as it stands
            bars.setdefault(row.incubator_id, []).append(Bar(row.starts, row.ends, {"row": row}))
    incubators = list(Incubator.objects.filter(Q(is_open=True) | Q(pk__in=bars)).with_openings())
    for incubator in incubators:
        incubator.held_stays = [stay for stay in stays if stay.incubator_id == incubator.pk]
    cities = {one.city.slug: one.city.name for one in incubators if one.city}
    shown = [one for one in incubators if not city or (one.city and one.city.slug == city)]
    return {
        **calendar_of(programme, shown, bars, use=use),
        "cities": sorted(cities.items(), key=lambda row: row[1]),
        "movable": [one for one in stays if one.programme_id == programme.pk and can_move(STAY, one.state, "move")],
        "ledger": _sent_and_hosted([stay for stay in stays if stay.programme_id == programme.pk]),
    }


def _cell(stay: Stay, today: date, table: Rows) -> dict[str, Any]:
    """A stay of the calendar; while it is only proposed, with what lead times say of it."""
    return {"stay": stay, "papers": papers_of(stay, today, table) if stay.state == StayState.PROPOSED else None}


def _sent_and_hosted(stays: list[Stay]) -> list[dict[str, Any]]:
    """As StayQuerySet.sent_and_hosted, from rows at hand."""
    counts: dict[str, dict[str, Any]] = {}
    for stay in stays:
        for kind, city in (("sent", stay.candidate.home_city), ("hosted", stay.incubator.city)):
            if city:
                counts.setdefault(city.slug, {"name": city.name, "sent": 0, "hosted": 0})[kind] += 1
    return sorted(counts.values(), key=lambda row: row["name"])


@organisers_only
@require_POST
def apply(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(PlacementPlan.objects.visible_to(request.user), pk=pk)
    stays = apply_placements(by=request.user, plan=plan)
    sentence = ngettext(
        "%(count)s stay is proposed to both sides.", "%(count)s stays are proposed to both sides.", len(stays)
    )
    messages.success(request, sentence % {"count": len(stays)})
    return redirect("stay_list", pk=plan.programme_id)


@organisers_only
@require_POST
def discard(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = discard_plan(by=request.user, plan=get_object_or_404(PlacementPlan, pk=pk))
    messages.success(request, _("The plan is put aside."))
    return redirect("programme", pk=plan.programme_id)


@organisers_only
@require_POST
def ask(request: AuthedRequest, pk: int, candidate_pk: int) -> HttpResponse:
    """“What would change it?”: answered in the queue, shown on the plan."""
    plan = get_object_or_404(PlacementPlan.objects.visible_to(request.user), pk=pk)
    candidate = get_object_or_404(Candidate, pk=candidate_pk, programme=plan.programme_id)
    ask_what_would_change(by=request.user, plan=plan, candidate=candidate)
    return redirect("plan", pk=pk)
