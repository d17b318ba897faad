"""Assignments: proposed by the solver outside of any transaction, shown from a file, applied from that very file."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from judging import notifications
from judging.domain import assignment
from judging.domain.assignment_format import answer_of
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


# Prices of a round's own rule. Language weighs most where it can't be kept everywhere; knowing the field weighs more than one step
# of uneven load.
RULES = (
    assignment.Rule("language", price=10_000),
    assignment.Rule("sector", price=100),
    assignment.Rule("even", price=60),
)


def problem_of(inputs: dict[str, Any], seed: int) -> assignment.Problem:
    """Assignments that stand are kept, even where they are more than the rule asks for."""
    ties = frozenset((entry, juror) for entry, juror, _kind in inputs["ties"])
    kept = tuple((entry, juror) for entry, juror in inputs["kept"] if (entry, juror) not in ties)
    of_entry, of_juror = (Counter(pair[side] for pair in kept) for side in (0, 1))
    return assignment.Problem(
        entries=tuple(
            assignment.Entry(
                row["code"], max(inputs["jurors_per_entry"], of_entry[row["code"]]), row["language"], row["category"]
            )
            for row in inputs["entries"]
        ),
        jurors=tuple(
            assignment.Juror(
                row["code"],
                load_max=max(most := min(row["load_max"], inputs["load_max"]), of_juror[row["code"]]),
                load_min=min(inputs["load_min"], most),
                languages=frozenset(row["languages"]),
                sectors=frozenset(row["knows"]),
            )
            for row in inputs["jurors"]
        ),
        conflicts=ties,
        rules=(*RULES, assignment.Rule("kept", pairs=kept)) if kept else RULES,
        seed=seed,
    )


# (rule, whether its number falls): how the page names a way out.
WAYS = {("demand", True): "fewer_jurors", ("load_max", False): "more_entries", ("load_min", False): "lower_minimum"}


def _ways(why: assignment.Explanation) -> Iterator[dict[str, Any]]:
    for way in why.relaxations:
        (kind, *others) = {(name, number < 0) for name, _code, number in way.by}
        if kind in WAYS and not others:
            yield {"kind": WAYS[kind], "by": [{"code": code, "number": abs(n)} for _name, code, n in way.by]}


def _file(inputs: dict[str, Any], problem: assignment.Problem, solution: assignment.Solution) -> dict[str, Any]:
    answer = answer_of(problem, solution)
    file: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "seed": problem.seed,
        "inputs": inputs,
        "is_optimal": solution.is_optimal,
        "language_kept": bool(solution.pairs) and solution.units("language") == 0,
        "price": solution.price,
        "pairs": answer["pairs"],
        "loads": answer["loads"],
    }
    if why := solution.explanation:
        file["explanation"] = {
            "demand": why.demand,
            "supply": why.supply,
            "least": why.least,
            "starved": [
                {"entry": row.code, "free": row.supply, "needed": row.demand}
                for row in why.shortages
                if row.kind == "demand" and row.code
            ],
            "relaxations": list(_ways(why)),
        }
    return file
