"""The rule of a frozen file → judging.domain.rule.values.Rule. Keys that a file of version 1
lacks stand for what it could not do."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from judging.domain.numbers import SCALE, Thousandths, number_of
from judging.domain.results.semantics import PRESENT, Semantics
from judging.domain.rule.ballots import ballot_of
from judging.domain.rule.criterion_kinds import SCORE, kind_of
from judging.domain.rule.stated import StatedCorrection, StatedCriterion, StatedGroup, StatedRule
from judging.domain.rule.threshold_effects import EXCLUDE
from judging.domain.rule.values import Allowance, Bonus, Correction, Group, Rule


class Categorised(Protocol):
    """What has a category: an entry of a file."""

    @property
    def code(self) -> str: ...

    @property
    def category(self) -> str | None: ...


def rule_of(data: StatedRule, semantics: Semantics = PRESENT) -> Rule:
    """The rule as the file spells it; `semantics` where its standings were frozen by an earlier version.

    Raises ValueError for a group that stands in itself and for a number that is missing or none. What else a file may
    not say, judging.domain.results.format has refused before.
    """
    marked = [c for c in data.criteria if kind_of(c).is_marked]
    groups = list(data.groups or ())
    place = {group.code: n for n, group in enumerate(groups)}
    rule = Rule(
        codes=tuple(c.code for c in marked),
        weights=tuple(needed(c.weight) if kind_of(c).counts else 0 for c in marked),
        maxima=tuple(needed(c.scale_max) for c in marked),
        criterion_thresholds=tuple(thousandths(c.threshold) for c in marked),
        combine=data.combine,
        across=data.across,
        aggregate_at=data.aggregate_at,
        trim=int(data.trim),
        decimals=whole(data.decimals),
        threshold=thousandths(data.threshold),
        min_scorecards=int(data.min_scorecards),
        groups=tuple(_group(group, place) for group in groups),
        group_of=tuple(place[c.group] if c.group else None for c in marked) if groups else (),
        ranking_weights=_ranking_weights(marked),
        bonuses=tuple(
            Bonus(n, needed(c.weight), thousandths(c.cap), (c.kind or SCORE))
            for n, c in enumerate(marked)
            if kind_of(c).is_beside
        ),
        penalties=tuple(
            Allowance(c.code, needed(c.weight), thousandths(c.cap)) for c in data.criteria if not kind_of(c).is_marked
        ),
        decimals_criterion=whole(data.decimals_criterion),
        decimals_group=whole(data.decimals_group),
        final_decimals=whole(data.final_decimals),
        threshold_effect=(data.threshold_effect or EXCLUDE),
        min_peer_scorecards=int(data.min_peer_scorecards or "0"),
        correction=_correction(data.correction),
        best_given=None if ballot_of(data).gives_marks else ballot_of(data).best(data),
        semantics=semantics,
    )
    rule.inside_out  # noqa: B018 - a cycle is refused here, before anything is counted
    return rule


def outside_in(rule: StatedRule, codes: Sequence[str], entries: Iterable[Categorised]) -> dict[str, frozenset[int]]:
    """{entry: the places, in `codes`, of criteria that are only for entries of other categories},
    where there are any."""
    limited = {c.code: set(c.categories) for c in rule.criteria if c.categories}
    if not limited:
        return {}
    found = {}
    for entry in entries:
        category = entry.category or ""
        found[entry.code] = frozenset(
            place for place, code in enumerate(codes) if code in limited and category not in limited[code]
        )
    return {entry: places for entry, places in found.items() if places}


def _group(data: StatedGroup, place: Mapping[str, int]) -> Group:
    return Group(
        code=data.code,
        weight=needed(data.weight),
        parent=place[data.parent] if data.parent else None,
        combine=data.combine,
        threshold=thousandths(data.threshold),
        ranking_weight=thousandths(data.ranking_weight),
    )


def _ranking_weights(marked: list[StatedCriterion]) -> tuple[Thousandths, ...]:
    """Empty unless a criterion that counts has a weight of its own for the rank."""
    if not any(c.ranking_weight for c in marked if kind_of(c).counts):
        return ()
    return tuple(needed(c.ranking_weight or c.weight) if kind_of(c).counts else 0 for c in marked)


def _correction(data: StatedCorrection | None) -> Correction:
    if not data:
        return Correction()
    return Correction(data.kind, data.deviation, whole(data.decimals), int(data.min_marks))


@lru_cache(maxsize=4096)
def thousandths(text: str | None) -> Thousandths | None:
    """The number times 1000, exactly; None for an empty text or none. Raises ValueError for what is no number."""
    number = number_of(text) if text else None
    if number is None:
        return None
    scaled = number * SCALE
    return scaled.numerator if scaled.denominator == 1 else scaled


def needed(text: str | None) -> Thousandths:
    """Thousandths where the file must hold a number. Raises ValueError where it holds none."""
    value = thousandths(text)
    if value is None:
        raise ValueError("a number is missing")
    return value


def whole(text: str | None) -> int | None:
    """A whole number of the file; None for an empty text or none. Raises ValueError for anything else."""
    return int(text) if text else None
