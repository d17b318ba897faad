"""The parts of a report that describe the jury and the outcome's firmness, as data: agreement, and stability.

Draws have a fixed seed, so that the same file gives the same report.
"""

from judging.domain.marks.scoring import text_of
from judging.domain.results import frozen
from judging.domain.results.document import ResultFile
from judging.domain.rule.ballots import is_other_ballot
from judging.domain.statistics.estimates import estimate
from judging.domain.statistics.profiles import Profile, profiles
from judging.domain.statistics.reliability import INTERVAL, Measure, agreement, alpha
from judging.domain.statistics.replay import replay_of
from judging.domain.statistics.scenarios import Scenario
from judging.domain.statistics.sensitivity import draws_for, stability
from judging.domain.statistics.told import AgreementTold, MeasureTold, ProfileTold, ScenarioTold, StabilityTold

SEED = 1
MOST_MOVED = 10


def agreement_part(outcome: frozen.Outcome, file: ResultFile) -> AgreementTold:
    """Measures over scorecards' totals, one alpha for each criterion, and each juror against the others."""
    rows = [(score.entry, juror, total) for score in outcome.scores.values() for juror, total in score.cards]
    found = agreement(rows)
    return {
        "totals": {measure.name: measure_data(measure) for measure in (*found.alphas, *found.iccs, found.w)},
        "criteria": {code: measure_data(measure) for code, measure in _by_criterion(outcome, file)},
        "jurors": [profile_data(profile) for profile in profiles(rows)],
    }


def _by_criterion(outcome: frozen.Outcome, file: ResultFile) -> list[tuple[str, Measure]]:
    if is_other_ballot(file.rule):
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


def measure_data(measure: Measure) -> MeasureTold:
    """A measure as the report's file has it: counts as text, the value as an estimate, or why there is none."""
    data: MeasureTold = {"entries": str(measure.entries), "jurors": str(measure.jurors), "marks": str(measure.marks)}
    if measure.value is None:
        return {**data, "missing": measure.reason}
    return {**data, "value": estimate(float(measure.value))}


def profile_data(profile: Profile) -> ProfileTold:
    """A juror's profile as the report's file has it: the mean exact, what is estimated rounded."""
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


def stability_part(outcome: frozen.Outcome, file: ResultFile) -> StabilityTold:
    """Chances and ranges of ranks of every entry, and what would change without a juror, a criterion,
    with other weights."""
    ranked = sum(score.total is not None for score in outcome.scores.values())
    if ranked < 2:
        return {"missing": "too_few"}
    if outcome.uncorrected:
        return {"missing": outcome.uncorrected}
    found = stability(replay_of(file), draws=draws_for(ranked), seed=SEED)
    return {
        "places": str(found.places),
        "by_cut": found.by_cut,
        "method": found.method,
        "draws": str(found.draws),
        "seed": str(found.seed),
        "entries": [
            {
                "entry": row.entry, "rank": str(row.rank), "first": estimate(row.first),
                "low": str(row.low), "middle": str(row.middle), "high": str(row.high),
                "goes_on": row.goes_on,
            }
            for row in found.chances
        ],
        "scenarios": [scenario_data(row) for row in found.scenarios],
    }  # fmt: skip


def scenario_data(row: Scenario) -> ScenarioTold:
    """What a scenario would change, as the report's file has it; of the entries that move only those that move most."""
    data: ScenarioTold = {"kind": row.kind, "code": row.code, "change": str(row.change)}
    if row.missing:
        return {**data, "missing": row.missing}
    return {
        **data,
        "winners": list(row.winners),
        "winner_changes": row.winner_changes,
        "enters": list(row.enters),
        "leaves": list(row.leaves),
        "moved": str(len(row.moved)),
        "lowered": list(row.lowered),
        "moved_most": [[code, str(before or ""), str(after or "")] for code, before, after in row.moved[:MOST_MOVED]],
    }
