"""Assignments: proposed by the solver, shown from a file, applied from that very file (network.services.plans)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from judging.domain.assignment import assign
from judging.domain.assignment.answer import answer_of
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES
from judging.jury.notices import assignment
from judging.jury.reading.assignment import RELIEVE, WAYS, plan_inputs, problem_of
from judging.jury.reading.plan_file import PlanFile, PlanInputs, what_goes_stale
from judging.models import Assignment, Juror, Plan, Round, Scorecard
from judging.permissions import require_runs
from judging.reads.rounds import entries_of
from judging.states import RoundState, ScorecardState
from network.services.plans import Facts, Plans, Tell
from toolkit import owed
from toolkit.canonical import digest
from toolkit.locks import locked
from toolkit.plans import PlanState
from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from network.models import Event, User
    from toolkit.typed_data import Data


SECONDS = 60.0


class AssignmentPlans(Plans[Plan, Round, Round, Assignment, PlanInputs, PlanFile]):
    """Who scores what: the plan's assignments are made, with a scorecard each, and those that it moves are taken away.

    Applying is refused too when the plan holds no assignment, and when a juror has begun a scorecard that it would take
    away.
    """

    name = "judging:plans"
    model = Plan
    about = "round"
    changed = (
        "plan.stale",
        gettext_lazy("Jurors, entries, ties or rules have changed since this plan was made. Propose again."),
    )

    def ground(self, pk: int) -> Round:
        return locked(Round.objects.filter(pk=pk)).select_related("edition").get()

    def require(self, by: User, ground: Round, verb: str) -> None:
        require_runs(by, ground)
        if verb != "discard" and ground.state not in (RoundState.DRAFT, RoundState.OPEN):
            raise Refusal(_("The round is closed: its results are frozen."), code="round.closed")

    def queue(self, pk: int) -> None:
        solve_assignment.enqueue(pk)

    def inputs_in(self, data: Data) -> PlanInputs:
        return PlanInputs.from_data(data)

    def answer_in(self, data: Data) -> PlanFile:
        return PlanFile.from_data(data)

    def solve(self, inputs: PlanInputs, tell: Tell) -> PlanFile:
        def progress(now: assign.Progress) -> None:
            tell(now.seconds, value=now.incumbent, bound=now.bound)

        problem = problem_of(inputs, SECONDS)
        return PlanFile.of(answer_of(problem, assign.assign(problem, progress)), inputs)

    def is_proven(self, answer: PlanFile) -> bool:
        return answer.status == "optimal"

    def inputs_now(self, ground: Round, plan: Plan, inputs: PlanInputs) -> PlanInputs:
        return plan_inputs(ground, inputs.way, inputs.relieve)

    def stamp(self, inputs: Data) -> str:
        return digest(what_goes_stale(inputs))

    def lock(self, ground: Round, inputs: PlanInputs) -> Round:
        return ground

    def write(self, by: User, plan: Plan, world: Round, answer: PlanFile) -> tuple[list[Assignment], Facts]:
        if not answer.pairs:
            raise Refusal(_("This plan holds no assignment: see why, then propose again."), code="plan.empty")
        new, gone = _change(plan, world, {seated.pair for seated in answer.pairs})
        return new, {"assignments": len(new), "taken_away": gone}

    def tell(self, by: User, plan: Plan, world: Round, made: list[Assignment], event: Event) -> None:
        if world.state == RoundState.OPEN:
            told = {row.juror_id for row in made}
            jurors = Juror.objects.filter(pk__in=told).select_related("user").order_by("pk")
            assignment.Assigned.tell(world, jurors, event)


PLANS = owed.register(AssignmentPlans())
apply_plan, discard_plan = PLANS.apply, PLANS.discard


@task()
def solve_assignment(plan_id: int) -> str:
    """Works one owed plan out. Runs twice without harm: the row is leased first, and a plan is worked out once."""
    return PLANS.settle(plan_id)


@transaction.atomic
def request_plan(*, by: User, round: Round, seed: int = 0, way: str = "", relieve: Juror | None = None) -> Plan:
    """Freezes what the assignment follows from and owes a plan, which the task queue works out. One at a time: a plan
    that was proposed or owed before is put aside.

    `way` is one of judging.jury.reading.assignment (without one: afresh in a draft,
    filling free seats in an open round);
    `relieve` the juror whose unstarted entries go to others. Raises Refusal when the round is closed or nobody is there
    to be assigned.
    """
    round = PLANS.ground(round.pk)
    PLANS.require(by, round, "propose")
    if way and way not in WAYS:
        raise Refusal(_("There is no such way to assign."), code="plan.way", status=422)
    for row in (*round.assignment_rules, *round.pair_rules.values("kind")):
        ASSIGNMENT_RULES.ask(row.get("rule", row.get("kind")))
    inputs = plan_inputs(round, way, relieve.code if relieve and way == RELIEVE else "", seed)
    if not inputs.entries:
        raise Refusal(_("No entry takes part in this round yet."), code="round.no_entries")
    if not inputs.jurors:
        raise Refusal(_("No juror has accepted yet."), code="round.no_jurors")
    for older in locked(Plan.objects.filter(round=round, state__in=(PlanState.PROPOSED, PlanState.SOLVING))):
        discard_plan(by=by, plan=older)
    return PLANS.freeze(by, Plan(round=round), inputs)


def propose_plan(*, by: User, round: Round, seed: int = 0, way: str = "", relieve: Juror | None = None) -> Plan:
    """The same, worked out at once: for commands and small rounds, where nobody waits for the answer.

    The plan's file holds `pairs` (entry, juror, kept, reads, knows), `loads`, what is `broken`, the `graph` and, when
    there is no plan, an `explanation` in numbers, as docs/formats/assignment-answer.schema.json says.
    """
    plan = request_plan(by=by, round=round, seed=seed, way=way, relieve=relieve)
    solve_assignment.call(plan.pk)
    plan.refresh_from_db()
    return plan


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
