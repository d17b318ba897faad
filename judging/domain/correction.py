"""The correction between jurors that a rule declared: what ranks instead of the total.

It works on scorecards' totals, points on top included; points off are taken from the corrected result. What it gives is
rounded to the decimals that the rule declares before anything is ranked, so that equal results are ties and no float decides.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from judging.domain import rescale, severity
from judging.domain.rule import NO_CORRECTION, Correction, Rule
from judging.domain.scoring import Score, rounded

Corrected = Mapping[str, Fraction | None]


class CannotCorrect(ValueError):
    """The declared correction can't be worked out from these scorecards. `why`: a code, “disconnected”, “too_few” …"""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


def corrected_results(rule: Rule, scores: Sequence[Score]) -> dict[str, Fraction | None]:
    """{entry: result that ranks}, rounded as declared; None for an entry without a total. CannotCorrect says why not."""
    declared = rule.correction
    work = KINDS.get(declared.kind)
    if work is None or declared.decimals is None:
        raise CannotCorrect("unknown")
    found = work(rule, [score for score in scores if score.total is not None])
    results: dict[str, Fraction | None] = {}
    for score in scores:
        value = None if score.total is None else found.get(score.entry)
        results[score.entry] = None if value is None else rounded(value - score.penalty, declared.decimals)
    return results


def is_corrected(rule: Rule) -> bool:
    return rule.correction.kind != NO_CORRECTION


def by_severity(rule: Rule, scores: Sequence[Score]) -> Corrected:
    """Each juror's severity, estimated over all their scorecards, taken out."""
    declared = rule.correction
    made = severity.correct(severity.cards_of(scores), decimals=_decimals(declared), minimum=declared.min_marks)
    if made.refused:
        raise CannotCorrect(made.refused)
    return severity.corrected_results(scores, made)


def by_rescaling(rule: Rule, scores: Sequence[Score]) -> Corrected:
    """Each juror's totals brought to one mean and spread, in the way that the kind names."""
    declared = rule.correction
    return rescale.rescale(
        severity.cards_of(scores),
        method=declared.kind,
        convention=declared.deviation,
        decimals=_decimals(declared),
        minimum=declared.min_marks,
    ).results


def _decimals(declared: Correction) -> int:
    assert declared.decimals is not None
    return declared.decimals


KINDS: dict[str, Callable[[Rule, Sequence[Score]], Corrected]] = {
    "severity": by_severity,
    rescale.TO_ALL: by_rescaling,
    rescale.STRETCHED: by_rescaling,
}
