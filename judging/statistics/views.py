"""How far a jury agrees, and how firmly its result stands, for who runs the round.
Worked out in a task, never in the request."""

from collections.abc import Callable
from typing import Any, TypedDict

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from judging.domain.statistics.told import (
    ChanceTold,
    EffectTold,
    MeasureTold,
    ProfileTold,
    ScenarioTold,
    SeverityTold,
    StatisticsTold,
)
from judging.results.shown.called import Called, called_in
from judging.results.shown.kept import kept_table
from judging.rounds.kinds.correcting import corrects
from judging.rounds.views.frame import round_run_by, show
from judging.rounds.words.figures import column
from judging.states import RoundState
from judging.statistics.services import ask_statistics, statistics_kept
from judging.statistics.words import flag_words, measures, scenario_words, shown, verdict, why_missing
from network.requests import AuthedRequest

MOST_ROWS = 60  # of the picture and the long table; the report (`manage.py rank`) holds all


def statistics_page(request: AuthedRequest, pk: int, template: str, make: Callable[..., Any]) -> HttpResponse:
    """The page if its figures are there; else they are asked for, and the page says that they are being worked out."""
    round = round_run_by(request.user, pk, progress=False)
    if request.method == "POST":
        ask_statistics(round, again=True)
        return redirect(request.path)
    context: dict[str, object] = {"round": round, "found": None, "waiting": False}
    if round.state == RoundState.DRAFT:
        return show(request, template, context)
    found = statistics_kept(round)
    if found is None:
        owed = ask_statistics(round)
        context |= {"waiting": not owed.has_failed, "failed": owed.has_failed, "why": owed.why}
    else:
        context |= {
            "found": True,
            "is_corrected": corrects(round),
            **make(found, called_in(round, kept_table(round).criteria)),
        }
    return show(request, template, context)


@login_required
def show_agreement(request: AuthedRequest, pk: int) -> HttpResponse:
    return statistics_page(request, pk, "judging/statistics/agreement.html", agreement_context)


def agreement_context(found: StatisticsTold, called: Called) -> dict[str, object]:
    part, severity = found["agreement"], found["severity"]
    effects = {row["juror"]: row for row in severity.get("jurors", [])}
    main = part["totals"]["alpha_interval"]
    return {
        "verdict": verdict(float(main["value"])) if "value" in main else why_missing(main["missing"]),
        "measures": [(label, says, *_measure(part["totals"][name])) for name, (label, says) in measures().items()],
        "criteria": [(called.criteria.get(code, code), *_measure(row)) for code, row in part["criteria"].items()],
        "jurors": [
            _juror(row, mean, effects.get(row["juror"]), called)
            for row, mean in zip(part["jurors"], column([row["mean"] for row in part["jurors"]]), strict=True)
        ],
        "no_severity": why_missing(severity["missing"]) if "missing" in severity else "",
    }


def _measure(row: MeasureTold) -> tuple[str, str]:
    """(value, why there is none)"""
    return (shown(row["value"], 3), "") if "value" in row else ("", why_missing(row["missing"]))


def _juror(row: ProfileTold, mean: str, effect: EffectTold | None, called: Called) -> dict[str, object]:
    return {
        "name": called.jurors.get(row["juror"], row["juror"]),
        "scorecards": row["scorecards"],
        "mean": mean,
        "deviation": shown(row["deviation"]),
        "difference": shown(row["difference"]),
        "effect": shown(effect["effect"]) if effect and effect["estimated"] else "",
        "agreement": shown(row["agreement"]),
        "agreement_missing": why_missing(row["agreement_missing"]) if row["agreement_missing"] else "",
        "flags": [flag_words(flag) for flag in row["flags"]],
    }


@login_required
def show_stability(request: AuthedRequest, pk: int) -> HttpResponse:
    return statistics_page(request, pk, "judging/statistics/stability.html", stability_context)


def stability_context(found: StatisticsTold, called: Called) -> dict[str, object]:
    part = found["stability"]
    context: dict[str, object] = {"corrected": corrected_rows(found["severity"], called)}
    context |= {"carries": found["severity"].get("carries"), "declarable": found["severity"].get("declarable")}
    if "missing" in found["severity"]:
        context["no_severity"] = why_missing(found["severity"]["missing"])
    if "missing" in part:
        return {**context, "missing": why_missing(part["missing"])}
    scenarios = [_scenario(row, called) for row in part["scenarios"]]
    rows = part["entries"]
    return {
        **context,
        "by_cut": part["by_cut"],
        "column": _("Goes on") if part["by_cut"] else _("Among the first %(places)s") % {"places": part["places"]},
        "draws": int(part["draws"]),
        "by_errors": part["method"] == "errors",
        "entries": [_chance(n, row, called, len(rows)) for n, row in enumerate(rows[:MOST_ROWS])],
        "untold": max(0, len(rows) - MOST_ROWS),
        "height": 24 * min(len(rows), MOST_ROWS) + 30,
        "cut_x": _edge(rows),
        "scenarios": scenarios,
        "lowered": any(row["lowered"] for row in scenarios),
        "winner_changes": [row for row in scenarios if row["winner_changes"]],
        "shortlist_changes": [row for row in scenarios if row["enters"] or row["leaves"]],
    }


def _edge(rows: list[ChanceTold]) -> str:
    """Where the shortlist ends in the picture; nothing where it is not simply the best by rank."""
    inside = [int(row["rank"]) for row in rows if row["goes_on"]]
    outside = [int(row["rank"]) for row in rows if not row["goes_on"]]
    if not inside or not outside or max(inside) >= min(outside):
        return ""
    return _across(min(outside) - 0.5, len(rows))


def _across(rank: float, number: int) -> str:
    """Where a rank stands in the picture, in per cent of its width: names take the first 38."""
    return f"{38 + 58 * (rank - 1) / max(number - 1, 1):.2f}%"


def _chance(n: int, row: ChanceTold, called: Called, number: int) -> dict[str, object]:
    name = called.entries.get(row["entry"], row["entry"])
    return {
        "name": name,
        "short": name if len(name) <= 18 else f"{name[:17]}…",
        "rank": row["rank"],
        "first": shown(str(100 * float(row["first"])), 0),
        "low": row["low"],
        "high": row["high"],
        "x1": _across(int(row["low"]), number),
        "x2": _across(int(row["high"]), number),
        "y": 24 * n + 16,
        "text_y": 24 * n + 20,
        "cx": _across(int(row["rank"]), number),
    }


class ScenarioRow(TypedDict, total=False):
    """A scenario in words; `moved` and `lowered` are numbers of entries."""

    words: str
    missing: str
    winners: list[str]
    winner_changes: bool
    enters: list[str]
    leaves: list[str]
    moved: int
    lowered: int


def _scenario(row: ScenarioTold, called: Called) -> ScenarioRow:
    words = scenario_words(row, called.jurors if row["kind"] == "juror" else called.criteria)
    if "missing" in row:
        return {
            "words": words,
            "missing": why_missing(row["missing"]),
            "winner_changes": False,
            "enters": [],
            "leaves": [],
            "lowered": 0,
        }

    def names(codes: list[str]) -> list[str]:
        return [called.entries.get(code, code) for code in codes]

    return {
        "words": words,
        "missing": "",
        "winners": names(row["winners"]),
        "winner_changes": row["winner_changes"],
        "enters": names(row["enters"]),
        "leaves": names(row["leaves"]),
        "moved": int(row["moved"]),
        "lowered": len(row["lowered"]),
    }


def corrected_rows(severity: SeverityTold, called: Called) -> list[dict[str, object]]:
    """The standing as totals give it, beside the one that is corrected for severity; nothing where there is none."""
    rows = severity.get("entries", [])[:MOST_ROWS]
    columns = column([row["raw"] for row in rows]), column([row["corrected"] for row in rows])
    return [
        {
            "name": called.entries.get(row["entry"], row["entry"]),
            "raw": raw,
            "rank_raw": row["rank_raw"],
            "corrected": corrected,
            "rank_corrected": row["rank_corrected"],
            "moves": int(row["rank_raw"]) - int(row["rank_corrected"]),
            "error": shown(row["error"]),
        }
        for row, raw, corrected in zip(rows, *columns, strict=True)
    ]
