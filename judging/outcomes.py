"""From the rows of a round to its outcome: live while it is open, from the frozen file once it is closed."""

import json
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from i18nfield.strings import LazyI18nString

from judging.domain import frozen
from judging.domain.scoring import text_of
from judging.models import Result, Round, Scorecard, Standing, TieDecision
from judging.models.rounds import SCALE
from judging.querysets import FROZEN, entries_of
from judging.states import ScorecardState


def outcome_of(round: Round) -> frozen.Outcome:
    """The outcome as it stands now (submitted scorecards only) or, of a closed round, recomputed from its file."""
    if round.state in FROZEN:
        return frozen.compute(json.loads(round.result.file))
    return frozen.compute(inputs_of(round))


def inputs_of(round: Round, closed_at: datetime | None = None) -> dict[str, Any]:
    """Everything that the round's result follows from, as judging.domain.frozen describes it."""
    frame = frame_of(round, closed_at)
    counted, not_counted = _scorecards(round, [entry["code"] for entry in frame["entries"]])
    return {**frame, "scorecards": counted, "not_counted": not_counted}


def frame_of(round: Round, closed_at: datetime | None = None) -> dict[str, Any]:
    """The inputs without the scorecards: what is cheap to read however many jurors there are."""
    rule = rule_data(round)
    return {
        "round": {
            "edition": round.edition.slug,
            "city": round.city.slug if round.city else "",
            "order": str(round.order),
            "name": languages_of(round.name),
            "weight": str(round.weight),
            "opens_at": moment_text(round.opens_at),
            "closes_at": moment_text(round.closes_at),
            "closed_at": moment_text(closed_at),
        },
        "method": method_of(rule),
        "rule": rule,
        "entries": [
            {
                "code": code,
                "city": city or "",
                "founded_on": founded_on.isoformat() if founded_on else "",
                "submitted_at": moment_text(submitted_at),
            }
            for code, city, founded_on, submitted_at in entries_of(round).values_list(
                "code", "city__slug", "startup__founded_on", "submitted_at"
            )
        ],
        "carried": carried_data(round),
        "decisions": [d.entries for d in TieDecision.objects.filter(round=round).order_by("pk")],
    }


def method_of(rule: dict[str, Any]) -> dict[str, Any]:
    """How the result is computed: exactly, in whole numbers and fractions, so that no library has a say in it."""
    return {"name": "exact", "decimals": rule["decimals"], "libraries": {}}


def rule_data(round: Round) -> dict[str, Any]:
    """The round's rule, numbers as text."""
    return {
        "combine": round.combine,
        "across": round.across,
        "aggregate_at": round.aggregate_at,
        "trim": str(round.trim),
        "decimals": _text(round.decimals),
        "threshold": thousandths_text(round.threshold),
        "min_scorecards": str(round.min_scorecards),
        "ties": [{"kind": link["kind"], "code": link.get("code", "")} for link in round.tie_chain],
        "cut": {
            "count": _text(round.advance_count),
            "per_city": _text(round.advance_per_city),
            "all_tied_go_on": round.all_tied_go_on,
        },
        "criteria": [
            {
                "code": criterion.code,
                "name": languages_of(criterion.name),
                "weight": thousandths_text(criterion.weight),
                "scale_min": thousandths_text(criterion.scale_min),
                "scale_max": thousandths_text(criterion.scale_max),
                "scale_step": thousandths_text(criterion.scale_step),
                "threshold": thousandths_text(criterion.threshold),
                "required": criterion.is_required,
            }
            for criterion in round.criteria.order_by("order", "pk")
        ],
    }


def carried_data(round: Round) -> list[dict[str, Any]]:
    """Earlier frozen rounds of the same edition (and city): their weight, hash and per-cent shares by entry."""
    earlier = (
        Round.objects.counted()
        .filter(edition=round.edition_id, city=round.city_id, order__lt=round.order, state__in=FROZEN)
        .order_by("order")
    )
    rows = []
    for result in Result.objects.current().filter(round__in=earlier).select_related("round").order_by("round__order"):
        standings = json.loads(result.file)["standings"]
        rows.append(
            {
                "order": str(result.round.order),
                "weight": str(result.round.weight),
                "sha256": result.sha256,
                "shares": {row["entry"]: row["share"] for row in standings if row["share"]},
            }
        )
    return rows


def _scorecards(round: Round, entries: list[str]) -> tuple[list[dict], list[dict]]:
    """(those that count, those that don't) for the entries given by code, by entry and juror code."""
    cards = (
        Scorecard.objects.filter(assignment__round=round)
        .select_related("assignment__entry", "assignment__juror")
        .prefetch_related("marks__criterion")
        .order_by("assignment__entry__code", "assignment__juror__code")
    )
    counted, not_counted = [], []
    known = set(entries)
    for card in cards:
        if card.assignment.entry.code not in known:
            continue
        who = {"entry": card.assignment.entry.code, "juror": card.assignment.juror.code}
        if card.state == ScorecardState.SUBMITTED:
            counted.append(
                {
                    **who,
                    "marks": {
                        mark.criterion.code: (
                            frozen.NOT_APPLICABLE if mark.not_applicable else thousandths_text(mark.value)
                        )
                        for mark in card.marks.all()
                    },
                }
            )
        else:
            state = "recused" if card.state == ScorecardState.RECUSED else "missing"
            not_counted.append({**who, "state": state})
    return counted, not_counted


def standings_to_write(round: Round, outcome: frozen.Outcome) -> list[Standing]:
    """Unsaved Standing rows of an outcome."""
    ids = dict(entries_of(round).values_list("code", "pk"))
    return [
        Standing(
            round=round,
            entry_id=ids[row["entry"]],
            rank=int(row["rank"]) if row["rank"] else None,
            place=int(row["place"]),
            total=row["total"],
            final=row["final"],
            scorecards=int(row["scorecards"]),
            advances=row["advances"],
            reason=row["reason"],
        )
        for row in frozen.standings_of(outcome)
    ]


def languages_of(value: LazyI18nString | dict | str) -> dict[str, str]:
    """All languages of a text by their key; a text without languages under the key “und”."""
    data = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, dict):
        return {language: text for language, text in data.items() if text}
    return {"und": data} if data else {}


def moment_text(moment: datetime | None) -> str:
    """An instant as text, in UTC to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def thousandths_text(value: int | None) -> str:
    return "" if value is None else text_of(Fraction(value, SCALE))


def _text(value: int | None) -> str:
    return "" if value is None else str(value)
