"""Everything that a result's inputs tell, as data (docs/formats/report.schema.json): standings, ties, the standing
corrected for severity, how far the jury agrees, and how stable the outcome is. A function of the file alone, the same
anywhere.

Exact numbers are text as in the frozen file. Estimates are text, too, with six decimals: what lies beyond is noise.
What can't be worked out is {"missing": code}, never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from judging.domain.marks.scoring import text_of
from judging.domain.results import frozen
from judging.domain.results.document import FiledStanding, ResultFile
from judging.domain.rule.ballots import is_other_ballot
from judging.domain.rule.stated import correction_in
from judging.domain.statistics.correction import corrected_for_severity, severity_of, without_correction
from judging.domain.statistics.edges import edges_of
from judging.domain.statistics.estimates import estimate
from judging.domain.statistics.report_parts import agreement_part, stability_part
from judging.domain.statistics.scenarios import is_correctable
from judging.domain.statistics.severity import Severity
from judging.domain.statistics.told import (
    AgreementTold,
    CorrectedTold,
    JuryPart,
    SeverityTold,
    StabilityTold,
    StatisticsTold,
)
from judging.domain.ties.chain import TieTrace
from toolkit.typed_data import as_data

__all__ = ["correction_of", "edges_of", "report_of", "severity_part", "statistics_of"]

FORMAT, VERSION = "passerelle.report", 2


@dataclass(frozen=True, kw_only=True)
class Report:
    """The whole of it. `round` names the round, `declared` is the kind of correction that its rule declares, and
    `uncorrected` why it could not be worked out, if so."""

    format: str = FORMAT
    version: int = VERSION
    round: Mapping[str, object]
    declared: str
    uncorrected: str
    standings: tuple[FiledStanding, ...]
    ties: tuple[TieTrace, ...]
    open_ties: tuple[tuple[str, ...], ...]
    severity: SeverityTold
    agreement: AgreementTold
    stability: StabilityTold

    def as_data(self) -> object:
        """As the file holds it."""
        return as_data(self)


def report_of(file: ResultFile) -> Report:
    """The report on a file with its defaults (judging.domain.results.format).
    Seconds for hundreds of entries, so: in a task."""
    outcome = frozen.compute(file)
    return Report(
        round={name: getattr(file.round, name) for name in ("edition", "city", "order", "name", "closed_at")},
        declared=correction_of(file),
        uncorrected=outcome.uncorrected,
        standings=frozen.standings_of(outcome),
        ties=outcome.ranking.ties,
        open_ties=outcome.open_ties,
        **statistics_of(outcome, file),
    )


def statistics_of(outcome: frozen.Outcome, file: ResultFile) -> StatisticsTold:
    """What describes the jury and the outcome, and ranks nothing."""
    return {
        "severity": severity_part(outcome, file),
        "agreement": agreement_part(outcome, file),
        "stability": stability_part(outcome, file),
    }


def correction_of(file: ResultFile) -> str:
    """The kind of correction that the file's rule declares, “none” without one."""
    return correction_in(file.rule)


def severity_part(outcome: frozen.Outcome, file: ResultFile) -> SeverityTold:
    """The standing corrected for severity beside the one by totals as given, whether or not the rule declared it.
    Whichever of the two the rule declared is the standing itself; the other is settled in the same way."""
    if is_other_ballot(file.rule):
        return {"missing": "other_ballot"}
    rule, scores = outcome.rule, list(outcome.scores.values())
    if not any(score.total is not None for score in scores):
        return {"missing": "too_few"}
    corrects = corrected_for_severity(rule)
    found = severity_of(corrects, scores)
    if found.refused:
        parts: list[JuryPart] = [{"entries": list(part.entries), "jurors": list(part.jurors)} for part in found.parts]
        return {"missing": found.refused, "parts": parts}
    terms = frozen.terms_of(file)
    raw, corrected = (
        outcome if rule == other else frozen.settle(terms, other, scores)
        for other in (without_correction(rule), corrects)
    )
    return {
        "decimals": str(found.decimals),
        "minimum": str(found.minimum),
        "carries": bool(terms.earlier),
        "declarable": is_correctable(rule),
        "entries": _entries(raw, corrected, found),
        "jurors": [
            {
                "juror": row.juror,
                "scorecards": str(row.scorecards),
                "estimated": row.estimated,
                "effect": estimate(row.effect),
                "error": estimate(row.error),
            }
            for row in found.jurors
        ],
        "variances": {"missing": found.variances_missing} if found.variances is None else {
            name: estimate(getattr(found.variances, name)) for name in ("entries", "jurors", "rest", "mean",
                "mean_error")
        },
    }  # fmt: skip


def _entries(raw: frozen.Outcome, corrected: frozen.Outcome, found: Severity) -> list[CorrectedTold]:
    """Best first as corrected. Results of this round, points off taken; ranks as each of the two standings has them."""
    before, after = ({place.entry: place for place in outcome.ranking.places} for outcome in (raw, corrected))
    rows = [row for row in found.entries if after[row.entry].rank is not None and before[row.entry].rank is not None]
    return [
        {
            "entry": row.entry,
            "raw": text_of(raw.scores[row.entry].ranking),
            "corrected": text_of(corrected.corrected[row.entry]),
            "error": estimate(row.error),
            "rank_raw": str(before[row.entry].rank),
            "rank_corrected": str(after[row.entry].rank),
            "near_edge": row.near_edge,
        }
        for row in sorted(rows, key=lambda row: after[row.entry].place)
    ]
