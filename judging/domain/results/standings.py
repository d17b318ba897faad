"""The standings of a file alone, of any size: from columns where nothing but the results decides the ranks, else as a
round is closed. Both say the same; columns need a seventh of the processor time and hold no scorecard as an object.
"""

from typing import NamedTuple

from judging.domain.marks.columns import Results, is_plain, rank_columns
from judging.domain.numbers import text_of
from judging.domain.results import frozen
from judging.domain.results.format import BadResult, read_results
from judging.domain.results.reading_columns import Large, read_large
from judging.domain.rule.ballots import is_other_ballot
from judging.domain.statistics.correction import is_corrected


class Ranked(NamedTuple):
    """Of a row of a result's standings (judging.domain.results.document) what ranking is about."""

    rank: str
    entry: str
    final: str
    scorecards: str


Rows = list[Ranked]


def standings_in(content: bytes) -> list[Rows]:
    """The standings of every result in a file, in its order: rank, entry, final and scorecards, as a result's file
    spells them. Raises BadResult."""
    try:
        large = read_large(content)
    except BadResult:
        large = None  # an edition, marks finer than columns hold, or a mistake: the usual reader tells its place
    if large is not None and (rows := from_columns(large)) is not None:
        return [rows]
    return [
        [Ranked(row.rank, row.entry, row.final, row.scorecards) for row in frozen.standings_of(frozen.compute(file))]
        for file in read_results(content)
    ]


def from_columns(large: Large) -> Rows | None:
    """The standings, if marks alone make the ranks; None where the rule or the file asks more than columns know."""
    head, rule = large.head, large.rule
    more = large.peers or is_other_ballot(head.rule) or head.penalties or head.counting or is_corrected(rule)
    if more or not is_plain(rule, large.columns):
        return None
    results = rank_columns(rule, large.columns)
    ranked = results.ranks[results.ranks > 0].tolist()
    if (head.rule.ties or head.decisions) and len(set(ranked)) < len(ranked):
        return None  # equal results, and something said of how they are told apart
    return _rows(large, results)


def _rows(large: Large, results: Results) -> Rows:
    """Best first, equal ones by code; those without a result last, by code."""
    import numpy as np

    codes, ranks = large.entries, results.ranks.tolist()
    cards = np.bincount(large.columns.entry, minlength=len(codes)).tolist()
    order = sorted(range(len(codes)), key=lambda n: (ranks[n] == 0, ranks[n], codes[n]))
    return [Ranked(str(ranks[n] or ""), codes[n], text_of(results.result(n)), str(cards[n])) for n in order]
