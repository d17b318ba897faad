"""Assignments: proposed by the solver outside of any transaction, shown from a file, applied from that very file."""

import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from judging import notifications
from judging.domain import assignment
from judging.models import Assignment, Juror, Plan, Round, Scorecard
from judging.permissions import require_runs
from judging.querysets import entries_of
from judging.reading import active_jurors, ties_of
from judging.states import PLAN, PlanState, RoundState, ScorecardState
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.canonical import canonical_bytes, digest
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move

FORMAT, VERSION = "passerelle.plan", 1


def propose_plan(*, by: User, round: Round, seed: int = 0) -> Plan:
    """Solves the round's assignment and keeps the answer as a plan, not yet applied.

    In a draft round it starts afresh; in an open one it keeps what is assigned and fills seats that recusals left. The plan's
    file holds `pairs` (entry, juror, kept, reads, knows), `loads`, `language_kept`, `price` or, when there is no plan, an
    `explanation` in numbers. Raises Refusal when the round is closed or nobody is there to be assigned.
    """
    require_runs(by, round)
    round = Round.objects.select_related("edition", "city").get(pk=round.pk)
    _require_assignable(round)
    inputs = plan_inputs(round)
    if not inputs["entries"]:
        raise Refusal(_("No entry takes part in this round yet."), code="round.no_entries")
    if not inputs["jurors"]:
        raise Refusal(_("No juror has accepted yet."), code="round.no_jurors")
    problem = problem_of(inputs, seed)
    file = _file(inputs, problem, assignment.assign(problem))
    with transaction.atomic():
        plan = Plan.objects.create(
            round=round,
            file=canonical_bytes(file).decode("utf-8"),
            sha256=digest(file),
            inputs_sha256=digest(inputs),
            is_optimal=file["is_optimal"],
            made_by=by,
            made_at=clock.now(),
        )
        record_event(by=by, verb="propose", thing=plan, after={"sha256": plan.sha256, "seed": seed})
    return plan


@transaction.atomic
def apply_plan(*, by: User, plan: Plan) -> list[Assignment]:
    """Writes the assignments of the plan that was shown, and a scorecard for each. Refused when jurors, entries, ties or the
    rule have changed since, or when the plan holds no assignment."""
    plan = locked(Plan.objects.filter(pk=plan.pk)).get()
    round = locked(Round.objects.filter(pk=plan.round_id)).get()
    require_runs(by, round)
    _require_assignable(round)
    file = json.loads(plan.file)
    if not file["pairs"]:
        raise Refusal(_("This plan holds no assignment: see why, then propose again."), code="plan.empty")
    if digest(plan_inputs(round)) != plan.inputs_sha256:
        raise Refusal(
            _("Jurors, entries, ties or rules have changed since this plan was made. Propose again."),
            code="plan.stale",
        )
    before, after = move(plan, "apply", PLAN)
    plan.applied_by, plan.applied_at = by, clock.now()
    plan.save()
    if round.state == RoundState.DRAFT:
        Scorecard.objects.filter(assignment__round=round).delete()
        Assignment.objects.filter(round=round).delete()
    rows = _write(plan, round, [pair for pair in file["pairs"] if not pair["kept"]])
    record_event(
        by=by, verb="apply", thing=plan, before={"state": before}, after={"state": after, "assignments": len(rows)}
    )
    if round.state == RoundState.OPEN:
        new = {row.juror_id for row in rows}
        notifications.tell_assigned(round, Juror.objects.filter(pk__in=new).select_related("user").order_by("pk"))
    return rows


@transaction.atomic
def discard_plan(*, by: User, plan: Plan) -> Plan:
    """Puts a proposed plan aside."""
    plan = locked(Plan.objects.filter(pk=plan.pk)).get()
    require_runs(by, plan.round)
    before, after = move(plan, "discard", PLAN)
    plan.save()
    record_event(by=by, verb="discard", thing=plan, before={"state": before}, after={"state": after})
    return plan


def is_current(plan: Plan) -> bool:
    """Whether the plan could still be applied: it is proposed, and its inputs are what they were."""
    return plan.state == PlanState.PROPOSED and digest(plan_inputs(plan.round)) == plan.inputs_sha256


def _require_assignable(round: Round) -> None:
    if round.state not in (RoundState.DRAFT, RoundState.OPEN):
        raise Refusal(_("The round is closed: its results are frozen."), code="round.closed")


def _write(plan: Plan, round: Round, pairs: list[dict[str, Any]]) -> list[Assignment]:
    entries = dict(entries_of(round).values_list("code", "pk"))
    jurors = dict(Juror.objects.filter(edition=round.edition_id).values_list("code", "pk"))
    rows = Assignment.objects.bulk_create(
        Assignment(
            round=round,
            juror_id=jurors[pair["juror"]],
            entry_id=entries[pair["entry"]],
            plan=plan,
            created_at=plan.applied_at,
        )
        for pair in pairs
    )
    Scorecard.objects.bulk_create(Scorecard(assignment=row) for row in rows)
    return rows


def plan_inputs(round: Round) -> dict[str, Any]:
    """Everything that a plan follows from, by code: what its hash is made of."""
    entries = list(entries_of(round).select_related("category"))
    jurors = active_jurors(round)
    entry_codes = {entry.pk: entry.code for entry in entries}
    juror_codes = {juror.pk: juror.code for juror in jurors}
    kept = []
    if round.state == RoundState.OPEN:
        standing = Assignment.objects.filter(round=round).exclude(scorecard__state=ScorecardState.RECUSED)
        kept = [
            [entry_codes[row.entry_id], juror_codes[row.juror_id]]
            for row in standing
            if row.entry_id in entry_codes and row.juror_id in juror_codes
        ]
    return {
        "round": round.pk,
        "jurors_per_entry": round.jurors_per_entry,
        "load_min": round.load_min,
        "load_max": round.load_max,
        "entries": [
            {"code": e.code, "language": e.language, "category": e.category.code if e.category else ""} for e in entries
        ],
        "jurors": [
            {
                "code": j.code,
                "languages": sorted(j.languages),
                "knows": sorted(category.code for category in j.expertise.all()),
                "load_max": round.load_max if j.load_max is None else j.load_max,
            }
            for j in jurors
        ],
        "ties": sorted([entry_codes[tie.entry], juror_codes[tie.juror], tie.kind] for tie in ties_of(round, jurors)),
        "kept": sorted(kept),
    }


def problem_of(inputs: dict[str, Any], seed: int) -> assignment.Problem:
    entries, jurors = inputs["entries"], inputs["jurors"]
    at_entry = {row["code"]: n for n, row in enumerate(entries)}
    at_juror = {row["code"]: n for n, row in enumerate(jurors)}
    everywhere = [(e, j) for e in range(len(entries)) for j in range(len(jurors))]
    kept = frozenset((at_entry[e], at_juror[j]) for e, j in inputs["kept"])
    return assignment.Problem(
        entries=tuple(row["code"] for row in entries),
        jurors=tuple(row["code"] for row in jurors),
        per_entry=inputs["jurors_per_entry"],
        load_min=inputs["load_min"],
        load_max=tuple(min(row["load_max"], inputs["load_max"]) for row in jurors),
        barred=frozenset((at_entry[e], at_juror[j]) for e, j, _kind in inputs["ties"]),
        reads=frozenset((e, j) for e, j in everywhere if entries[e]["language"] in jurors[j]["languages"]),
        knows=frozenset((e, j) for e, j in everywhere if entries[e]["category"] in jurors[j]["knows"]),
        kept=kept,
        seed=seed,
    )


def _file(inputs: dict[str, Any], problem: assignment.Problem, solution: assignment.Solution) -> dict[str, Any]:
    file: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "seed": problem.seed,
        "inputs": inputs,
        "is_optimal": solution.is_optimal,
        "language_kept": solution.language_kept,
        "price": solution.price,
        "pairs": [
            {
                "entry": problem.entries[e],
                "juror": problem.jurors[j],
                "kept": (e, j) in problem.kept,
                "reads": (e, j) in problem.reads,
                "knows": (e, j) in problem.knows,
            }
            for e, j in solution.pairs
        ],
        "loads": [
            {"juror": code, "load": load, "most": most}
            for code, load, most in zip(problem.jurors, solution.loads, problem.load_max, strict=bool(solution.loads))
        ],
    }
    if solution.explanation:
        why = solution.explanation
        file["explanation"] = {
            "demand": why.demand,
            "supply": why.supply,
            "least": why.least,
            "starved": [{"entry": entry, "free": free, "needed": needed} for entry, free, needed in why.starved],
            "relaxations": [
                {"kind": r.kind, "by": [{"code": code, "number": number} for code, number in r.by]}
                for r in why.relaxations
            ],
        }
    return file
