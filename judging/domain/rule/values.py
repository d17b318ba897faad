"""A round's rule as values: criteria in columns, the groups they stand in, and what is done with their marks.

One scorecard's total, level by level from the inside out, over the parts that apply to it (w: weight, v: the mark or
the group's result, b: the best that the part can give):

    percent        100 × Σ w·v/b ÷ Σ w            weights are relative; a lowest mark of 1 on 1–10 is 10 %, not 0 %
    weighted_mean  Σ w·v ÷ Σ w                    on the scale of the parts
    weighted_sum   Σ w·v                          filled up when a mark is “not applicable”, see below

A criterion that is only for entries of other categories is no part of an entry's rubric: the best that the entry can
reach is what its own rubric can give. Of that rubric a part that does not apply leaves the denominator with its weight.
A sum has none: it is scaled up to the share of the best possible that the other parts reach (Σ w·v × Σall w·b ÷ Σ w·b,
all: of the rubric), so that nobody loses points for what does not apply to them. (What earlier versions of a result
did: judging.domain.results.semantics.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from judging.domain.numbers import Thousandths
from judging.domain.results.semantics import NOWHERE, PRESENT, Semantics
from judging.domain.rule.combination import PERCENT
from judging.domain.rule.threshold_effects import EXCLUDE, threshold_effects_known
from toolkit.families import Family

if TYPE_CHECKING:
    from judging.domain.marks.scoring import Jury

__all__ = [
    "AT_TOTAL", "MEAN", "NO_CORRECTION",
    "Aggregation", "Allowance", "Bonus", "Correction", "Group", "Rule", "aggregations_known", "is_in_itself",
    "know_aggregations", "know_levels", "levels_known",
]  # fmt: skip

MEAN = "mean"  # how jurors make one result where nothing else is said
AT_TOTAL = "total"  # where nothing else is said
NO_CORRECTION = "none"


@dataclass(frozen=True)
class Group:
    """Criteria or groups that weigh as one. `parent` is the place of another group in the rule's list; None:
    the total."""

    code: str
    weight: Thousandths
    parent: int | None = None
    combine: str = ""  # empty: as the rule
    threshold: Thousandths | None = None
    ranking_weight: Thousandths | None = None


@dataclass(frozen=True)
class Bonus:
    """Points beside the total, as the `kind` makes them of `weight` and the mark of criterion number `criterion`;
    `cap` thousandths of a point at most."""

    criterion: int
    weight: Thousandths
    cap: Thousandths | None = None
    kind: str = "bonus"


@dataclass(frozen=True)
class Allowance:
    """Points off: `points` thousandths for each breach, `cap` thousandths at most."""

    code: str
    points: Thousandths
    cap: Thousandths | None = None


@dataclass(frozen=True)
class Correction:
    """The declared correction between jurors: its kind, which standard deviation, decimals of its result,
    least scorecards."""

    kind: str = NO_CORRECTION
    deviation: str = "population"
    decimals: int | None = None
    min_marks: int = 2


@dataclass(frozen=True)
class Rule:
    """How marks become a result. Criteria travel as columns; weights, scales and thresholds in thousandths.

    A criterion of weight 0 counts nowhere (informative, or a bonus). `group_of` gives each criterion its group's place,
    empty when there are none. `ranking_weights` replace `weights` in the total that ranks; empty when one total does
    both.
    """

    codes: tuple[str, ...]
    weights: tuple[Thousandths, ...]
    maxima: tuple[Thousandths, ...]
    criterion_thresholds: tuple[Thousandths | None, ...]
    combine: str = PERCENT
    across: str = MEAN
    aggregate_at: str = AT_TOTAL
    trim: int = 0
    decimals: int | None = None
    threshold: Thousandths | None = None
    min_scorecards: int = 1
    groups: tuple[Group, ...] = ()
    group_of: tuple[int | None, ...] = ()
    ranking_weights: tuple[Thousandths, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    penalties: tuple[Allowance, ...] = ()
    decimals_criterion: int | None = None
    decimals_group: int | None = None
    final_decimals: int | None = None  # None: as the total
    threshold_effect: str = EXCLUDE
    min_peer_scorecards: int = 0
    correction: Correction = Correction()
    best_given: Fraction | None = None  # of a ballot other than marks; None: what the criteria can give
    semantics: Semantics = PRESENT  # of which version of a result

    @property
    def takes_mean(self) -> bool:
        """Whether jurors make one result by the mean of all."""
        return aggregations_known()[self.across].is_mean

    @cached_property
    def below_stops(self) -> bool:
        """Whether an entry below a threshold goes on nowhere and is ahead of nobody."""
        return threshold_effects_known()[self.threshold_effect].stops

    @cached_property
    def below_asks(self) -> bool:
        """Whether a person decides about an entry below a threshold."""
        return threshold_effects_known()[self.threshold_effect].asks

    @property
    def of_totals(self) -> bool:
        """Whether jurors' totals are put together."""
        return levels_known()[self.aggregate_at].of_totals

    @cached_property
    def children(self) -> dict[int | None, tuple[tuple[int, ...], tuple[int, ...]]]:
        """{group's place, or None for the total: (its criteria, its groups)}."""
        of = self.group_of or (None,) * len(self.codes)
        return {
            node: (
                tuple(c for c, group in enumerate(of) if group == node),
                tuple(g for g, group in enumerate(self.groups) if group.parent == node),
            )
            for node in (*range(len(self.groups)), None)
        }

    @cached_property
    def inside_out(self) -> tuple[int, ...]:
        """The groups, each after those inside it. ValueError when one stands inside itself."""
        order: list[int] = []
        waiting: list[int] = list(self.children[None][1])
        while waiting:
            order.append(group := waiting.pop())
            waiting.extend(self.children[group][1])
        if len(order) != len(self.groups):
            raise ValueError("a group stands inside itself")
        return tuple(reversed(order))

    @cached_property
    def ranks_otherwise(self) -> bool:
        """Whether the total that ranks has weights of its own."""
        return bool(self.ranking_weights) or any(group.ranking_weight is not None for group in self.groups)

    def weights_for(self, ranking: bool) -> tuple[tuple[Thousandths, ...], tuple[Thousandths, ...]]:
        """(of criteria, of groups): those of the threshold's total, or those of the rank."""
        if not ranking:
            return self.weights, tuple(group.weight for group in self.groups)
        groups = tuple(g.weight if g.ranking_weight is None else g.ranking_weight for g in self.groups)
        return self.ranking_weights or self.weights, groups

    def combine_in(self, node: int | None) -> str:
        """How a group (None: the total) puts its parts together: its own way, or the round's."""
        return self.combine if node is None else self.groups[node].combine or self.combine

    @cached_property
    def best(self) -> Fraction:
        """The highest total that all criteria together can give, points on top aside."""
        return self.best_for(NOWHERE)

    @cached_property
    def ranking_best(self) -> Fraction:
        """The most that a total can be with the weights of the rank, in units of the result."""
        return self.best_for(NOWHERE, ranking=True)

    def best_for(self, outside: frozenset[int], *, ranking: bool = False) -> Fraction:
        """The highest total of an entry whose rubric lacks the criteria `outside` (their places),
        points on top aside."""
        if self.best_given is not None:
            return self.best_given
        return self.bests(ranking, outside).get(None, Fraction(0))

    def bests(self, ranking: bool, outside: frozenset[int] = NOWHERE) -> dict[int | None, Fraction]:
        """The highest result of each group, and of the total under None;
        what no criterion of the rubric stands in is left out."""
        kept = self.__dict__.setdefault("_bests", {})  # beside the frozen rule: they follow from it
        if (ranking, outside) not in kept:
            kept[ranking, outside] = self.semantics.bests(self, ranking, outside)
        found: dict[int | None, Fraction] = kept[ranking, outside]
        return found


class Level(Protocol):
    """At which level several jurors make one result, see judging.rounds.kinds.levels. Pure."""

    @property
    def of_totals(self) -> bool: ...

    @property
    def of_criteria(self) -> bool: ...

    @property
    def is_same_for_means(self) -> bool: ...

    def result(self, jury: Jury, *, ranking: bool) -> Fraction | None: ...

    def groups(self, jury: Jury) -> tuple[Fraction | None, ...]: ...


_levels: Family[Level] = Family()
know_levels, levels_known = _levels.know, _levels.known


class Aggregation(Protocol):
    """How several jurors make one result, as far as computing goes (judging.rounds.kinds.across): see there. Pure."""

    @property
    def is_mean(self) -> bool: ...

    def together(self, values: Sequence[Fraction], rule: Rule) -> Fraction | None: ...


_aggregations: Family[Aggregation] = Family()
know_aggregations, aggregations_known = _aggregations.know, _aggregations.known


def is_in_itself(pk: int | None, parents: Mapping[int, int | None]) -> bool:
    """Whether going up from a group ({group: its parent}) comes back to a group already seen."""
    seen: set[int] = set()
    while pk is not None:
        if pk in seen:
            return True
        seen.add(pk)
        pk = parents.get(pk)
    return False
