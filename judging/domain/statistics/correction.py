"""The correction between jurors that a rule declared: what ranks instead of the total.

It works on scorecards' totals, points on top included; points off are taken from the corrected result. What it gives is
rounded to the decimals that the rule declares before anything is ranked, so that equal results are ties and no float
decides.

The corrections are kinds (judging.rounds.kinds.correcting, one module each); what is computed here knows them by their
code alone, from the mapping that `know_corrections` was given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

from judging.domain.marks.scoring import Score, rounded
from judging.domain.rule.stated import StatedRule
from judging.domain.rule.values import NO_CORRECTION, Rule
from judging.domain.statistics import rescale, severity
from toolkit.families import Family

SEVERITY = "severity"  # the one that statistics show beside every standing
DECIMALS = 2  # where the rule declares none at all
Corrected = Mapping[str, Fraction | None]


class CannotCorrect(ValueError):
    """The declared correction can't be worked out from these scorecards. `why`: a code, “disconnected”, “too_few” …"""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Estimate:
    """What a correction makes of an entry before points off: `value`, and `result`, the same rounded as declared;
    `error` is its standard error where the correction tells one."""

    entry: str
    value: float
    result: Fraction
    error: float | None = None


class CorrectionKind(Protocol):
    """A correction, or none, see judging.rounds.kinds.correcting. Pure."""

    @property
    def corrects(self) -> bool: ...

    @property
    def has_errors(self) -> bool: ...

    def estimates(self, rule: Rule, scores: Sequence[Score]) -> Sequence[Estimate]: ...

    def faults_in(self, rule: StatedRule) -> Sequence[tuple[str, str]]: ...


_family: Family[CorrectionKind] = Family()
know_corrections, corrections_known = _family.know, _family.known


def corrected_results(rule: Rule, scores: Sequence[Score]) -> dict[str, Fraction | None]:
    """{entry: result that ranks}, rounded as declared; None for an entry without a total.
    CannotCorrect says why not; what the mapping of corrections raises for one that is not known."""
    return with_points_off(rule, scores, {row.entry: row.result for row in estimates_of(rule, scores)})


def estimates_of(rule: Rule, scores: Sequence[Score]) -> Sequence[Estimate]:
    """What the declared correction makes of the entries that have a total. Raises CannotCorrect."""
    if rule.correction.decimals is None:
        raise CannotCorrect("unknown")
    declared = corrections_known()[rule.correction.kind]
    return declared.estimates(rule, [score for score in scores if score.total is not None])


def with_points_off(rule: Rule, scores: Sequence[Score], found: Corrected) -> dict[str, Fraction | None]:
    """What a correction found, less each entry's points off, rounded as declared."""
    results: dict[str, Fraction | None] = {}
    for score in scores:
        value = None if score.total is None else found.get(score.entry)
        results[score.entry] = None if value is None else rounded(value - score.penalty, rule.correction.decimals)
    return results


def is_corrected(rule: Rule) -> bool:
    """Whether the rule ranks by an estimate instead of the jury's own totals."""
    return corrections_known()[rule.correction.kind].corrects


def severity_of(rule: Rule, scores: Sequence[Score]) -> severity.Severity:
    """The fit of the scores that have a total, with the least scorecards and the decimals that the rule declares for
    it. Values are those before points off."""
    cards = severity.cards_of([score for score in scores if score.total is not None])
    return severity.correct(cards, decimals=_decimals(rule), minimum=rule.correction.min_marks)


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


def rescaled(rule: Rule, scores: Sequence[Score], values: Callable[[rescale.Means], rescale.Values]) -> list[Estimate]:
    """Each juror's totals brought to one mean and spread, with the standard deviation, the decimals and the least
    scorecards that the rule declares; `values` as judging.domain.statistics.rescale takes them."""
    found = rescale.rescale(
        severity.cards_of(scores),
        values=values,
        convention=rule.correction.deviation,
        decimals=_decimals(rule),
        minimum=rule.correction.min_marks,
    )
    return [Estimate(row.entry, row.value, row.result) for row in found.entries]


def _decimals(rule: Rule) -> int:
    assert rule.correction.decimals is not None
    return rule.correction.decimals
