"""Who stands where, and who goes on; for every entry a reason (judging.domain.results.reasons).

Equal results that the chain puts in order have ranks of their own, 1 and 2; what stays equal shares a rank, 1, 1, 3.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from judging.domain.marks.scoring import Rule, Score
from judging.domain.numbers import descending
from judging.domain.results.cut import Choice, Cut, Groups, choose, failed_thresholds
from judging.domain.results.reasons import Reason, reason
from judging.domain.ties.chain import Facts, Link, TieTrace, settle_tie

__all__ = ["Cut", "Place", "Ranking", "rank_entries"]


@dataclass(frozen=True)
class Place:
    """An entry's line: `rank` shared by entries that nothing tells apart (None:
    not ranked), `place` in the list from 1, `result` that ranks."""

    entry: str
    rank: int | None
    place: int
    result: Fraction | None
    advances: bool
    reason: Reason


@dataclass(frozen=True)
class Ranking:
    """All places in order, every tie with its trace, and what a person has to decide before the result can be frozen:
    ties (groups of entries), and entries below a threshold that warns."""

    places: tuple[Place, ...]
    ties: tuple[TieTrace, ...]
    open: tuple[tuple[str, ...], ...]
    undecided: tuple[str, ...] = ()


def rank_entries(
    scores: Sequence[Score],
    results: Mapping[str, Fraction | None],
    *,
    rule: Rule,
    chain: Sequence[Link],
    cut: Cut,
    facts: Mapping[str, Facts],
    decisions: Sequence[Sequence[str]] = (),
    verdicts: Mapping[str, str] | None = None,
) -> Ranking:
    """Ranks by `results` (None: too few scorecards, listed last by code, without a rank)."""
    by_entry = {score.entry: score for score in scores}
    failed = {score.entry: why for score in scores if (why := failed_thresholds(rule, score))}
    groups, ties = groups_of(
        {score.entry: results[score.entry] for score in scores},
        rule=rule, chain=chain, scores=by_entry, facts=facts, decisions=decisions, failed=failed,
    )  # fmt: skip

    def apart(some: Sequence[str]) -> Sequence[Sequence[str]]:
        return rule.semantics.decide([tuple(sorted(some))], decisions)[0]

    chosen = choose(groups, failed, rule, cut, facts, ties, verdicts or {}, apart)
    places = _listed(rule, groups, chosen)
    for entry in sorted(entry for entry in by_entry if results[entry] is None):
        places.append(Place(entry, None, len(places) + 1, None, False, _too_few(rule, by_entry[entry])))
    return Ranking(tuple(places), tuple(ties), tuple(chosen.open), tuple(chosen.undecided))


def groups_of(
    results: Mapping[str, Fraction | None],
    *,
    rule: Rule,
    chain: Sequence[Link],
    scores: Mapping[str, Score],
    facts: Mapping[str, Facts],
    decisions: Sequence[Sequence[str]] = (),
    failed: Collection[str] = (),
) -> tuple[list[tuple[Fraction, tuple[str, ...]]], list[TieTrace]]:
    """(result, entries that nothing tells apart), best first, and the ties met. Only scores of equal entries are looked
    at; an entry that `failed` a threshold, and does not go on for that, is ahead of nobody."""
    by_value: dict[Fraction, list[str]] = {}
    for entry, result in results.items():
        if result is not None:
            by_value.setdefault(result, []).append(entry)
    ties: list[TieTrace] = []
    groups: list[tuple[Fraction, tuple[str, ...]]] = []
    ahead: list[str] = []
    for value in descending(by_value):
        equals = by_value[value]
        if len(equals) == 1:
            groups.append((value, tuple(equals)))
        else:
            trace = settle_tie(
                equals, value, chain, rule=rule, scores=scores, facts=facts, decisions=decisions, ahead=ahead
            )
            ties.append(trace)
            groups.extend((value, group) for group in trace.groups)
        ahead += [entry for entry in equals if not rule.below_stops or entry not in failed]
    return groups, ties


def _listed(rule: Rule, groups: Groups, chosen: Choice) -> list[Place]:
    """The lines of ranked entries, in order."""
    admitted = set(chosen.admitted)
    ranks = rule.semantics.ranks([(value, len(group)) for value, group in groups])
    ordered = [(value, rank, entry) for (value, group), rank in zip(groups, ranks, strict=True) for entry in group]
    return [
        Place(entry, rank, place, value, entry in admitted, chosen.reasons[entry])
        for place, (value, rank, entry) in enumerate(ordered, start=1)
    ]


def _too_few(rule: Rule, score: Score) -> Reason:
    jury = score.scorecards - score.peers
    if jury < max(rule.min_scorecards, 1) or not rule.min_peer_scorecards:
        return reason("too_few_scorecards", have=jury, needed=rule.min_scorecards)
    return reason("too_few_peers", have=score.peers, needed=rule.min_peer_scorecards)
