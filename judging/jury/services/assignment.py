"""Assignments: proposed by the solver outside of any transaction, shown from a file, applied from that very file."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_tasks import task

from judging.domain.assignment import assign
from judging.domain.assignment.format import answer_of
from judging.jury.notices import assignment
from judging.jury.reading.assignment import RELIEVE, WAYS, fingerprint, plan_inputs, problem_of
from judging.models import Assignment, Juror, Plan, Round, Scorecard
from judging.permissions import require_runs
from judging.reads.rounds import entries_of
from judging.states import PLAN, PlanState, RoundState, ScorecardState
from network.models import User
from network.services import record_event
from toolkit import clock, owed
from toolkit.canonical import canonical_bytes, digest
from toolkit.locks import locked
from toolkit.owed import Debt
from toolkit.refusals import Refusal
from toolkit.states import move

if TYPE_CHECKING:
    from judging.domain.assignment.data import Progress


FORMAT, VERSION = "passerelle.plan", 2
SECONDS = 60.0
TELL_EVERY = 1.0  # seconds between two notes of the progress


@transaction.atomic
def request_plan(*, by: User, round: Round, seed: int = 0, way: str = "", relieve: Juror | None = None) -> Plan:
    """Freezes what the assignment follows from and owes a plan, which the task queue works out. One at a time: a plan
    that was proposed or owed before is put aside.

    `way` is one of judging.jury.reading.assignment (without one: afresh in a draft,
    filling free seats in an open round);
    `relieve` the juror whose unstarted entries go to others. Raises Refusal when the round is closed or nobody is there
    to be assigned.
    """
    require_runs(by, round)
    round = locked(Round.objects.filter(pk=round.pk)).select_related("edition").get()
    _require_assignable(round)
    if way and way not in WAYS:
        raise Refusal(_("There is no such way to assign."), code="plan.way", status=422)
    inputs = plan_inputs(round, way, relieve.code if relieve and way == RELIEVE else "")
    if not inputs["entries"]:
        raise Refusal(_("No entry takes part in this round yet."), code="round.no_entries")
    if not inputs["jurors"]:
        raise Refusal(_("No juror has accepted yet."), code="round.no_jurors")
    for older in locked(Plan.objects.filter(round=round, state__in=(PlanState.PROPOSED, PlanState.SOLVING))):
        discard_plan(by=by, plan=older)
    plan = Plan.objects.create(
        round=round,
        state=PlanState.SOLVING,
        inputs=canonical_bytes({**inputs, "seed": seed}).decode("utf-8"),
        inputs_sha256=fingerprint(inputs),
        made_by=by,
        made_at=clock.now(),
    )
    record_event(by=by, verb="propose", thing=plan, after={"inputs": plan.inputs_sha256, "seed": seed})
    transaction.on_commit(lambda: solve_assignment.enqueue(plan.pk))
    return plan


def propose_plan(*, by: User, round: Round, seed: int = 0, way: str = "", relieve: Juror | None = None) -> Plan:
    """The same, worked out at once: for commands and small rounds, where nobody waits for the answer.

    The plan's file holds `pairs` (entry, juror, kept, reads, knows), `loads`, what is `broken`, the `graph` and, when
    there is no plan, an `explanation` in numbers, as docs/formats/assignment-answer.schema.json says.
    """
    plan = request_plan(by=by, round=round, seed=seed, way=way, relieve=relieve)
    solve_assignment.call(plan.pk)
    plan.refresh_from_db()
    return plan


class AssignmentPlans(Debt[Plan, dict[str, Any]]):
    """A plan is worked out once, from the inputs that were frozen when it was asked for."""

    name = "judging:plans"
    model = Plan
    owing = being_done = Q(state=PlanState.SOLVING)
    lease = timedelta(minutes=10)
    attempts = 3
    alone = False  # sample editions are walked in one transaction
    cut_off = "interrupted while being worked out"

    def do(self, row: Plan) -> dict[str, Any]:
        inputs = json.loads(row.inputs)
        problem = problem_of(inputs, inputs["seed"], SECONDS)
        return _file(inputs, problem, assign.assign(problem, _teller(self.mine(row))))

    def keep(self, row: Plan, result: dict[str, Any]) -> str:
        row.file, row.sha256 = canonical_bytes(result).decode("utf-8"), digest(result)
        row.is_optimal = result["status"] == "optimal"
        move(row, "propose", PLAN)
        return row.state

    def try_again(self, row: Plan) -> str:
        return row.state

    def give_up(self, row: Plan) -> str:
        move(row, "fail", PLAN)
        return row.state


PLANS = owed.register(AssignmentPlans())


@task()
def solve_assignment(plan_id: int) -> str:
    """Works one owed plan out. Runs twice without harm: the row is leased first, and a plan is worked out once."""
    return PLANS.settle(plan_id)


def _teller(rows: QuerySet[Plan]) -> Callable[[Progress], None]:
    """Writes down how far the solver is, once a second at most; an update of one row, outside of any transaction."""
    last = 0.0

    def tell(progress: assign.Progress) -> None:
        nonlocal last
        if time.monotonic() - last < TELL_EVERY:
            return
        last = time.monotonic()
        told = {"seconds": int(progress.seconds), "price": progress.incumbent, "bound": progress.bound}
        rows.update(progress=told)

    return tell


def solve_owed_assignments(limit: int) -> int:
    """Works plans out whose task was lost. Returns how many it dealt with."""
    return PLANS.settle_owed(limit)


@transaction.atomic
def apply_plan(*, by: User, plan: Plan) -> list[Assignment]:
    """Writes the assignments of the plan that was shown, and a scorecard for each;
    takes away those that the plan moves.

    Refused when jurors, entries, ties or the rule have changed since, when the plan holds no assignment, and when a
    juror has begun a scorecard that the plan would take away.
    """
    plan = locked(Plan.objects.filter(pk=plan.pk)).get()
    round = locked(Round.objects.filter(pk=plan.round_id)).get()
    require_runs(by, round)
    _require_assignable(round)
    file = json.loads(plan.file or "{}")
    if plan.state == PlanState.PROPOSED and not file.get("pairs"):
        raise Refusal(_("This plan holds no assignment: see why, then propose again."), code="plan.empty")
    if plan.state == PlanState.PROPOSED and not _still_holds(plan):
        raise Refusal(
            _("Jurors, entries, ties or rules have changed since this plan was made. Propose again."),
            code="plan.stale",
        )
    before, after = move(plan, "apply", PLAN)
    plan.applied_by, plan.applied_at = by, clock.now()
    plan.save()
    new, gone = _change(plan, round, {(pair["entry"], pair["juror"]) for pair in file["pairs"]})
    event = record_event(
        by=by, verb="apply", thing=plan, before={"state": before},
        after={"state": after, "assignments": len(new), "taken_away": gone},
    )  # fmt: skip
    if round.state == RoundState.OPEN:
        told = {row.juror_id for row in new}
        jurors = Juror.objects.filter(pk__in=told).select_related("user").order_by("pk")
        assignment.tell_assigned(round, jurors, event)
    return new


def _change(plan: Plan, round: Round, wanted: set[tuple[str, str]]) -> tuple[list[Assignment], int]:
    """Makes the round's assignments those wanted; (the new ones, how many are gone).
    A juror who stepped back keeps the trace."""
    standing = Assignment.objects.filter(round=round).taking_part().exclude(scorecard__state=ScorecardState.RECUSED)
    rows = {(entry, juror): pk for pk, entry, juror in standing.values_list("pk", "entry__code", "juror__code")}
    gone = [pk for pair, pk in rows.items() if pair not in wanted]
    cards = locked(Scorecard.objects.filter(assignment__in=gone)).order_by("pk")
    if round.state == RoundState.OPEN and any(c.version or c.state != ScorecardState.DRAFT for c in cards):
        raise Refusal(
            _("A juror has begun a scorecard that this plan gives to somebody else. Propose again."), code="plan.begun"
        )
    Scorecard.objects.filter(assignment__in=gone).delete()
    Assignment.objects.filter(pk__in=gone).delete()
    return _write(plan, round, sorted(wanted - rows.keys())), len(gone)


@transaction.atomic
def discard_plan(*, by: User, plan: Plan) -> Plan:
    """Puts a plan aside that is proposed, owed, or could not be worked out."""
    plan = locked(Plan.objects.filter(pk=plan.pk)).get()
    require_runs(by, plan.round)
    before, after = move(plan, "discard", PLAN)
    plan.save()
    record_event(by=by, verb="discard", thing=plan, before={"state": before}, after={"state": after})
    return plan


def is_current(plan: Plan) -> bool:
    """Whether the plan could still be applied: it is proposed, and its inputs are what they were."""
    return plan.state == PlanState.PROPOSED and _still_holds(plan)


def _still_holds(plan: Plan) -> bool:
    if not plan.inputs:
        return False
    inputs = json.loads(plan.inputs)
    return fingerprint(plan_inputs(plan.round, inputs["way"], inputs["relieve"])) == plan.inputs_sha256


def _require_assignable(round: Round) -> None:
    if round.state not in (RoundState.DRAFT, RoundState.OPEN):
        raise Refusal(_("The round is closed: its results are frozen."), code="round.closed")


def _write(plan: Plan, round: Round, pairs: list[tuple[str, str]]) -> list[Assignment]:
    entries = dict(entries_of(round).values_list("code", "pk"))
    jurors = dict(Juror.objects.of_jury(round.edition_id, round.city_id).values_list("code", "pk"))
    assert plan.applied_at is not None
    now = plan.applied_at
    rows = Assignment.objects.bulk_create(
        Assignment(round=round, juror_id=jurors[juror], entry_id=entries[entry], plan=plan, created_at=now)
        for entry, juror in pairs
    )
    Scorecard.objects.bulk_create(Scorecard(assignment=row) for row in rows)
    return rows


def _file(inputs: dict[str, Any], problem: assign.Problem, solution: assign.Solution) -> dict[str, Any]:
    return {
        **answer_of(problem, solution),
        "format": FORMAT,
        "version": VERSION,
        "seed": problem.seed,
        "inputs": inputs,
    }
