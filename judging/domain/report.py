"""Everything that a result's inputs tell, as data (docs/formats/report.schema.json): standings, ties, the standing corrected for
severity, how far the jury agrees, and how stable the outcome is. A function of the file alone, the same anywhere.

Exact numbers are text as in the frozen file. Estimates are text, too, with six decimals: what lies beyond is noise. What can't
be worked out is {"missing": code}, never 0.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from judging.domain import frozen
from judging.domain.estimates import estimate
from judging.domain.report_statistics import agreement_part, stability_part
from judging.domain.scoring import text_of
from judging.domain.severity import Severity, cards_of, correct

FORMAT, VERSION = "passerelle.report", 1
DECIMALS = 2  # of corrected standings, where the rule declares none


def report_of(file: Mapping[str, Any]) -> dict[str, Any]:
    """The report on a file with its defaults (judging.domain.result_format). Seconds for hundreds of entries, so: in a task."""
    outcome = frozen.compute(file)
    return {
        "format": FORMAT,
        "version": VERSION,
        "round": {key: file["round"][key] for key in ("edition", "city", "order", "name", "closed_at")},
        "declared": correction_of(file),
        "uncorrected": outcome.uncorrected,
        "standings": frozen.standings_of(outcome),
        "ties": frozen.freeze({}, outcome)["ties"],
        "open_ties": [list(tie) for tie in outcome.open_ties],
        **statistics_of(outcome, file),
    }


def statistics_of(outcome: frozen.Outcome, file: Mapping[str, Any]) -> dict[str, Any]:
    """What describes the jury and the outcome, and ranks nothing."""
    return {
        "severity": severity_part(outcome, file),
        "agreement": agreement_part(outcome, file),
        "stability": stability_part(outcome, file),
    }


def correction_of(file: Mapping[str, Any]) -> str:
    return (file["rule"].get("correction") or {}).get("kind", "none")


def severity_part(outcome: frozen.Outcome, file: Mapping[str, Any]) -> dict[str, Any]:
    """The standing corrected for severity beside the raw one, whether or not the rule declared it."""
    scores = [score for score in outcome.scores.values() if score.total is not None]
    cards = cards_of(scores)
    if not cards.totals:
        return {"missing": "too_few"}
    declared = file["rule"].get("correction") or {}
    decimals = int(declared.get("decimals") or file["rule"]["decimals"] or DECIMALS)
    found = correct(cards, decimals=decimals)
    if found.refused:
        parts = [{"entries": list(part.entries), "jurors": list(part.jurors)} for part in found.parts]
        return {"missing": found.refused, "parts": parts}
    return {
        "decimals": str(decimals),
        "minimum": str(found.minimum),
        "entries": _entries(outcome, found),
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
            name: estimate(getattr(found.variances, name)) for name in ("entries", "jurors", "rest", "mean", "mean_error")
        },
    }  # fmt: skip


def _entries(outcome: frozen.Outcome, found: Severity) -> list[dict[str, Any]]:
    """Best first as corrected; ranks of the round's own totals, as if nothing were carried."""
    raw = {code: score.total for code, score in outcome.scores.items()}
    corrected = {code: value for code, value in found.corrected.items() if raw.get(code) is not None}
    before, after = ranks_of(raw), ranks_of(corrected)
    rows = [row for row in found.entries if after.get(row.entry) is not None]
    return [
        {
            "entry": row.entry,
            "raw": text_of(raw[row.entry]),
            "corrected": text_of(row.corrected),
            "error": estimate(row.error),
            "rank_raw": str(before[row.entry]),
            "rank_corrected": str(after[row.entry]),
            "near_edge": row.near_edge,
        }
        for row in sorted(rows, key=lambda row: (after[row.entry], row.entry))
    ]


def ranks_of(values: Mapping[str, Fraction | None]) -> dict[str, int]:
    """Ranks 1, 1, 3 by value, the highest first; nothing for None."""
    ordered = sorted((value for value in values.values() if value is not None), reverse=True)
    first: dict[Fraction, int] = {}
    for rank, value in enumerate(ordered, 1):
        first.setdefault(value, rank)
    return {code: first[value] for code, value in values.items() if value is not None}


def edges_of(file: Mapping[str, Any], tolerance: Fraction = Fraction(1, 10**9)) -> list[tuple[str, str]]:
    """(entry, value before rounding) where the declared rounding hangs on less than `tolerance`.

    An exact value may lie right on the edge: then “half away from zero” decides, the same everywhere. An estimate near one
    could round otherwise with another version of a library.
    """
    outcome = frozen.compute(file)
    if correction_of(file) == "severity" and outcome.corrected:
        rows = severity_part(outcome, file).get("entries", [])
        return [(row["entry"], row["corrected"]) for row in rows if row["near_edge"]]
    decimals = outcome.rule.decimals
    if decimals is None:
        return []
    found = []
    for code, score in sorted(outcome.scores.items()):
        if score.exact is None:
            continue
        beyond = abs(score.exact) * 10**decimals
        if abs(beyond - int(beyond) - Fraction(1, 2)) <= tolerance * 10**decimals:
            found.append((code, text_of(score.exact)))
    return found
