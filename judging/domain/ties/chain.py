"""Equal results put in order by a declared chain of rules, each step kept so that it can be shown.

A rule is a kind (judging.rounds.kinds.ties, one module each): it splits the groups that are still equal,
by a number, a date
or what nobody ahead has. What is computed here knows rules by their code alone, from the mapping that `know_rules` was
given.

A named person's decision, recorded with a reason, is always the last link, declared or not. It orders the entries that
it names; who else is equal opens the tie again (judging.domain.ties.decided).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol, TypedDict

from judging.domain.marks.scoring import Rule, Score, text_of
from judging.domain.rule.stated import StatedLink, StatedRule
from toolkit.families import Family

HUMAN = "human"  # the kind of the step that a decision is
HIGHER, LOWER = "higher", "lower"
Groups = Sequence[tuple[str, ...]]
Split = tuple[list[tuple[str, ...]], dict[str, str]]


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
class Known:
    """What a rule may look at: the round's rule, scores and facts by entry, and the entries that a better result puts
    ahead."""

    rule: Rule
    scores: Mapping[str, Score]
    facts: Mapping[str, Facts]
    ahead: Sequence[str]


class TieRule(Protocol):
    """A kind of rule as far as computing and reading a file go. Pure: values in, values out.

    `decides` says that a person does, so that nothing is computed. `split` gives the groups that it leaves, best
    first, and the value of each entry that was still tied, as text. `faults_in` says what makes no sense in a link of
    a file's rule, as (parts of its place, sentence). `fact_of` is the recorded fact that it asks for; empty: none.
    """

    @property
    def decides(self) -> bool: ...

    def split(self, groups: Groups, link: Link, known: Known) -> Split: ...

    def faults_in(self, link: StatedLink, rule: StatedRule) -> Iterator[tuple[tuple[str, ...], str]]: ...

    def fact_of(self, link: StatedLink) -> str: ...


_family: Family[TieRule] = Family()
know_rules, rules_known = _family.know, _family.known


@dataclass(frozen=True)
class Step:
    """One link applied: the value of each entry that was still tied, as text, and the groups that it leaves, best
    first. A decision is a step of its own: the places of the entries that it orders."""

    kind: str
    code: str
    values: Mapping[str, str]
    groups: tuple[tuple[str, ...], ...]


class TieTold(TypedDict, total=False):
    """What a tie was for one entry, numbers as text; empty where nobody has the same result. See TieTrace.told."""

    others: str
    equal: str
    kind: str
    code: str


@dataclass(frozen=True)
class TieTrace:
    """As the file holds it: entries with one result, the steps taken, and the order reached: groups of more than one
    are still equal. What decisions say of the order inside such a group stands in the steps."""

    value: str
    groups: tuple[tuple[str, ...], ...]
    steps: tuple[Step, ...] = field(default=())

    @property
    def order(self) -> tuple[str, ...]:
        """The entries in the order reached, those that are still equal by code."""
        return tuple(entry for group in self.groups for entry in group)

    @cached_property
    def told(self) -> dict[str, TieTold]:
        """What the tie was for each entry: how many others have its result, from how many of them nothing told it
        apart, and the link that told it apart from the rest (the last one that did; empty: none). A decision on some
        of a group is one, too."""
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
    """Applies the chain to entries with an equal result, `value`. Decisions are orders of entries, the latest last;
    `ahead` are the entries that a better result puts before these. Raises what the mapping of rules raises for a kind
    that nobody knows."""
    groups: list[tuple[str, ...]] = [tuple(sorted(entries))]
    steps: list[Step] = []
    known = Known(rule, scores, facts, ahead)
    for link in computed(chain):
        if all(len(group) == 1 for group in groups):
            break
        groups, values = rules_known()[link.kind].split(groups, link, known)
        steps.append(Step(link.kind, link.code, values, tuple(groups)))
    if any(len(group) > 1 for group in groups):
        groups, said = rule.semantics.decide(groups, decisions)
        steps += [Step(HUMAN, "", values, tuple(left)) for values, left in said]
    return TieTrace(text_of(value), tuple(groups), tuple(steps))


def computed(chain: Sequence[Link]) -> list[Link]:
    """The links that values settle, without the person's decision."""
    return [link for link in chain if not rules_known()[link.kind].decides]


def refine(groups: Groups, key: Callable[[str], Any], show: Callable[[str], str]) -> Split:
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
    return refined, values


def cover(groups: Groups, of: Callable[[str], str], ahead: Sequence[str]) -> Split:
    """Puts entries first whose category (or city), `of`, nobody ahead has; groups put ahead by an earlier link count
    as ahead."""
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
    return refined, values
