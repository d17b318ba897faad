"""The parts of a report that describe the jury and the outcome's firmness, as data: agreement, and stability.

The shortlist is what the rule lets through by number; where it names no number, the first three. Draws have a fixed seed, so
that the same file gives the same report.
"""

from collections.abc import Mapping
from typing import Any

from judging.domain import frozen, severity
from judging.domain.correction import is_corrected
from judging.domain.estimates import estimate
from judging.domain.profiles import Profile, profiles
from judging.domain.reading_rules import is_other_ballot, whole
from judging.domain.reliability import INTERVAL, Measure, agreement, alpha
from judging.domain.scenarios import Scenario, Scoring
from judging.domain.scoring import text_of
from judging.domain.sensitivity import stability

FIRST, DRAWS, SEED = 3, 1000, 1
MOST_MOVED = 10


def agreement_part(outcome: frozen.Outcome, file: Mapping[str, Any]) -> dict[str, Any]:
    """Measures over scorecards' totals, one alpha for each criterion, and each juror against the others."""
    rows = [(score.entry, juror, total) for score in outcome.scores.values() for juror, total in score.cards]
    found = agreement(rows)
    return {
        "totals": {measure.name: measure_data(measure) for measure in (*found.alphas, *found.iccs, found.w)},
        "criteria": {code: measure_data(measure) for code, measure in _by_criterion(outcome, file)},
        "jurors": [profile_data(profile) for profile in profiles(rows)],
    }


def _by_criterion(outcome: frozen.Outcome, file: Mapping[str, Any]) -> list[tuple[str, Measure]]:
    if is_other_ballot(file["rule"]):
        return []
    marks = frozen.marks_of(outcome.rule, file)
    return [
        (
            code,
            alpha(
                [
                    (entry, juror, value)
                    for entry, juror, value in zip(marks.entries, marks.jurors, column, strict=True)
                    if value is not None
                ],
                INTERVAL,
            ),
        )
        for code, column in zip(outcome.rule.codes, marks.values, strict=True)
    ]


def measure_data(measure: Measure) -> dict[str, Any]:
    data = {"entries": str(measure.entries), "jurors": str(measure.jurors), "marks": str(measure.marks)}
    if measure.value is None:
        return data | {"missing": measure.reason}
    return data | {"value": estimate(float(measure.value))}


def profile_data(profile: Profile) -> dict[str, Any]:
    return {
        "juror": profile.juror,
        "scorecards": str(profile.scorecards),
        "mean": text_of(profile.mean),
        "deviation": estimate(profile.deviation),
        "shared": str(profile.shared),
        "difference": estimate(profile.difference),
        "difference_error": estimate(profile.difference_error),
        "agreement": estimate(profile.agreement),
        "agreement_missing": profile.agreement_missing,
        "flags": list(profile.flags),
    }


def stability_part(outcome: frozen.Outcome, file: Mapping[str, Any]) -> dict[str, Any]:
    """Chances and ranges of ranks of every entry, and what would change without a juror, a criterion, with other weights."""
    if is_other_ballot(file["rule"]):
        return {"missing": "other_ballot"}
    ranked = [code for code, score in outcome.scores.items() if score.total is not None]
    if len(ranked) < 2:
        return {"missing": "too_few"}
    if outcome.uncorrected:
        return {"missing": outcome.uncorrected}
    places = min(whole(file["rule"]["cut"]["count"]) or FIRST, len(ranked) - 1)
    rule, marks = outcome.rule, frozen.marks_of(outcome.rule, file)
    codes = tuple(entry["code"] for entry in file["entries"])
    scoring = Scoring(codes, places, frozen.points_off_in(rule, file), frozenset(file.get("peers", ())))
    fit = None
    if is_corrected(rule) and rule.correction.kind == "severity" and rule.correction.decimals is not None:
        cards = severity.cards_of([score for score in outcome.scores.values() if score.total is not None])
        fit = severity.correct(cards, decimals=rule.correction.decimals, minimum=rule.correction.min_marks)
    found = stability(rule, marks, scoring, draws=DRAWS, seed=SEED, severity=fit)
    return {
        "places": str(found.places),
        "method": found.method,
        "draws": str(found.draws),
        "seed": str(found.seed),
        "entries": [
            {
                "entry": row.entry, "rank": str(row.rank), "first": estimate(row.first),
                "low": str(row.low), "middle": str(row.middle), "high": str(row.high),
            }
            for row in found.chances
        ],
        "scenarios": [scenario_data(row) for row in found.scenarios],
    }  # fmt: skip


def scenario_data(row: Scenario) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": row.kind, "code": row.code, "change": str(row.change)}
    if row.missing:
        return data | {"missing": row.missing}
    return data | {
        "winners": list(row.winners),
        "winner_changes": row.winner_changes,
        "enters": list(row.enters),
        "leaves": list(row.leaves),
        "moved": str(len(row.moved)),
        "moved_most": [[code, str(before or ""), str(after or "")] for code, before, after in row.moved[:MOST_MOVED]],
    }
