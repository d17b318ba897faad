"""What a result's version means: everything that files of different versions compute differently, in this one place.

Version 3 is how results are computed; a file that holds no standings has nothing frozen and is computed by it, whatever
it says. Standings that were frozen by an earlier version recompute by that version, for ever.

                        version 3                                         versions 1 and 2
    bests               what an entry's own rubric can give: criteria     what all criteria together can give
                        for other categories are no part of it
    trimmed             as many as declared are dropped at each end       as many as declared, even when that leaves
                        nothing:
                        while that leaves a value, else none              then there is no value
    decide              a person's decision orders the entries that it    entries that no decision names come after
                        those that
                        names; another that is equal opens the tie again  one names
    ranks               entries that the chain told apart have ranks of   equal results share a rank
                        their own
    peers_apart         fellow applicants' lists and pairs fill their     they count as anybody's
                        own least number, as their scorecards do
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from judging.domain.numbers import SCALE
from judging.domain.rule.combination import combinations_known
from judging.domain.ties.decided import ordered_by_decisions

if TYPE_CHECKING:
    from judging.domain.results.document import ResultFile
    from judging.domain.rule.values import Rule

Bests = dict[int | None, Fraction]
Values = dict[str, str]
Groups = Sequence[tuple[str, ...]]
Decided = tuple[list[tuple[str, ...]], list[tuple[Values, Groups]]]
NOWHERE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Semantics:
    """`bests(rule, ranking, outside)`: {group's place, None for the total: the highest result}, what has none left out;
    `outside` are the places of criteria that are only for entries of other categories. `trimmed(ascending values,
    trim)`: those that count. `decide(groups, decisions)`: (groups, what each decision that was used says: the place of
    each entry that it orders, and the groups it leaves). `ranks(results of the groups, best first, and their sizes)`:
    each group's rank. `peers_apart`: what else than scorecards a fellow applicant gave does not count towards the
    jury's least number."""

    version: int
    bests: Callable[["Rule", bool, frozenset[int]], Bests]
    trimmed: Callable[[Sequence[Fraction], int], Sequence[Fraction]]
    decide: Callable[[Groups, Sequence[Sequence[str]]], Decided]
    ranks: Callable[[Sequence[tuple[Fraction, int]]], list[int]]
    peers_apart: bool


def semantics_of(file: "ResultFile") -> Semantics:
    """By its version where standings are frozen in it, otherwise the present one.
    ValueError for a version that is not known."""
    if file.standings is None:
        return PRESENT
    if file.version not in BY_VERSION:
        raise ValueError(f"version {file.version} of a result is not known")
    return BY_VERSION[file.version]


# ---- version 3


def bests_of_a_rubric(rule: "Rule", ranking: bool, outside: frozenset[int]) -> Bests:
    """{group, None for the total: the most it can reach}, only from criteria that are the entry's; those without one
    are left out."""
    of_criteria, of_groups = rule.weights_for(ranking)
    found: Bests = {}
    for node in (*rule.inside_out, None):
        criteria, groups = rule.children[node]
        parts = [(of_criteria[c], Fraction(rule.maxima[c], SCALE)) for c in criteria if c not in outside]
        parts += [(of_groups[g], found[g]) for g in groups if g in found]
        if any(weight for weight, _best in parts):
            found[node] = combinations_known()[rule.combine_in(node)].best(parts)
    return found


def trimmed_while_any_is_left(values: Sequence[Fraction], trim: int) -> Sequence[Fraction]:
    """`values` in order, without `trim` at each end; all of them where that would leave none."""
    return values[trim : len(values) - trim] if len(values) > 2 * trim else values


def ranks_by_groups(groups: Sequence[tuple[Fraction, int]]) -> list[int]:
    """The rank of each group of equals: 1 more than the number of entries ahead, whatever their results (1, 1, 3)."""
    ranks, better = [], 0
    for _value, size in groups:
        ranks.append(better + 1)
        better += size
    return ranks


PRESENT = Semantics(3, bests_of_a_rubric, trimmed_while_any_is_left, ordered_by_decisions, ranks_by_groups, True)


# ---- versions 1 and 2


def bests_of_all_criteria(rule: "Rule", ranking: bool, outside: frozenset[int]) -> Bests:
    """The same over all criteria, whatever the entry's category."""
    of_criteria, of_groups = rule.weights_for(ranking)
    found: Bests = {}
    for node in (*rule.inside_out, None):
        criteria, groups = rule.children[node]
        parts = [(of_criteria[c], Fraction(rule.maxima[c], SCALE)) for c in criteria]
        parts += [(of_groups[g], found[g]) for g in groups]
        found[node] = combinations_known()[rule.combine_in(node)].best(parts)
    return found


def trimmed_always(values: Sequence[Fraction], trim: int) -> Sequence[Fraction]:
    """`values` in order, without `trim` at each end, even when that leaves none."""
    return values[trim : len(values) - trim]


def decided_before_all_others(groups: Groups, decisions: Sequence[Sequence[str]]) -> Decided:
    """Puts open groups in the order decided, the latest decision first; entries that no decision names come after."""
    refined: list[tuple[str, ...]] = []
    values: Values = {}
    for group in groups:
        left = set(group) if len(group) > 1 else set()
        for decision in reversed(decisions):
            order = [entry for entry in decision if entry in left]
            if len(order) > 1:
                values.update({entry: str(n) for n, entry in enumerate(order, start=1)})
                refined.extend((entry,) for entry in order)
                left -= set(order)
        if len(group) == 1:
            refined.append(group)
        elif left:
            refined.append(tuple(sorted(left)))
    return refined, [(values, tuple(refined))] if values else []


def ranks_by_results(groups: Sequence[tuple[Fraction, int]]) -> list[int]:
    """The rank of each group: that of the one before where the result is the same, though a tie rule has told them
    apart."""
    ranks: list[int] = []
    better, before = 0, None
    for value, size in groups:
        ranks.append(ranks[-1] if value == before else better + 1)
        better, before = better + size, value
    return ranks


FORMER = Semantics(2, bests_of_all_criteria, trimmed_always, decided_before_all_others, ranks_by_results, False)
BY_VERSION = {1: replace(FORMER, version=1), 2: FORMER, 3: PRESENT}
