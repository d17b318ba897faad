"""Where a declared rounding hangs on next to nothing.

An exact value may lie right on an edge: then “half away from zero” decides, the same everywhere. An estimate near one
could round otherwise with another version of a library. Every rounding that the rule declares is looked at: of criteria
and groups, of the total and the total that ranks, of what a correction estimates and of what is left of it after points
off, of strengths from duels, and of the result carried over rounds.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from judging.domain.marks.scoring import text_of
from judging.domain.results import frozen
from judging.domain.results.document import ResultFile
from judging.domain.rule.ballots import ballot_of
from judging.domain.statistics.correction import estimates_of, is_corrected
from judging.domain.statistics.decimals import near_edge

TOLERANCE = Fraction(1, 10**9)
Value = Fraction | float
Found = Iterator[tuple[str, Value | None, int | None]]  # (entry, value before rounding, decimals declared)


def edges_of(file: ResultFile) -> list[tuple[str, str]]:
    """(entry, value before rounding) where the declared rounding hangs on less than TOLERANCE;
    by entry, each value once."""
    outcome = frozen.compute(file)
    values = [*_of_scores(outcome, file), *_of_corrections(outcome), *_of_results(outcome, file)]
    found = {(entry, _said(value)) for entry, value, decimals in values if _is_edge(value, decimals)}
    return sorted(found)


def _of_scores(outcome: frozen.Outcome, file: ResultFile) -> Found:
    rule = outcome.rule
    ballot = ballot_of(file.rule)
    if ballot.is_estimate:
        for entry, value in ballot.estimates(file).items():
            yield entry, value, rule.decimals
        return
    unrounded = replace(rule, decimals=None) if rule.ranks_otherwise else rule
    for entry, score in outcome.scores.items():
        yield entry, score.exact, rule.decimals
    if rule.ranks_otherwise and rule.decimals is not None:
        for score in frozen.scores_of(unrounded, file):
            yield score.entry, score.ranking, rule.decimals
    if rule.decimals_criterion is not None:
        for score in frozen.scores_of(replace(rule, decimals_criterion=None), file):
            for part in score.criteria:
                yield score.entry, part, rule.decimals_criterion
    if rule.decimals_group is not None:
        for score in frozen.scores_of(replace(rule, decimals_group=None), file):
            for part in score.groups:
                yield score.entry, part, rule.decimals_group


PARTS = {"criteria": "criterion", "groups": "group"}


def _of_corrections(outcome: frozen.Outcome) -> Found:
    """The estimate, and what is left after points off."""
    rule, scores = outcome.rule, list(outcome.scores.values())
    if not is_corrected(rule) or not outcome.corrected:
        return
    for row in estimates_of(rule, scores):
        yield row.entry, row.value, rule.correction.decimals
        yield row.entry, row.result - outcome.scores[row.entry].penalty, rule.correction.decimals


def _of_results(outcome: frozen.Outcome, file: ResultFile) -> Found:
    """Carried over rounds: the same scores settled without rounding that."""
    rule, terms = outcome.rule, frozen.terms_of(file)
    decimals = rule.decimals if rule.final_decimals is None else rule.final_decimals
    if not terms.earlier or decimals is None:
        return
    exact = replace(rule, decimals=None, final_decimals=None)
    again = frozen.settle(terms, exact, list(outcome.scores.values()), outcome.corrected or None)
    for entry, value in again.results.items():
        yield entry, value, decimals


def _is_edge(value: Value | None, decimals: int | None) -> bool:
    if value is None or decimals is None:
        return False
    if isinstance(value, float):
        return near_edge(value, decimals, float(TOLERANCE))
    beyond = abs(value) * 10**decimals
    found: bool = abs(beyond - int(beyond) - Fraction(1, 2)) <= TOLERANCE * 10**decimals
    return found


def _said(value: Value | None) -> str:
    return f"{value:.12g}" if isinstance(value, float) else text_of(value)
