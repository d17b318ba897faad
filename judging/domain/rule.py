"""A round's rule as values: criteria in columns, the groups they stand in, and what is done with their marks.

One scorecard's total, level by level from the inside out, over the parts that apply to it (w: weight, v: the mark or the
group's result, b: the best that the part can give):

    percent        100 × Σ w·v/b ÷ Σ w            weights are relative; a lowest mark of 1 on 1–10 is 10 %, not 0 %
    weighted_mean  Σ w·v ÷ Σ w                    on the scale of the parts
    weighted_sum   Σ w·v                          filled up when a part does not apply, see below

A part that does not apply leaves the denominator with its weight. A sum has none: it is scaled up to the share of the best
possible that the other parts reach (Σ w·v × Σall w·b ÷ Σ w·b), so that nobody loses points for what does not apply to them.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from judging.domain.numbers import SCALE

PERCENT, WEIGHTED_MEAN, WEIGHTED_SUM = "percent", "weighted_mean", "weighted_sum"
MEAN, MEDIAN, TRIMMED_MEAN = "mean", "median", "trimmed_mean"
AT_TOTAL, AT_CRITERION = "total", "criterion"
NO_CORRECTION = "none"


@dataclass(frozen=True)
class Group:
    """Criteria or groups that weigh as one. `parent` is the place of another group in the rule's list; None: the total."""

    code: str
    weight: int
    parent: int | None = None
    combine: str = ""  # empty: as the rule
    threshold: int | None = None
    ranking_weight: int | None = None


@dataclass(frozen=True)
class Bonus:
    """Points on top: `weight` × the mark of criterion number `criterion`, `cap` thousandths of a point at most."""

    criterion: int
    weight: int
    cap: int | None = None


@dataclass(frozen=True)
class Allowance:
    """Points off: `points` thousandths for each breach, `cap` thousandths at most."""

    code: str
    points: int
    cap: int | None = None


@dataclass(frozen=True)
class Correction:
    """The declared correction between jurors: its kind, which standard deviation, decimals of its result, least scorecards."""

    kind: str = NO_CORRECTION
    deviation: str = "population"
    decimals: int | None = None
    min_marks: int = 2


@dataclass(frozen=True)
class Rule:
    """How marks become a result. Criteria travel as columns; weights, scales and thresholds in thousandths.

    A criterion of weight 0 counts nowhere (informative, or a bonus). `group_of` gives each criterion its group's place, empty
    when there are none. `ranking_weights` replace `weights` in the total that ranks; empty when one total does both.
    """

    codes: tuple[str, ...]
    weights: tuple[int, ...]
    maxima: tuple[int, ...]
    criterion_thresholds: tuple[int | None, ...]
    combine: str = PERCENT
    across: str = MEAN
    aggregate_at: str = AT_TOTAL
    trim: int = 0
    decimals: int | None = None
    threshold: int | None = None
    min_scorecards: int = 1
    groups: tuple[Group, ...] = ()
    group_of: tuple[int | None, ...] = ()
    ranking_weights: tuple[int, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    penalties: tuple[Allowance, ...] = ()
    decimals_criterion: int | None = None
    decimals_group: int | None = None
    final_decimals: int | None = None  # None: as the total
    threshold_warns: bool = False
    min_peer_scorecards: int = 0
    correction: Correction = Correction()
    best_given: Fraction | None = None  # of a ballot other than marks; None: what the criteria can give

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

    def weights_for(self, ranking: bool) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """(of criteria, of groups): those of the threshold's total, or those of the rank."""
        if not ranking:
            return self.weights, tuple(group.weight for group in self.groups)
        groups = tuple(g.weight if g.ranking_weight is None else g.ranking_weight for g in self.groups)
        return self.ranking_weights or self.weights, groups

    def combine_in(self, node: int | None) -> str:
        return self.combine if node is None else self.groups[node].combine or self.combine

    @cached_property
    def best(self) -> Fraction:
        """The highest total that the rule can give, points on top aside."""
        return self.bests(ranking=False)[None] if self.best_given is None else self.best_given

    @cached_property
    def ranking_best(self) -> Fraction:
        return self.bests(ranking=True)[None] if self.best_given is None else self.best_given

    def bests(self, ranking: bool) -> dict[int | None, Fraction]:
        """The highest result of each group, and of the total under None."""
        of_criteria, of_groups = self.weights_for(ranking)
        found: dict[int | None, Fraction] = {}
        for node in (*self.inside_out, None):
            criteria, groups = self.children[node]
            parts = [(of_criteria[c], Fraction(self.maxima[c], SCALE)) for c in criteria]
            parts += [(of_groups[g], found[g]) for g in groups]
            weight = sum(w for w, _ in parts)
            points = sum((w * best for w, best in parts), Fraction(0))
            if self.combine_in(node) == PERCENT:
                found[node] = Fraction(100)
            elif self.combine_in(node) == WEIGHTED_MEAN:
                found[node] = points / weight if weight else Fraction(0)
            else:
                found[node] = points / SCALE
        return found


def is_in_itself(pk: int | None, parents: dict[int | None, int | None]) -> bool:
    """Whether going up from a group ({group: its parent}) comes back to a group already seen."""
    seen: set[int | None] = set()
    while pk is not None:
        if pk in seen:
            return True
        seen.add(pk)
        pk = parents.get(pk)
    return False
