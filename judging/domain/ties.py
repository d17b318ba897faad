"""Equal results put in order by a declared chain of rules, each step kept so that it can be shown.

criterion:code       the higher result on that criterion of this round; an entry that nobody marked on it comes last
group:code           the higher result of that group of criteria; an entry that nobody marked in it comes last
highest_mark         the higher single scorecard total
lowest_mark          the higher of the lowest scorecard totals
median               the higher median of the scorecard totals
younger_firm         the later date of founding; a firm without a known date comes last
earlier_submission   the earlier time of submission; an entry without one comes last
fewer_laureates      the entry whose city has had fewer laureates in other editions
fact:code            the higher (or lower, as the link says) number of a recorded fact; an entry without it comes last
topic_not_covered    an entry of a category that no entry ahead of it has, be it by its result or by an earlier link
city_not_covered     the same of its city
human                a named person's decision, recorded with a reason: always the last link, declared or not. It orders
                     the entries that it names; who else is equal opens the tie again (judging.domain.decided)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from judging.domain.scoring import Rule, Score, middle, number_of, text_of

HUMAN, LOWER = "human", "lower"
COVERAGE = ("topic_not_covered", "city_not_covered")
LAST = Fraction(-(10**18))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Link:
    """One rule of the chain; `code` names the criterion, group or fact; of a fact, `first` is “higher” or “lower”."""

    kind: str
    code: str = ""
    first: str = "higher"


@dataclass(frozen=True)
class Facts:
    """What an entry is besides its marks. Dates as ISO text (a time in UTC), empty when not known; `city` and
    `category` are any text, `laureates` how many the city has had, `recorded` numbers as text by the code of the fact.
    """

    city: str = ""
    founded_on: str = ""
    submitted_at: str = ""
    category: str = ""
    laureates: str = ""
    recorded: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One link applied: the value of each entry that was still tied, as text, and the groups that it leaves, best
    first. A decision is a step of its own: the places of the entries that it orders."""

    kind: str
    code: str
    values: dict[str, str]
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class TieTrace:
    """Entries with one result, the steps taken, and the order reached: groups of more than one are still equal. What
    decisions say of the order inside such a group stands in the steps."""

    value: str
    groups: tuple[tuple[str, ...], ...]
    steps: tuple[Step, ...] = field(default=())

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(entry for group in self.groups for entry in group)

    @cached_property
    def told(self) -> dict[str, dict[str, str]]:
        """What the tie was for each entry: how many others have its result, from how many of them nothing told it
        apart, and the link that told it apart from the rest (the last one that did; empty: none). A decision on some of
        a group is one, too."""
        last = {entry: len(group) for group in self.groups for entry in group}
        equal = {entry: size - 1 for entry, size in last.items()}
        settled: dict[str, Step] = {}
        for step in self.steps:
            for group in step.groups:
                for entry in group:
                    if len(group) == last[entry] < len(last):
                        settled.setdefault(entry, step)
        for group in self.groups:
            for entry in group:
                decided = [step for step in self.steps if step.kind == HUMAN and entry in step.values]
                ordered = {other for step in decided for other in step.values if other in group} - {entry}
                if ordered:
                    settled[entry], equal[entry] = decided[-1], equal[entry] - len(ordered)
        return {
            entry: {
                "others": str(len(last) - 1),
                "equal": str(equal[entry]),
                "kind": settled[entry].kind if entry in settled else "",
                "code": settled[entry].code if entry in settled else "",
            }
            for entry in last
        }

    def settled_by(self, first: str, second: str) -> Step | None:
        """The step that put the two apart, if one did: also a decision on the two among others that are still equal."""
        for step in self.steps:
            apart = [n for n, group in enumerate(step.groups) if first in group or second in group]
            if len(apart) == 2 or (step.kind == HUMAN and first in step.values and second in step.values):
                return step
        return None


def settle_tie(
    entries: Sequence[str],
    value: Fraction,
    chain: Sequence[Link],
    *,
    rule: Rule,
    scores: Mapping[str, Score],
    facts: Mapping[str, Facts],
    decisions: Sequence[Sequence[str]] = (),
    ahead: Sequence[str] = (),
) -> TieTrace:
    """Applies the chain to entries with an equal result. Decisions are orders of entries, the latest last; `ahead` are
    the entries that a better result puts before these."""
    groups: list[tuple[str, ...]] = [tuple(sorted(entries))]
    steps: list[Step] = []
    links = [link for link in chain if link.kind != HUMAN]
    for link in links:
        if all(len(group) == 1 for group in groups):
            break
        if link.kind in COVERAGE:
            groups, step = _cover(groups, link, facts, ahead)
        else:
            key, show = _measure(link, rule, scores, facts)
            groups, step = _refine(groups, link, key, show)
        steps.append(step)
    if any(len(group) > 1 for group in groups):
        groups, said = rule.semantics.decide(groups, decisions)
        steps += [Step(HUMAN, "", values, tuple(left)) for values, left in said]
    return TieTrace(text_of(value), tuple(groups), tuple(steps))


def _refine(groups, link: Link, key: Callable[[str], Any], show: Callable[[str], str]):
    """Splits every open group by `key` (higher is better)."""
    refined: list[tuple[str, ...]] = []
    values: dict[str, str] = {}
    for group in groups:
        if len(group) == 1:
            refined.append(group)
            continue
        values.update({entry: show(entry) for entry in group})
        by_key: dict[Any, list[str]] = {}
        for entry in group:
            by_key.setdefault(key(entry), []).append(entry)
        refined.extend(tuple(by_key[k]) for k in sorted(by_key, reverse=True))
    return refined, Step(link.kind, link.code, values, tuple(refined))


def _cover(groups, link: Link, facts: Mapping[str, Facts], ahead: Sequence[str]):
    """Puts entries first whose category (or city) nobody ahead has;
    groups put ahead by an earlier link count as ahead."""

    def of(entry: str) -> str:
        return facts[entry].category if link.kind == COVERAGE[0] else facts[entry].city

    covered = {of(entry) for entry in ahead}
    refined: list[tuple[str, ...]] = []
    values: dict[str, str] = {}
    for group in groups:
        fresh = tuple(entry for entry in group if of(entry) and of(entry) not in covered)
        rest = tuple(entry for entry in group if entry not in fresh)
        if len(group) > 1:
            values.update({entry: "1" if entry in fresh else "0" for entry in group})
        refined.extend(part for part in (fresh, rest) if part)
        covered.update(of(entry) for entry in group)
    return refined, Step(link.kind, link.code, values, tuple(refined))


def _measure(link: Link, rule: Rule, scores: Mapping[str, Score], facts: Mapping[str, Facts]):
    """(key, shown value) of a link: both functions of an entry; the higher key is better."""
    if link.kind == "younger_firm":
        return (lambda entry: facts[entry].founded_on), (lambda entry: facts[entry].founded_on)
    if link.kind == "earlier_submission":
        return (lambda entry: _earliness(facts[entry].submitted_at)), (lambda entry: facts[entry].submitted_at)
    sign = -1 if link.kind == "fewer_laureates" or (link.kind == "fact" and link.first == LOWER) else 1

    def key(entry: str) -> Fraction:
        value = _number(link, entry, rule, scores, facts)
        return LAST if value is None else sign * value

    return key, lambda entry: text_of(_number(link, entry, rule, scores, facts))


def _number(
    link: Link, entry: str, rule: Rule, scores: Mapping[str, Score], facts: Mapping[str, Facts]
) -> Fraction | None:
    score = scores[entry]
    if link.kind == "criterion":
        return score.criteria[rule.codes.index(link.code)] if link.code in rule.codes else None
    if link.kind == "group":
        places = [n for n, group in enumerate(rule.groups) if group.code == link.code]
        return score.groups[places[0]] if places else None
    if link.kind == "fewer_laureates":
        return number_of(facts[entry].laureates)
    if link.kind == "fact":
        return number_of(facts[entry].recorded.get(link.code, ""))
    if not score.cards:
        return None
    if link.kind == "median":
        return middle(score.card_totals)
    return max(score.card_totals) if link.kind == "highest_mark" else min(score.card_totals)


def _earliness(moment: str) -> Fraction:
    """The earlier, the higher; not known is last."""
    if not moment:
        return LAST
    return Fraction(-((datetime.fromisoformat(moment) - EPOCH) // timedelta(microseconds=1)))
