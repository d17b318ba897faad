"""Marks of one row (a scorecard, or the jurors together) → its total and the results of its groups, exactly.

Once it is known which criteria apply, every result is a sum of marks with fixed factors. The factors are worked out
once for each pattern of criteria that apply, as whole numbers over one denominator, and kept with the rule. `outside`
are the places of the criteria that are no part of the entry's rubric: its best is made without them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from judging.domain.numbers import SCALE, rounded
from judging.domain.results.semantics import NOWHERE
from judging.domain.rule.combination import Live, combinations_known
from judging.domain.rule.criterion_kinds import criterion_kinds_known
from judging.domain.rule.values import Rule

Row = Sequence[Fraction | int | None]
Factors = tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True)
class Recipe:
    """A result as Σ factor × mark + Σ factor × result of a group inside. Marks in thousandths."""

    criteria: Factors
    groups: Factors


@dataclass(frozen=True)
class Sum:
    """A result as Σ numerator × mark ÷ denominator over (criterion, numerator) pairs."""

    parts: tuple[tuple[int, int], ...]
    denominator: int

    def of(self, marks: Row) -> Fraction:
        """The exact sum over the row's marks (thousandths), in units of the mark."""
        return Fraction(sum(number * marks[c] for c, number in self.parts), self.denominator)  # type: ignore[misc, operator]  # each applies: none is None


@dataclass(frozen=True)
class Pattern:
    """How the total (None) and each group come about when a given set of criteria applies; absent:
    nothing in it applies."""

    recipes: dict[int | None, Recipe]
    sums: dict[int | None, Sum]


def combined(rule: Rule, marks: Row, *, ranking: bool = False, outside: frozenset[int] = NOWHERE) -> Fraction | None:
    """The total of one row of marks (in thousandths; None: does not apply), or None when nothing with a weight applies:
    in per cent or points, as the rule combines (formulas: judging.domain.rule.values), not rounded.

    Points on top are not in it. `ranking`: with the weights of the rank.
    """
    if rule.groups and rule.decimals_group is not None:
        return results_inside(rule, marks, ranking=ranking, outside=outside).get(None)
    total = pattern_of(rule, marks, ranking, outside).sums.get(None)
    return None if total is None else total.of(marks)


def results_inside(
    rule: Rule, marks: Row, *, ranking: bool = False, outside: frozenset[int] = NOWHERE
) -> dict[int | None, Fraction]:
    """The result of every group that applies, rounded where the rule says so, and the total under None."""
    pattern = pattern_of(rule, marks, ranking, outside)
    if rule.decimals_group is None:
        return {node: one.of(marks) for node, one in pattern.sums.items()}
    found: dict[int | None, Fraction] = {}
    for node, recipe in pattern.recipes.items():
        value = sum((factor * marks[c] for c, factor in recipe.criteria), Fraction(0))  # type: ignore[operator]  # each applies
        value += sum((factor * found[g] for g, factor in recipe.groups), Fraction(0))
        found[node] = value if node is None else rounded(value, rule.decimals_group)
    return found


def on_top(rule: Rule, marks: Row) -> Fraction:
    """Points that marks of one row give beside the total, in its unit; below 0 where a kind takes points off."""
    points, kinds = Fraction(0), criterion_kinds_known()
    for bonus in rule.bonuses:
        mark = marks[bonus.criterion]
        if mark is not None:
            points += kinds[bonus.kind].beside(bonus.weight, mark, bonus.cap)
    return points


def pattern_of(rule: Rule, marks: Row, ranking: bool, outside: frozenset[int] = NOWHERE) -> Pattern:
    """The pattern of a row, made once for each rubric and set of criteria that apply."""
    full = None not in marks
    applies = None if full else tuple(mark is not None for mark in marks)
    kept = _kept(rule)
    key = (ranking, applies, outside)
    if key not in kept:
        kept[key] = _pattern(rule, applies or (True,) * len(rule.codes), ranking, outside)
    found: Pattern = kept[key]
    return found


def _kept(rule: Rule) -> dict[tuple[bool, tuple[bool, ...] | None, frozenset[int]], Pattern]:
    """Patterns beside the frozen rule: they follow from it, and equality does not look at them."""
    found: dict[tuple[bool, tuple[bool, ...] | None, frozenset[int]], Pattern] = rule.__dict__.setdefault(
        "_patterns", {}
    )
    return found


def _pattern(rule: Rule, applies: Sequence[bool], ranking: bool, outside: frozenset[int]) -> Pattern:
    recipes: dict[int | None, Recipe] = {}
    sums: dict[int | None, Sum] = {}
    bests = rule.bests(ranking, outside)
    for node in (*rule.inside_out, None):
        recipe = _recipe(rule, node, applies, recipes, bests, ranking)
        if recipe:
            recipes[node] = recipe
            sums[node] = _sum(recipe, sums)
    return Pattern(recipes, sums)


def _recipe(rule: Rule, node: int | None, applies: Any, inside: Any, bests: Any, ranking: bool) -> Recipe | None:
    criteria, groups = rule.children[node]
    of_criteria, of_groups = rule.weights_for(ranking)
    best_of = {c: Fraction(rule.maxima[c], SCALE) for c in criteria}
    live_criteria = [c for c in criteria if applies[c] and of_criteria[c]]
    live_groups = [g for g in groups if g in inside]
    weight = sum(of_criteria[c] for c in live_criteria) + sum(of_groups[g] for g in live_groups)
    if not weight:
        return None
    reach = sum((of_criteria[c] * best_of[c] for c in live_criteria), Fraction(0))
    reach += sum((of_groups[g] * bests[g] for g in live_groups), Fraction(0))
    way, live = combinations_known()[rule.combine_in(node)], Live(weight, reach, bests[node])
    return Recipe(
        tuple((c, way.factor(of_criteria[c], best_of[c], live) / SCALE) for c in live_criteria),
        tuple((g, way.factor(of_groups[g], bests[g], live)) for g in live_groups),
    )


def _sum(recipe: Recipe, sums: dict[int | None, Sum]) -> Sum:
    factors: dict[int, Fraction] = dict(recipe.criteria)
    for group, factor in recipe.groups:
        inner = sums[group]
        for c, number in inner.parts:
            factors[c] = factors.get(c, Fraction(0)) + factor * number / inner.denominator
    denominator = lcm(*(factor.denominator for factor in factors.values()))
    return Sum(tuple((c, int(factors[c] * denominator)) for c in sorted(factors)), denominator)


def shares_of_weight(rule: Rule, outside: frozenset[int] = NOWHERE) -> list[Fraction]:
    """What each criterion weighs in the total, in per cent of all of the rubric, groups folded in;
    0 for what does not count."""
    shares = [Fraction(0)] * len(rule.codes)
    of_criteria, of_groups = rule.weights_for(ranking=False)
    filled = rule.bests(False, outside)

    def walk(node: int | None, part: Fraction) -> None:
        criteria = [c for c in rule.children[node][0] if c not in outside]
        groups = [g for g in rule.children[node][1] if g in filled]
        weight = sum(of_criteria[c] for c in criteria) + sum(of_groups[g] for g in groups)
        for c in criteria:
            shares[c] = part * of_criteria[c] / weight if weight else Fraction(0)
        for g in groups:
            walk(g, part * of_groups[g] / weight if weight else Fraction(0))

    walk(None, Fraction(100))
    return shares
