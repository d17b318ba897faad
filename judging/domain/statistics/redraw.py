"""A round settled for many juries at once, from columns, where that gives the very
standing that judging.domain.statistics.replay gives.

It does where a result is the mean of scorecards' totals and results alone, with the chain for equal ones, say who goes
on: no thresholds, no earlier rounds, no rooms of cities and categories, no wild cards, no fellow applicants, no
correction. Results come from judging.domain.marks.columns; equal ones are told apart by
judging.domain.results.ranking, for which
alone scores are made.
"""

from dataclasses import dataclass
from math import lcm
from typing import Any

from judging.domain.marks.columns import FITS, Results, Totals, rank_totals
from judging.domain.marks.scoring import NOTHING, Score
from judging.domain.results.ranking import groups_of
from judging.domain.statistics.correction import is_corrected
from judging.domain.statistics.replay import Replay, Standing
from judging.domain.ties.chain import computed


@dataclass(frozen=True)
class Redraw:
    """`juror[n]` is the place of scorecard n's juror in `round.jurors`;
    `own` are the real results, `ranked` who has one."""

    round: Replay
    totals: Totals
    juror: Any
    own: Results
    ranked: Any

    def standing(self, often: Any) -> Standing:
        """With a jury in which juror number n sits `often[n]` times (an array of integers)."""
        import numpy as np

        found = rank_totals(self.round.rule, self.totals, often[self.juror])
        missing = found.denominators == 0  # an entry that the draw leaves without a result keeps its own
        results = Results(
            np.where(missing, self.own.numerators, found.numerators),
            np.where(self.ranked, np.where(missing, self.own.denominators, found.denominators), 0),
        )
        equal = dict(zip(self.round.entries, results.ranks.tolist(), strict=True))
        on = self.round.shortlisting.cut.count or 0
        ranks, ahead = self._told_apart(results, often) if self._tells_apart(equal) else (equal, equal)
        inside = equal if self.round.shortlisting.cut.all_tied_go_on else ahead
        return Standing(
            {entry: ranks[entry] or None for entry in equal},
            frozenset(entry for entry, rank in inside.items() if 0 < rank <= on),
        )

    def _tells_apart(self, ranks: dict[str, int]) -> bool:
        """Whether two results are equal and the rule, or a person, has something to say of that."""
        terms = self.round.terms
        says = bool(terms.decisions) or bool(computed(terms.chain))
        return says and len(set(ranks.values()) - {0}) < int(self.ranked.sum())

    def _told_apart(self, results: Results, often: Any) -> tuple[dict[str, int], dict[str, int]]:
        """(ranks, for each entry one more than stand before its group): 0 for an entry without a result."""
        rule, terms, entries = self.round.rule, self.round.terms, self.round.entries
        keys = {e: k if has else None for e, k, has in zip(entries, results.keys.tolist(), self.ranked, strict=True)}
        groups, _ties = groups_of(
            keys, rule=rule, chain=terms.chain, scores=_Drawn(self.round, often), facts=terms.facts,
            decisions=terms.decisions
        )  # fmt: skip
        ranks, ahead, before = dict.fromkeys(entries, 0), dict.fromkeys(entries, 0), 0
        shown = rule.semantics.ranks([(value, len(group)) for value, group in groups])
        for rank, (_value, group) in zip(shown, groups, strict=True):
            ranks.update(dict.fromkeys(group, rank))
            ahead.update(dict.fromkeys(group, before + 1))
            before += len(group)
        return ranks, ahead


class _Drawn(dict[str, Score]):
    """The scores of a draw, each made when it is asked for."""

    def __init__(self, round: Replay, often: Any) -> None:
        super().__init__()
        self.round, self.often = round, dict(zip(round.jurors, often.tolist(), strict=True))
        self.real = {score.entry: score for score in round.scores}

    def __missing__(self, entry: str) -> Score:
        self[entry] = self.round.drawn_score(self.real[entry], self.often)
        return self[entry]


def redraw_of(round: Replay) -> Redraw | None:
    """None where the round has to be settled by replay."""
    import numpy as np

    if not _is_by_results_alone(round):
        return None
    place = {juror: n for n, juror in enumerate(round.jurors)}
    off = [round.penalties.get(score.entry, NOTHING) for score in round.scores]  # of each total, and so of their mean
    cards = [(n, place[juror], total - off[n]) for n, score in enumerate(round.scores) for juror, total in score.cards]
    unit = lcm(*(total.denominator for _entry, _juror, total in cards))
    points = [total.numerator * (unit // total.denominator) for _entry, _juror, total in cards]
    wide = np.int64 if max(map(abs, points), default=0) < FITS else object
    entry = np.array([entry for entry, _juror, _total in cards], dtype=np.int64)
    totals = Totals(entry, np.array(points, dtype=wide), unit, len(round.entries))
    ranked = np.array([score.total is not None for score in round.scores], dtype=bool)
    juror = np.array([juror for _entry, juror, _total in cards], dtype=np.int64)
    return Redraw(round, totals, juror, rank_totals(round.rule, totals), ranked)


def _is_by_results_alone(round: Replay) -> bool:
    rule, terms, cut = round.rule, round.terms, round.shortlisting.cut
    thresholds = (rule.threshold, *rule.criterion_thresholds, *(group.threshold for group in rule.groups))
    means = rule.takes_mean and rule.of_totals and not rule.ranks_otherwise
    return (
        round.marks is not None
        and means
        and not is_corrected(rule)
        and all(threshold is None for threshold in thresholds)
        and not (round.peers or rule.min_peer_scorecards or terms.earlier or terms.verdicts)
        and cut.count is not None
        and cut.per_city is None
        and cut.per_category is None
    )
