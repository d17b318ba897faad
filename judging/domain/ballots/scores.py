"""Ranked lists and duels of a frozen file → the scores that the ranking takes: what marks would have been made into.

Of a list, a scorecard's total is what that list gave the entry (points, or positional points in per cent, also where
Copeland's method makes the result); of duels, the share of the juror's own duels that the entry won. So ties settled by
the highest, the lowest or the middle scorecard mean the same as for marks, and an entry needs as many of them as the
rule says, the jury's and fellow applicants' counted apart.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from judging.domain.ballots.duels import Duel, chances_in_per_cent, strengths_in_per_cent, strengths_of
from judging.domain.ballots.ranked_lists import RankedList, rank_lists
from judging.domain.marks.scoring import Rule, Score, rounded

RANKING, DUELS = "ranking", "duels"


def scores_of_ballots(rule: Rule, data: Mapping[str, Any], inputs: Mapping[str, Any]) -> list[Score]:
    """The score of every entry. `data` is the rule as the file spells it, `inputs` the file, with `lists` or `duels`.

    Raises ValueError for a ballot that is not known, for a list that is none (see judging.domain.ballots.ranked_lists),
    and for duels without declared decimals: their result is an estimate, and is rounded before it ranks.
    """
    entries = [entry["code"] for entry in inputs["entries"]]
    peers = frozenset(inputs.get("peers", ())) if rule.semantics.peers_apart else frozenset()
    if data["ballot"] == RANKING:
        return _of_lists(rule, data["lists"], entries, inputs["lists"], peers)
    if data["ballot"] == DUELS:
        return _of_duels(rule, entries, inputs["duels"], peers)
    raise ValueError(f"{data['ballot']} is no ballot")


def _of_lists(
    rule: Rule,
    how: Mapping[str, Any],
    entries: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    peers: Collection[str],
) -> list[Score]:
    lists = [RankedList(row["juror"], frozenset(row["asked"]), tuple(row["order"])) for row in rows]
    points = [int(text) for text in how["points"]]
    results = rank_lists(lists, entries, method=how["counting"], points=points)
    return [_score(rule, entry, results[entry].earned, results[entry].total, peers) for entry in entries]


def _of_duels(
    rule: Rule, entries: Sequence[str], rows: Sequence[Mapping[str, Any]], peers: Collection[str]
) -> list[Score]:
    if rule.decimals is None:
        raise ValueError("duels need declared decimals")
    duels = _duels(rows)
    totals = strengths_in_per_cent(strengths_of(entries, duels), rule.decimals)
    fought: dict[str, dict[str, list[Fraction]]] = {entry: {} for entry in entries}
    for duel in duels:
        for entry in (duel.first, duel.second):
            won = Fraction(1, 2) if not duel.winner else Fraction(duel.winner == entry)
            fought[entry].setdefault(duel.juror, []).append(won)
    scores = []
    for entry in entries:
        cards = tuple((juror, 100 * sum(won, Fraction(0)) / len(won)) for juror, won in sorted(fought[entry].items()))
        scores.append(_score(rule, entry, cards, totals[entry], peers))
    return scores


def strengths_in(inputs: Mapping[str, Any]) -> dict[str, float]:
    """Of a file with duels: every entry's result in per cent as it was estimated, before rounding."""
    entries = [entry["code"] for entry in inputs["entries"]]
    return chances_in_per_cent(strengths_of(entries, _duels(inputs["duels"])))


def _duels(rows: Sequence[Mapping[str, Any]]) -> list[Duel]:
    return [Duel(row["juror"], row["first"], row["second"], row["winner"]) for row in rows]


def _score(
    rule: Rule, entry: str, cards: tuple[tuple[str, Fraction], ...], total: Fraction | None, peers: Collection[str]
) -> Score:
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
