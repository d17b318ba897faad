"""The correction between jurors that a rule declared: what ranks instead of the total.

It works on scorecards' totals, points on top included; points off are taken from the corrected result. What it gives is
rounded to the decimals that the rule declares before anything is ranked, so that equal results are ties and no float
decides.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from judging.domain.marks.scoring import Score, rounded
from judging.domain.rule.values import NO_CORRECTION, Correction, Rule
from judging.domain.statistics import rescale, severity

SEVERITY = "severity"
DECIMALS = 2  # where the rule declares none at all
Corrected = Mapping[str, Fraction | None]


class CannotCorrect(ValueError):
    """The declared correction can't be worked out from these scorecards. `why`: a code, “disconnected”, “too_few” …"""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def corrected_results(rule: Rule, scores: Sequence[Score]) -> dict[str, Fraction | None]:
    """{entry: result that ranks}, rounded as declared; None for an entry without a total.
    CannotCorrect says why not."""
    declared = rule.correction
    work = KINDS.get(declared.kind)
    if work is None or declared.decimals is None:
        raise CannotCorrect("unknown")
    return with_points_off(rule, scores, work(rule, [score for score in scores if score.total is not None]))


def with_points_off(rule: Rule, scores: Sequence[Score], found: Corrected) -> dict[str, Fraction | None]:
    """What a correction found, less each entry's points off, rounded as declared."""
    results: dict[str, Fraction | None] = {}
    for score in scores:
        value = None if score.total is None else found.get(score.entry)
        results[score.entry] = None if value is None else rounded(value - score.penalty, rule.correction.decimals)
    return results


def is_corrected(rule: Rule) -> bool:
    """Whether the rule ranks by an estimate instead of the jury's own totals."""
    return rule.correction.kind != NO_CORRECTION


def by_severity(rule: Rule, scores: Sequence[Score]) -> Corrected:
    """Each juror's severity, estimated over all their scorecards, taken out."""
    made = severity_of(rule, scores)
    if made.refused:
        raise CannotCorrect(made.refused)
    return severity.corrected_results(scores, made)


def severity_of(rule: Rule, scores: Sequence[Score]) -> severity.Severity:
    """The fit of the scores that have a total, with the least scorecards and the decimals that the rule declares for
    it. Values are those before points off."""
    declared = rule.correction
    cards = severity.cards_of([score for score in scores if score.total is not None])
    return severity.correct(cards, decimals=_decimals(declared), minimum=declared.min_marks)


def corrected_for_severity(rule: Rule) -> Rule:
    """The rule as it is if it corrects for severity; else as if it had declared that, with what it says of corrections
    beside the kind: the least scorecards of a juror, and decimals (those of the total where it names none, two where
    there are none either)."""
    declared = rule.correction
    if declared.kind == SEVERITY:
        return rule
    decimals = next((found for found in (declared.decimals, rule.decimals) if found is not None), DECIMALS)
    return replace(rule, correction=replace(declared, kind=SEVERITY, decimals=decimals))


def without_correction(rule: Rule) -> Rule:
    """The same rule, ranking by the jury's own totals."""
    return replace(rule, correction=replace(rule.correction, kind=NO_CORRECTION))


def by_rescaling(rule: Rule, scores: Sequence[Score]) -> Corrected:
    """Each juror's totals brought to one mean and spread, in the way that the kind names."""
    return rescaled_of(rule, scores).results


def rescaled_of(rule: Rule, scores: Sequence[Score]) -> rescale.Rescaled:
    """The scores rescaled as the rule declares (see `rescale`); entries without a total are left out."""
    declared = rule.correction
    return rescale.rescale(
        severity.cards_of([score for score in scores if score.total is not None]),
        method=declared.kind,
        convention=declared.deviation,
        decimals=_decimals(declared),
        minimum=declared.min_marks,
    )


def estimates_of(rule: Rule, scores: Sequence[Score]) -> list[tuple[str, float, Fraction]]:
    """(entry, what the declared correction estimates, the same rounded as declared), before points off."""
    if rule.correction.kind == SEVERITY:
        fit = severity_of(rule, scores)
        return [
            (row.entry, row.value, row.corrected)
            for row in fit.entries
            if row.value is not None and row.corrected is not None
        ]
    return [(row.entry, row.value, row.result) for row in rescaled_of(rule, scores).entries]


def _decimals(declared: Correction) -> int:
    assert declared.decimals is not None
    return declared.decimals


KINDS: dict[str, Callable[[Rule, Sequence[Score]], Corrected]] = {
    SEVERITY: by_severity,
    rescale.TO_ALL: by_rescaling,
    rescale.STRETCHED: by_rescaling,
}
