"""Who scores what: propose, show, apply. What is shown is the plan's own file, set beside what is applied now."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contest.models import Entry
from judging.domain.assignment.answer import Seated
from judging.jury.reading.assignment import RELIEVE
from judging.jury.reading.plan_file import PlanFile, plan_file_in
from judging.jury.services.assignment import PLANS, apply_plan, discard_plan, request_plan
from judging.jury.words.assignment import broken_words, explanation_words, graph_words, progress_words
from judging.models import Assignment, Juror, Plan, Round
from judging.reads.rounds import entries_of
from judging.rounds.views.frame import round_run_by, show
from judging.states import RoundState, ScorecardState
from network.requests import AuthedRequest
from network.views.plans import how_far
from toolkit.plans import OPEN
from toolkit.refusals_told import attempt


@dataclass(frozen=True)
class Seat:
    """One juror on one entry: how they fit, and whether the seat is new against what is applied."""

    juror: Juror
    entry: Entry
    reads: bool
    knows: bool
    is_new: bool


@dataclass
class EntryLine:
    entry: Entry
    seats: list[Seat] = field(default_factory=list)
    dropped: list[Juror] = field(default_factory=list)


@dataclass
class JurorLine:
    juror: Juror
    most: int
    seats: list[Seat] = field(default_factory=list)


@login_required
def show_assignment(request: AuthedRequest, pk: int) -> HttpResponse:
    """The whole page; while a plan is being worked out, an htmx refresh gets how far it is."""
    round = round_run_by(request.user, pk)
    plan = round.plans.filter(state__in=OPEN).select_related("made_by").first()
    if answer := how_far(request, plan, progress_words(plan.progress) if plan else ""):
        return answer
    file = plan_file_in(plan.file) if plan else None
    applied = applied_pairs(round)
    jury = Juror.objects.of_jury(round.edition_id, round.city_id)
    jurors = {juror.code: juror for juror in jury.select_related("city")}
    entries = {entry.code: entry for entry in entries_of(round).select_related("startup__organisation", "city")}
    context: dict[str, Any] = {
        "round": round,
        "plan": plan,
        "progress": progress_words(plan.progress) if plan else "",
        "discard_url": reverse("round_plan", args=[pk]),
        "can_propose": round.state in (RoundState.DRAFT, RoundState.OPEN),
    }
    if plan and file:
        pairs = [seated for seated in file.pairs if seated.entry in entries and seated.juror in jurors]
        context |= words_of(file, plan, pairs, applied, entries, jurors)
        most = {row.juror: row.most for row in file.loads}
    else:
        pairs = [
            Seated(entry, juror, reads=True, knows=True, kept=True)
            for entry, juror in sorted(applied)
            if entry in entries and juror in jurors
        ]
        most = {
            code: round.load_max if j.load_max is None else min(j.load_max, round.load_max)
            for code, j in jurors.items()
        }
    by_entry, by_juror = lines_of(pairs, applied, entries, jurors, most, compare=file is not None and bool(applied))
    context |= {"by_entry": by_entry, "by_juror": by_juror, "has_applied": bool(applied)}
    return show(request, "judging/jury/assignment.html", context)


def words_of(
    file: PlanFile,
    plan: Plan,
    pairs: list[Seated],
    applied: set[tuple[str, str]],
    entries: dict[str, Any],
    jurors: dict[str, Any],
) -> dict[str, Any]:
    """What the page says of a plan that is worked out."""
    names = {code: str(thing) for code, thing in [*entries.items(), *jurors.items()]}
    return {
        "file": file,
        "stale": PLANS.why_stale(plan),
        "apply_url": "" if file.explanation else reverse("round_plan", args=[plan.round_id]),
        "explanation": explanation_words(file.explanation, names),
        "short_of": broken_words(file.broken, names),
        "graph": graph_words(file.graph, names),
        "changes": change_words(pairs, applied) if file.pairs else "",
    }


def applied_pairs(round: Round) -> set[tuple[str, str]]:
    """(entry code, juror code) of what is applied now; who stepped back no longer counts,
    nor does an entry that has left."""
    rows = Assignment.objects.filter(round=round).taking_part().exclude(scorecard__state=ScorecardState.RECUSED)
    return set(rows.values_list("entry__code", "juror__code"))


def lines_of(
    pairs: list[Seated],
    applied: set[tuple[str, str]],
    entries: dict[str, Entry],
    jurors: dict[str, Juror],
    most: dict[str, int],
    *,
    compare: bool,
) -> tuple[list[EntryLine], list[JurorLine]]:
    by_entry = {code: EntryLine(entry) for code, entry in entries.items()}
    by_juror = {code: JurorLine(jurors[code], number) for code, number in most.items() if code in jurors}
    kept = set()
    for seated in pairs:
        key = seated.pair
        kept.add(key)
        seat = Seat(jurors[key[1]], entries[key[0]], seated.reads, seated.knows, is_new=compare and key not in applied)
        by_entry[key[0]].seats.append(seat)
        if key[1] in by_juror:
            by_juror[key[1]].seats.append(seat)
    for entry, juror in sorted(applied - kept):
        if compare and entry in by_entry and juror in jurors:
            by_entry[entry].dropped.append(jurors[juror])
    shown = (line for line in by_juror.values() if line.seats or line.juror.state == "active")
    return list(by_entry.values()), sorted(shown, key=lambda line: line.juror.full_name)


def change_words(pairs: list[Seated], applied: set[tuple[str, str]]) -> str:
    """The difference against what is applied, in one sentence; nothing when nothing is applied."""
    if not applied:
        return ""
    proposed = {seated.pair for seated in pairs}
    new, gone = len(proposed - applied), len(applied - proposed)
    if not new and not gone:
        return _("The plan is what is applied already.")
    return _("Against what is applied now, in seats: new %(new)s, dropped %(gone)s, the same %(same)s.") % {
        "new": new,
        "gone": gone,
        "same": len(proposed & applied),
    }


@login_required
@require_POST
def propose(request: AuthedRequest, pk: int) -> HttpResponse:
    """Asks the queue for a plan. Another draw takes another seed, which is kept in the plan;
    `way` says how much may change."""
    round = round_run_by(request.user, pk)
    seed = secrets.randbelow(10_000) if request.POST.get("draw") == "another" else 0
    way = request.POST.get("way", "")
    relieve = None
    if way == RELIEVE:
        relieve = get_object_or_404(Juror, edition=round.edition_id, pk=request.POST.get("juror") or 0)
    attempt(
        request,
        lambda: request_plan(by=request.user, round=round, seed=seed, way=way, relieve=relieve),
        _("A plan is being worked out. Nothing is assigned before you apply it."),
    )
    return redirect("round_assignment", pk)


@login_required
@require_POST
def settle(request: AuthedRequest, pk: int) -> HttpResponse:
    """Applies the plan that was shown, or puts it aside."""
    round = round_run_by(request.user, pk)
    plan = get_object_or_404(Plan, round=round, pk=request.POST.get("plan") or 0)
    if request.POST.get("do") == "discard":
        attempt(request, lambda: discard_plan(by=request.user, plan=plan), _("The plan is put aside."))
    else:
        attempt(request, lambda: apply_plan(by=request.user, plan=plan), _("The plan is applied."))
    return redirect("round_assignment", pk)
