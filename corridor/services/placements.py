"""Propose, show, apply: a placement is solved from a frozen file, shown, and applied as shown or refused."""

import json
import logging
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from corridor.domain.calendar import Span, free_desks, start_days
from corridor.domain.placement_file import FORMAT, VERSION
from corridor.models import Candidate, Incubator, PlacementPlan, Programme, Stay
from corridor.notifications import tell_placed
from corridor.permissions import require
from corridor.states import CANDIDATE, PLAN, CandidateState, PlanState, StayState
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.canonical import canonical_bytes, digest
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
ATTEMPTS = 3
SECONDS_PER_LEVEL = 60.0
SECONDS_IN_ALL = 120.0


def placement_document(programme: Programme, seed: int) -> dict[str, Any]:
    """What a placement depends on, read from the database now: the shape of docs/formats/placement.schema.json.

    Holds the candidates that wait, and the incubators that one of them wishes. A fixed number of queries.
    """
    candidates = list(
        programme.candidates.filter(state=CandidateState.WAITING)
        .select_related("home_city")
        .prefetch_related("preferences", "stays")
        .order_by("rank", "id")
    )
    wished = {wish.incubator_id for candidate in candidates for wish in candidate.preferences.all()}
    incubators = list(Incubator.objects.filter(pk__in=wished, is_open=True).with_places().order_by("pk"))
    taking_part = {incubator.pk for incubator in incubators}
    days = start_days(programme.first_start, programme.last_start, programme.start_day)
    return {
        "format": FORMAT,
        "version": VERSION,
        "rule": "rank_first",
        "seed": seed,
        "programme": {
            "months": programme.months,
            "start_days": [day.isoformat() for day in days],
            "home_city_allowed": programme.home_city_allowed,
        },
        "incubators": [
            {
                "code": str(incubator.pk),
                "city": incubator.city.slug if incubator.city else "",
                "openings": _rows(incubator.openings.all()),
                "held": _rows(incubator.held_stays),
            }
            for incubator in incubators
        ],
        "candidates": [_candidate_row(candidate, taking_part) for candidate in candidates],
    }


def _rows(spans) -> list[dict[str, Any]]:
    return sorted(
        ({"starts": row.starts.isoformat(), "ends": row.ends.isoformat(), "desks": row.desks} for row in spans),
        key=lambda row: (row["starts"], row["ends"], row["desks"]),
    )


def _candidate_row(candidate: Candidate, taking_part: set[int]) -> dict[str, Any]:
    wishes = sorted(
        (wish.rank, wish.incubator_id) for wish in candidate.preferences.all() if wish.incubator_id in taking_part
    )
    declined = {stay.incubator_id for stay in candidate.stays.all() if stay.state == StayState.DECLINED}
    return {
        "code": str(candidate.pk),
        "rank": candidate.rank,
        "people": candidate.people,
        "home_city": candidate.home_city.slug,
        "earliest_start": candidate.earliest_start.isoformat() if candidate.earliest_start else None,
        "latest_start": candidate.latest_start.isoformat() if candidate.latest_start else None,
        "wishes": [{"code": str(incubator), "rank": rank} for rank, incubator in wishes],
        "declined": [str(incubator) for incubator in sorted(declined)],
    }


@transaction.atomic
def propose_placements(*, by: User, programme: Programme, seed: int = 0) -> PlacementPlan:
    """Freezes the inputs and owes a plan, which the task queue solves. Raises Refusal when nobody waits for a place."""
    require(is_organiser(by), _("Only an organiser proposes placements."))
    programme = locked(Programme.objects.filter(pk=programme.pk)).get()
    document = placement_document(programme, seed)
    if not document["candidates"]:
        raise Refusal(_("Nobody waits for a place."), code="placement.nobody")
    plan = PlacementPlan.objects.create(
        programme=programme,
        state=PlanState.SOLVING,
        inputs=canonical_bytes(document).decode(),
        inputs_sha256=digest(document),
        made_by=by,
        made_at=clock.now(),
    )
    record_event(by=by, verb="propose", thing=plan, after={"inputs": plan.inputs_sha256, "seed": seed})
    transaction.on_commit(lambda: solve_plan.enqueue(plan.pk))
    return plan


@task()
def solve_plan(plan_id: int) -> str:
    """Solves one owed plan. Runs twice without harm: the row is leased first, and a solved plan is not solved again."""
    from corridor.domain.placement_result import place

    with transaction.atomic():
        plan = locked(PlacementPlan.objects.owed(timezone.now()).filter(pk=plan_id)).first()
        if plan is None:
            return "nothing owed"
        plan.attempts += 1
        plan.leased_until = timezone.now() + LEASE
        plan.save(update_fields=["attempts", "leased_until"])
    try:
        answer = place(json.loads(plan.inputs), seconds=SECONDS_PER_LEVEL, total=SECONDS_IN_ALL)
    except Exception:  # whatever a solver may do to us: the row says so, and the clock tries again
        logger.exception("plan %s could not be solved", plan_id)
        answer = None
    with transaction.atomic():
        plan = locked(PlacementPlan.objects.filter(pk=plan_id)).get()
        if plan.state != PlanState.SOLVING:
            return plan.state
        plan.leased_until = None
        if answer is not None:
            plan.file = canonical_bytes(answer).decode()
            plan.sha256 = digest(answer)
            plan.is_optimal = answer["is_optimal"]
            move(plan, "solve", PLAN)
        elif plan.attempts >= ATTEMPTS:
            move(plan, "fail", PLAN)
        plan.save()
    return plan.state


def solve_owed_plans(limit: int) -> int:
    """Solves plans whose task was lost. Returns how many it dealt with."""
    owed = list(PlacementPlan.objects.owed(timezone.now()).order_by("id").values_list("pk", flat=True)[:limit])
    for pk in owed:
        solve_plan.call(pk)
    return len(owed)


@transaction.atomic
def discard_plan(*, by: User, plan: PlacementPlan) -> PlacementPlan:
    """Puts a plan away."""
    require(is_organiser(by), _("Only an organiser discards a plan."))
    plan = locked(PlacementPlan.objects.filter(pk=plan.pk)).get()
    before, after = move(plan, "discard", PLAN)
    plan.save(update_fields=["state"])
    record_event(by=by, verb="discard", thing=plan, before={"state": before}, after={"state": after})
    return plan


@transaction.atomic
def apply_placements(*, by: User, plan: PlacementPlan) -> list[Stay]:
    """Makes the stays of a proposed plan, exactly as it was shown, and tells both sides.

    Refused when anything that the plan depends on changed since, or when a desk is missing on any day. Locks, in this
    order: programme, plan, incubators, candidates.
    """
    require(is_organiser(by), _("Only an organiser applies a plan."))
    programme = locked(Programme.objects.filter(pk=plan.programme_id)).get()
    plan = locked(PlacementPlan.objects.filter(pk=plan.pk)).get()
    before, after = move(plan, "apply", PLAN)
    inputs, answer = json.loads(plan.inputs), json.loads(plan.file)
    hosts = locked(Incubator.objects.filter(pk__in=[int(row["code"]) for row in inputs["incubators"]]).order_by("pk"))
    incubators = {incubator.pk: incubator for incubator in hosts.select_related("organisation")}
    teams = locked(programme.candidates.filter(state=CandidateState.WAITING).order_by("pk"))
    candidates = {candidate.pk: candidate for candidate in teams}
    if digest(placement_document(programme, inputs["seed"])) != plan.inputs_sha256:
        raise Refusal(
            _("Wishes, places or stays changed since this plan was made. Propose a new one."), code="placement.stale"
        )
    stays = [
        _make_stay(plan, row, candidates[int(row["candidate"])], incubators[int(row["incubator"])])
        for row in answer["placements"]
    ]
    plan.applied_by, plan.applied_at = by, clock.now()
    plan.save()
    record_event(by=by, verb="apply", thing=plan, before={"state": before}, after={"state": after, "file": plan.sha256})
    for stay in stays:
        record_event(by=by, verb="place", thing=stay, after={"plan": plan.pk, "candidate": stay.candidate_id})
        tell_placed(stay)
    return stays


def _make_stay(plan: PlacementPlan, row: dict[str, Any], candidate: Candidate, incubator: Incubator) -> Stay:
    starts, ends = date.fromisoformat(row["starts"]), date.fromisoformat(row["ends"])
    openings = [Span(opening.starts, opening.ends, opening.desks) for opening in incubator.openings.all()]
    held = [Span(stay.starts, stay.ends, stay.desks) for stay in incubator.stays.holding()]
    if free_desks(openings, held, starts, ends) < row["desks"]:
        raise Refusal(
            _("%(name)s has no desks left for these dates.") % {"name": incubator.name}, code="placement.full"
        )
    move(candidate, "place", CANDIDATE)
    candidate.save(update_fields=["state"])
    return Stay.objects.create(
        programme_id=plan.programme_id,
        candidate=candidate,
        incubator=incubator,
        plan=plan,
        starts=starts,
        ends=ends,
        desks=row["desks"],
        reason={"wish": row["wish"], "wishes": row["wishes"], "better": row["better"]},
        created_at=clock.now(),
    )
