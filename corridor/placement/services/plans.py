"""Propose, show, apply: a placement is solved from a frozen file, shown, and applied as shown or refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from math import isfinite
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django_tasks import task

from corridor.models import PlacementPlan, Programme
from corridor.permissions import require
from corridor.placement.notices import tell_called
from corridor.placement.reading.inputs import Pairs, placement_document
from corridor.states import PLAN, CandidateState, PlanState
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock, owed
from toolkit.canonical import canonical_bytes, digest
from toolkit.locks import locked
from toolkit.owed import Debt
from toolkit.refusals import Refusal
from toolkit.states import move

if TYPE_CHECKING:
    from django.db.models import QuerySet


ATTEMPTS = 3
SECONDS_PER_LEVEL = 60.0
SECONDS_IN_ALL = 120.0
TELL_EVERY = 1.0


@transaction.atomic
def propose_placements(*, by: User, programme: Programme, seed: int = 0, change_first: bool = False) -> PlacementPlan:
    """Freezes the inputs and owes a plan, which the task queue solves. Raises Refusal when nobody waits for a place.

    With `change_first`, nobody who holds a place moves without need: the proposal after a withdrawal, a decline or a
    cancelled opening.
    """
    require(is_organiser(by), _("Only an organiser proposes placements."))
    programme = locked(Programme.objects.filter(pk=programme.pk)).get()
    if not programme.candidates.filter(state=CandidateState.WAITING).exists():
        raise Refusal(_("Nobody waits for a place."), code="placement.nobody")
    return owe_plan(by, programme, seed, change_first=change_first)


def owe_plan(
    by: User, programme: Programme, seed: int, *, change_first: bool, apart: Pairs = frozenset()
) -> PlacementPlan:
    """Freezes the inputs of a plan inside a transaction that holds the programme's lock."""
    today = clock.now().date()
    document = placement_document(programme, seed, decided_on=today, change_first=change_first, apart=apart)
    plan = PlacementPlan.objects.create(
        programme=programme,
        state=PlanState.SOLVING,
        inputs=canonical_bytes(document).decode(),
        inputs_sha256=digest(document),
        change_first=change_first,
        decided_on=today,
        made_by=by,
        made_at=clock.now(),
    )
    record_event(
        by=by,
        verb="propose",
        thing=plan,
        after={"inputs": plan.inputs_sha256, "seed": seed, "change_first": change_first},
    )
    transaction.on_commit(lambda: solve_plan.enqueue(plan.pk))
    return plan


class PlacementPlans(Debt[PlacementPlan, dict[str, Any]]):
    """A plan is solved once, from the file that was frozen when it was asked for."""

    name = "placement plans"
    model = PlacementPlan
    owing = being_done = Q(state=PlanState.SOLVING)
    lease = timedelta(minutes=10)
    attempts = ATTEMPTS
    alone = False  # sample editions are walked in one transaction
    cut_off = "interrupted while being solved"

    def do(self, row: PlacementPlan) -> dict[str, Any]:
        from corridor.domain.placement.result import place

        tell = _teller(self.mine(row))
        return place(json.loads(row.inputs), seconds=SECONDS_PER_LEVEL, total=SECONDS_IN_ALL, progress=tell)

    def keep(self, row: PlacementPlan, result: dict[str, Any]) -> str:
        row.file, row.sha256 = canonical_bytes(result).decode(), digest(result)
        row.is_optimal = result["is_optimal"]
        move(row, "solve", PLAN)
        tell_called(row)
        return row.state

    def try_again(self, row: PlacementPlan) -> str:
        return row.state

    def give_up(self, row: PlacementPlan) -> str:
        move(row, "fail", PLAN)
        return row.state


PLANS = owed.register(PlacementPlans())


@task()
def solve_plan(plan_id: int) -> str:
    """Solves one owed plan. Runs twice without harm: the row is leased first, and a solved plan is not solved again."""
    return PLANS.settle(plan_id)


def _teller(rows: QuerySet[PlacementPlan]) -> Callable[[float, str, float, float], None]:
    """A solver's progress, written at most once a second where the page reads it."""
    told = [float("-inf")]

    def tell(seconds: float, level: str, value: float, bound: float) -> None:
        if seconds - told[0] < TELL_EVERY:
            return
        told[0] = seconds
        finite = {name: number for name, number in (("value", value), ("bound", bound)) if isfinite(number)}
        rows.update(progress={"seconds": round(seconds, 1), "level": level, **finite})

    return tell


def solve_owed_plans(limit: int) -> int:
    """Solves plans whose task was lost. Returns how many it dealt with."""
    return PLANS.settle_owed(limit)


@transaction.atomic
def discard_plan(*, by: User, plan: PlacementPlan) -> PlacementPlan:
    """Puts a plan away."""
    require(is_organiser(by), _("Only an organiser discards a plan."))
    plan = locked(PlacementPlan.objects.filter(pk=plan.pk)).get()
    before, after = move(plan, "discard", PLAN)
    plan.save(update_fields=["state"])
    record_event(by=by, verb="discard", thing=plan, before={"state": before}, after={"state": after})
    return plan
