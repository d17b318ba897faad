"""Ranked lists and duels of a frozen file → the scores that the ranking takes: what marks would have been made into.

Of a list, a scorecard's total is what that list gave the entry (points, or positional points in per cent, also where
Copeland's method makes the result); of duels, the share of the juror's own duels that the entry won. So ties settled by
the highest, the lowest or the middle scorecard mean the same as for marks, and an entry needs as many of them as the
rule says, the jury's and fellow applicants' counted apart.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction

from judging.domain.ballots.duels import Duel, chances_in_per_cent, strengths_in_per_cent, strengths_of
from judging.domain.ballots.ranked_lists import RankedList, rank_lists
from judging.domain.marks.scoring import Rule, Score, rounded
from judging.domain.results.document import Pair, ResultFile
from judging.domain.rule.ballots import ballot_of
from judging.domain.rule.stated import StatedRule


def scores_of_ballots(rule: Rule, data: StatedRule, inputs: ResultFile) -> list[Score]:
    """The score of every entry. `data` is the rule as the file spells it, `inputs` the file, with `lists` or `duels`.

    ValueError for a ballot that is not known, and what the ballot itself raises.
    """
    peers = frozenset(inputs.peers or ()) if rule.semantics.peers_apart else frozenset()
    return ballot_of(data).scores(rule, replace(inputs, rule=data), peers)


def lists_in(inputs: ResultFile) -> list[RankedList]:
    """The ranked lists of a file."""
    return [RankedList(row["juror"], frozenset(row["asked"]), tuple(row["order"])) for row in inputs.lists or ()]


def scores_of_lists(rule: Rule, inputs: ResultFile, peers: Collection[str]) -> list[Score]:
    """Counted as the rule declares. BadRanking for a list that is none."""
    how, entries = inputs.rule.ranked, inputs.codes
    points = [int(text) for text in how.points]
    results = rank_lists(lists_in(inputs), entries, method=how.counting, points=points)
    return [score_of_cards(rule, entry, results[entry].earned, results[entry].total, peers) for entry in entries]


def scores_of_duels(rule: Rule, inputs: ResultFile, peers: Collection[str]) -> list[Score]:
    """ValueError without declared decimals: the result is an estimate, and is rounded before it ranks."""
    if rule.decimals is None:
        raise ValueError("duels need declared decimals")
    duels, entries = _duels(inputs.duels or ()), inputs.codes
    totals = strengths_in_per_cent(strengths_of(entries, duels), rule.decimals)
    fought: dict[str, dict[str, list[Fraction]]] = {entry: {} for entry in entries}
    for duel in duels:
        for entry in (duel.first, duel.second):
            won = Fraction(1, 2) if not duel.winner else Fraction(duel.winner == entry)
            fought[entry].setdefault(duel.juror, []).append(won)
    scores = []
    for entry in entries:
        cards = tuple((juror, 100 * sum(won, Fraction(0)) / len(won)) for juror, won in sorted(fought[entry].items()))
        scores.append(score_of_cards(rule, entry, cards, totals[entry], peers))
    return scores


def strengths_in(inputs: ResultFile) -> dict[str, float]:
    """Of a file with duels: every entry's result in per cent as it was estimated, before rounding."""
    return chances_in_per_cent(strengths_of(inputs.codes, _duels(inputs.duels or ())))


def _duels(rows: Sequence[Pair]) -> list[Duel]:
    return [Duel(row["juror"], row["first"], row["second"], row["winner"]) for row in rows]


def score_of_cards(
    rule: Rule, entry: str, cards: tuple[tuple[str, Fraction], ...], total: Fraction | None, peers: Collection[str]
) -> Score:
    """An entry's score from what each juror's ballot gave it, by juror, and from its total: None without enough of
    them, else rounded as the rule declares. `peers` are the fellow applicants whose ballots are counted apart."""
    by_peers = sum(juror in peers for juror, _total in cards)
    enough = len(cards) - by_peers >= max(rule.min_scorecards, 1)
    if rule.semantics.peers_apart:
        enough = enough and by_peers >= rule.min_peer_scorecards
    exact = total if enough else None
    shown = None if exact is None else rounded(exact, rule.decimals)
    return Score(
        entry=entry, cards=cards, criteria=(), exact=exact, total=shown, ranking=shown, best=rule.best,
        ranking_best=rule.ranking_best, peers=by_peers,
    )  # fmt: skip
