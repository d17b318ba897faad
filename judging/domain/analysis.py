"""Everything that the statistics have to say about one round's scorecards, and the same as text for a file.

Nothing here ranks: the standing follows from the rule alone (frozen.py). Draws and seed are the caller's, so that the same input
gives the same analysis.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import Any

from judging.domain.corrected import MINIMUM
from judging.domain.profiles import Profile, profiles
from judging.domain.reliability import Agreement, agreement
from judging.domain.rule import Rule
from judging.domain.scenarios import Scoring
from judging.domain.scoring import Marks, text_of
from judging.domain.sensitivity import Stability, stability
from judging.domain.severity import Severity, cards_of, correct

SEVERITY = "severity"
PLACES = 6  # decimals of a float in a file


@dataclass(frozen=True)
class CriterionAgreement:
    """How far the jury agreed on the marks of one criterion."""

    code: str
    agreement: Agreement


@dataclass(frozen=True)
class Analysis:
    """`agreement` and `jurors` look at scorecards' totals; `severity` is the fit whether or not the rule corrects by it."""

    severity: Severity
    agreement: Agreement
    criteria: tuple[CriterionAgreement, ...]
    jurors: tuple[Profile, ...]
    stability: Stability


def analyse(rule: Rule, marks: Marks, scoring: Scoring, *, draws: int, seed: int) -> Analysis:
    """Of the scorecards that count. Seconds for a thousand entries: not for a request."""
    corrects = rule.correction.kind == SEVERITY
    scores = scoring.scores(rule, marks, scoring.entries)
    cards = cards_of(scores)
    totals = list(zip(cards.entries, cards.jurors, cards.totals, strict=True))
    decimals = rule.correction.decimals if corrects else rule.decimals
    fit = correct(
        cards,
        decimals=2 if decimals is None else decimals,
        minimum=rule.correction.min_marks if corrects else MINIMUM,
    )
    known = set(scoring.entries)
    return Analysis(
        severity=fit,
        agreement=agreement(totals),
        criteria=tuple(
            CriterionAgreement(
                code,
                agreement(
                    (entry, juror, mark)
                    for entry, juror, mark in zip(marks.entries, marks.jurors, column, strict=True)
                    if mark is not None and entry in known
                ),
            )
            for code, column in zip(rule.codes, marks.values, strict=True)
        ),
        jurors=profiles(totals),
        stability=stability(rule, marks, scoring, draws=draws, seed=seed, severity=fit if corrects else None),
    )


def spelled(value: Any) -> Any:
    """Values of this room as the files spell them: numbers as text (exact ones exactly, floats to PLACES), nothing as ""."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: spelled(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): spelled(inside) for key, inside in value.items()}
    if isinstance(value, (tuple, list, set, frozenset)):
        return [spelled(inside) for inside in value]
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, float):
        return text_of(Fraction(f"{value:.{PLACES}f}"))
    return text_of(Fraction(value))
