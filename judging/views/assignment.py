"""Who scores what: propose, show, apply. What is shown is the plan's own file, set beside what is applied now."""

import json
import secrets
from dataclasses import dataclass, field

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contest.models import Entry
from judging.models import Assignment, Juror, Plan, Round
from judging.querysets import entries_of
from judging.services import apply_plan, discard_plan, is_current, propose_plan
from judging.states import PlanState, RoundState, ScorecardState
from judging.views.frame import attempt, round_run_by, show


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
def show_assignment(request, pk):
    round = round_run_by(request.user, pk)
    plan = round.plans.filter(state=PlanState.PROPOSED).select_related("made_by").first()
    file = json.loads(plan.file) if plan else None
    applied = applied_pairs(round)
    context = {"round": round, "plan": plan, "can_propose": round.state in (RoundState.DRAFT, RoundState.OPEN)}
    jurors = {juror.code: juror for juror in Juror.objects.filter(edition=round.edition).select_related("city")}
    entries = {entry.code: entry for entry in entries_of(round).select_related("startup__organisation", "city")}
    if plan:
        pairs = [pair for pair in file["pairs"] if pair["entry"] in entries and pair["juror"] in jurors]
        context |= {
            "file": file,
            "is_current": is_current(plan),
            "explanation": explanation_words(file.get("explanation"), entries, jurors),
            "short_of": shortfalls(pairs),
            "changes": change_words(pairs, applied),
        }
        most = {row["juror"]: row["most"] for row in file["loads"]}
    else:
        pairs = [{"entry": entry, "juror": juror, "reads": True, "knows": True} for entry, juror in sorted(applied)]
        most = {
            code: round.load_max if j.load_max is None else min(j.load_max, round.load_max)
            for code, j in jurors.items()
        }
    by_entry, by_juror = lines_of(pairs, applied, entries, jurors, most, compare=plan is not None and bool(applied))
    context |= {"by_entry": by_entry, "by_juror": by_juror, "has_applied": bool(applied)}
    return show(request, "judging/assignment.html", context)


def applied_pairs(round: Round) -> set[tuple[str, str]]:
    """(entry code, juror code) of what is applied now; who stepped back no longer counts."""
    rows = Assignment.objects.filter(round=round).exclude(scorecard__state=ScorecardState.RECUSED)
    return set(rows.values_list("entry__code", "juror__code"))


def lines_of(pairs, applied, entries, jurors, most, *, compare: bool) -> tuple[list[EntryLine], list[JurorLine]]:
    by_entry = {code: EntryLine(entry) for code, entry in entries.items()}
    by_juror = {code: JurorLine(jurors[code], number) for code, number in most.items() if code in jurors}
    kept = set()
    for pair in pairs:
        key = (pair["entry"], pair["juror"])
        kept.add(key)
        seat = Seat(
            jurors[key[1]], entries[key[0]], pair["reads"], pair["knows"], is_new=compare and key not in applied
        )
        by_entry[key[0]].seats.append(seat)
        if key[1] in by_juror:
            by_juror[key[1]].seats.append(seat)
    for entry, juror in sorted(applied - kept):
        if compare and entry in by_entry and juror in jurors:
            by_entry[entry].dropped.append(jurors[juror])
    shown = (line for line in by_juror.values() if line.seats or line.juror.state == "active")
    return list(by_entry.values()), sorted(shown, key=lambda line: line.juror.full_name)


def shortfalls(pairs: list[dict]) -> list[str]:
    """What the plan could not meet, counted; a tie is never among it."""
    unread = sum(not pair["reads"] for pair in pairs)
    unknown = sum(not pair["knows"] for pair in pairs)
    told = []
    if unread:
        told.append(
            ngettext(
                "%(number)s juror does not read the entry's language.",
                "%(number)s jurors do not read the entry's language.",
                unread,
            )
            % {"number": unread}
        )
    if unknown:
        told.append(
            ngettext(
                "In %(number)s seat the juror has not named the entry's category.",
                "In %(number)s seats the juror has not named the entry's category.",
                unknown,
            )
            % {"number": unknown}
        )
    return told


def change_words(pairs: list[dict], applied: set[tuple[str, str]]) -> str:
    """The difference against what is applied, in one sentence; nothing when nothing is applied."""
    if not applied:
        return ""
    proposed = {(pair["entry"], pair["juror"]) for pair in pairs}
    new, gone = len(proposed - applied), len(applied - proposed)
    if not new and not gone:
        return _("The plan is what is applied already.")
    return _("Against what is applied now: %(new)s seats new, %(gone)s dropped, %(same)s the same.") % {
        "new": new,
        "gone": gone,
        "same": len(proposed & applied),
    }


def explanation_words(why: dict | None, entries: dict, jurors: dict) -> dict | None:
    """Why there is no plan, with numbers, and the smallest ways out."""
    if why is None:
        return None
    names = {code: str(thing) for code, thing in [*entries.items(), *jurors.items()]}
    numbers = [
        _("%(demand)s seats are wanted; the jurors together take %(supply)s at most.") % why,
        *(
            _("%(entry)s: %(free)s jurors without a tie, %(needed)s needed.")
            % {"entry": names.get(row["entry"], row["entry"]), "free": row["free"], "needed": row["needed"]}
            for row in why["starved"]
        ),
    ]
    if why["least"] > why["demand"]:
        numbers.append(_("The least number of entries for every juror adds up to %(least)s seats.") % why)
    ways = [way_out(row, names) for row in why["relaxations"] if row["by"]]
    return {"numbers": numbers, "ways": ways}


def way_out(row: dict, names: dict[str, str]) -> str:
    sign = "+" if row["kind"] == "more_entries" else "−"
    told = ", ".join(f"{names.get(item['code'], item['code'])} ({sign}{item['number']})" for item in row["by"])
    sentences = {
        "fewer_jurors": _("Fewer jurors for these entries: %(told)s."),
        "more_entries": _("More entries for these jurors: %(told)s."),
        "lower_minimum": _("A lower least number of entries for these jurors: %(told)s."),
    }
    return sentences[row["kind"]] % {"told": told}


@login_required
@require_POST
def propose(request, pk):
    """Solves anew. Another draw takes another seed, which is kept in the plan."""
    round = round_run_by(request.user, pk)
    seed = secrets.randbelow(10_000) if request.POST.get("draw") == "another" else 0

    def act():
        plan = propose_plan(by=request.user, round=round, seed=seed)
        for older in Plan.objects.filter(round=round, state=PlanState.PROPOSED).exclude(pk=plan.pk):
            discard_plan(by=request.user, plan=older)

    attempt(request, act, _("A plan is proposed. Nothing is assigned before you apply it."))
    return redirect("round_assignment", pk)


@login_required
@require_POST
def settle(request, pk):
    """Applies the plan that was shown, or puts it aside."""
    round = round_run_by(request.user, pk)
    plan = get_object_or_404(Plan, round=round, pk=request.POST.get("plan") or 0)
    if request.POST.get("do") == "discard":
        attempt(request, lambda: discard_plan(by=request.user, plan=plan), _("The plan is put aside."))
    else:
        attempt(request, lambda: apply_plan(by=request.user, plan=plan), _("The plan is applied."))
    return redirect("round_assignment", pk)
