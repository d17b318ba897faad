"""What makes no sense in the rule of a result's file although it has the right form. What a form of the site would
refuse, a file may not say either: a rule that is silently taken for another one decides about people."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from judging.domain.results.shape import said_codes
from judging.domain.rule.ballots import ballot_of, ballots_known, is_other_ballot
from judging.domain.rule.criterion_kinds import criterion_kinds_known, kind_of
from judging.domain.rule.stated import StatedCriterion, StatedGroup, StatedLink, StatedRule, correction_in
from judging.domain.statistics.correction import corrections_known
from judging.domain.ties.chain import rules_known
from toolkit.exact_json import place_of

Fault = tuple[str, str]


def faults_of_rule(rule: StatedRule) -> Iterator[Fault]:
    """Each with its place. The rule has the right form and its defaults."""
    groups = {row.code: row for row in (rule.groups or ())}
    yield from _total(rule)
    for n, row in enumerate(rule.criteria):
        for part, sentence in _criterion(row, groups):
            yield place_of(["rule", "criteria", n, *part]), sentence
    for n, group in enumerate(rule.groups or ()):
        for part, sentence in _group(group, groups, rule.criteria):
            yield place_of(["rule", "groups", n, *part]), sentence
    for n, link in enumerate(rule.ties):
        for part, sentence in _link(link, n == len(rule.ties) - 1, rule):
            yield place_of(["rule", "ties", n, *part]), sentence
    yield from _ballot(rule)
    yield from corrections_known()[correction_in(rule)].faults_in(rule)


def _total(rule: StatedRule) -> Iterator[Fault]:
    weights = [Fraction(row.weight) for row in rule.criteria if kind_of(row).counts]
    if not is_other_ballot(rule) and not sum(weights):
        yield "rule.criteria", "no criterion that counts has a weight: there would be no total."


def _criterion(row: StatedCriterion, groups: Mapping[str, StatedGroup]) -> Iterator[tuple[tuple[str, ...], str]]:
    kind = kind_of(row)
    if Fraction(row.weight) < 0:
        yield ("weight",), "is below 0."
    if row.group and row.group not in groups:
        yield ("group",), f"no group has the code “{row.group}”."
    elif row.group and kind.is_beside:
        yield ("group",), f"points on top, or off, belong to the total: {_beside()} stands in no group."
    if row.cap and not kind.is_beside:
        yield ("cap",), f"goes with {_beside()} only."
    elif row.cap and Fraction(row.cap) <= 0:
        yield ("cap",), "is not above 0."
    if row.ranking_weight and Fraction(row.ranking_weight) <= 0:
        yield ("ranking_weight",), "is not above 0."
    if row.threshold and not kind.is_marked:
        yield ("threshold",), "nobody marks it: it has no mark needed."
    if kind.is_marked:
        yield from _scale(row)


def _beside() -> str:
    """The kinds of criteria that stand beside the total."""
    return said_codes(code for code, kind in criterion_kinds_known().items() if kind.is_beside)


def _scale(row: StatedCriterion) -> Iterator[tuple[tuple[str, ...], str]]:
    low, high = Fraction(row.scale_min), Fraction(row.scale_max or 0)
    step = Fraction(row.scale_step or 0)
    if low >= high:
        yield (), f"its scale goes from {row.scale_min} to {row.scale_max}: the lowest mark must be lower."
    elif high <= 0:
        yield ("scale_max",), "the highest mark must be above 0."
    elif step < 0 or (step and (high - low) % step):
        yield (
            ("scale_step",),
            f"steps of {row.scale_step} don't reach {row.scale_max} from {row.scale_min}.",
        )
    elif row.threshold and not low <= Fraction(row.threshold) <= high:
        yield (
            ("threshold",),
            f"{row.threshold} is outside the scale, which goes from {row.scale_min} to {row.scale_max}.",
        )


def _group(
    row: StatedGroup, groups: Mapping[str, StatedGroup], criteria: Sequence[StatedCriterion]
) -> Iterator[tuple[tuple[str, ...], str]]:
    code = row.parent
    if code and code not in groups:
        yield ("parent",), f"no group has the code “{code}”."
    seen = {row.code}
    while code in groups and code not in seen:
        seen.add(code)
        code = groups[code].parent
    if code in seen:
        yield ("parent",), f"“{row.code}” stands inside itself."
        return
    for name, weight in (("weight", row.weight), ("ranking_weight", row.ranking_weight)):
        if weight and Fraction(weight) <= 0:
            yield (name,), "is not above 0."
    inside = {row.code}
    while more := {one.code for one in groups.values() if one.parent in inside} - inside:
        inside |= more
    counting = (c for c in criteria if kind_of(c).counts and Fraction(c.weight))
    if not any(c.group in inside for c in counting):
        yield (), "no criterion that counts stands in it."


def _link(link: StatedLink, is_last: bool, rule: StatedRule) -> Iterator[tuple[tuple[str, ...], str]]:
    kind = rules_known()[link.kind]
    yield from kind.faults_in(link, rule)
    if kind.decides and not is_last:
        yield ("kind",), "a person's decision ends the chain: nothing comes after it."


def _ballot(rule: StatedRule) -> Iterator[Fault]:
    ballot = ballot_of(rule)
    of: dict[str, list[str]] = {}
    for code, kind in ballots_known().items():
        of.setdefault(kind.part, []).append(code)
    for part, codes in of.items():
        if part and getattr(rule, part) is not None and part != ballot.part:
            yield f"rule.{part}", f"goes with the ballot “{'” or “'.join(codes)}” only."
    yield from ballot.faults_in(rule)
