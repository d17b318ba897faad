"""A rule by which jurors are assigned to entries: one class for each kind, in judging/jury/kinds/rules.

A kind says what the solver may do and what that costs (`enter`, or `off` of a load), how a plan is held against it
(`missing`, `off`), why it can't hold (`shortages`), what a file has to say of it (`takes`, `asks`, `faults`), how it is
offered in a round's form and refused by its service, and how sentences say it. What is computed takes values alone:
`manage.py assign` does it from a file. Rules, entries and jurors are those of judging.domain.assignment.data.

A rule by entry (EntryRule) depends on who sits on it; one by load (LoadRule) on how many entries a juror has; one of
pairs (PairsRule) names seats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from judging.domain.assignment.data import Entry, Juror, Problem, Rule, Shortage
from judging.domain.assignment.document import RuleAsked
from toolkit.kinds import Registry, UnknownKind
from toolkit.typed_data import from_data

if TYPE_CHECKING:
    import numpy as np
    from django_stubs_ext import StrPromise

    from judging.domain.assignment.document import AssignmentFile
    from judging.domain.assignment.result import Seats
    from judging.domain.assignment.supply import Supply
    from judging.domain.assignment.table import Table

Names = Mapping[str, str]  # {code of an entry, a juror or a category: what people call it}
Row = Mapping[str, Any]  # a rule as a round keeps it, and as docs/formats/assignment.schema.json spells it


@dataclass(frozen=True)
class Jury:
    """What a rule may name: `names` {juror's code: what people call them}, the groups to which jurors belong."""

    names: Names
    groups: frozenset[str]


class AssignmentRule:
    """A kind. For what its computing half means, see judging.domain.assignment.kinds.RuleKind.

    `offered` is its choice in a round's form, empty where it stands in none; `usual` its price where a round names no
    rules; `by_hand` what a person says who sets one pair by it. Of a kind that is not `is_once` the form has at least
    `rows` rows under a `heading` with a `hint`. `why_priced` refuses one without a price, where it can't be hard.
    `is_told`: a plan says where it does not hold.
    """

    code: ClassVar[str]
    order: ClassVar[int]
    unit: ClassVar[str]
    is_silent: ClassVar[bool] = False
    is_once: ClassVar[bool] = True
    can_be_hard: ClassVar[bool] = True
    can_be_first: ClassVar[bool] = False
    takes: ClassVar[frozenset[str]] = frozenset()
    asks: ClassVar[Mapping[str, object]] = {}
    is_by_entry: ClassVar[bool] = False
    is_by_load: ClassVar[bool] = False
    wants: ClassVar[int] = 0
    is_earlier: ClassVar[bool] = False
    is_number: ClassVar[bool] = False
    is_limit: ClassVar[bool] = False
    told: ClassVar[int] = 20

    name: ClassVar[str | StrPromise]
    is_told: ClassVar[bool] = True
    offered: ClassVar[str | StrPromise] = ""
    usual: ClassVar[int | None] = None
    by_hand: ClassVar[str | StrPromise] = ""
    why_priced: ClassVar[str | StrPromise] = gettext_lazy("This rule has a price: it can't be required everywhere.")
    rows: ClassVar[int] = 4
    heading: ClassVar[str | StrPromise] = ""
    hint: ClassVar[str | StrPromise] = ""

    # ---- computing: values in, values out

    def broken(self, rule: Rule, seats: Seats) -> dict[str, int]:
        return {entry.code: self.missing(rule, seats, entry, seats.of[entry.code]) for entry in seats.problem.entries}

    def missing(self, rule: Rule, seats: Seats, entry: Entry, jurors: list[Juror]) -> int:
        return 0

    def off(self, juror: Juror, loads: np.ndarray, level: int) -> np.ndarray:
        return loads * 0

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        """Nothing: what is by load says its costs by `off`."""

    def is_idle(self, problem: Problem) -> bool:
        return False

    def shortages(self, rule: Rule, supply: Supply) -> Iterator[Shortage]:
        yield from ()

    def faults(self, rule: RuleAsked, file: AssignmentFile) -> Iterator[tuple[str, str]]:
        yield from ()

    # ---- words

    def in_words(self, of: str, names: Names) -> str:
        """What it asks; `of` the group, or the codes of jurors, that it is about."""
        return str(self.name)

    def broken_words(self, units: int, rule: str) -> str:
        """That a plan breaks it by so many units; `rule` is what it asks."""
        told = ngettext("Not met in %(number)s place: %(rule)s.", "Not met in %(number)s places: %(rule)s.", units)
        return told % {"number": units, "rule": rule}

    def way_out(self, rule: str, told: str) -> str:
        """That it gives way at these (“told”), as part of a sentence."""
        return _("give way on “%(rule)s” at %(told)s") % {"rule": rule, "told": told}

    def short_words(self, what: str, rule: str, demand: int, supply: int) -> str:
        """That an entry (`what`) needs so many and can have so many."""
        return _("%(what)s: %(rule)s needs %(demand)s, and %(supply)s can be had.") % {
            "what": what, "rule": rule, "demand": demand, "supply": supply,
        }  # fmt: skip

    # ---- the form of a round, and its service

    def fields(self, jury: Jury) -> dict[str, forms.Field]:
        """What the form asks beside how much it matters, by parameter; of a row where there may be several."""
        return {}

    def none(self, jury: Jury) -> str:
        """Why there can't be such a rule; then the form says so in place of its rows."""
        return ""

    def typed(self, row: Row) -> dict[str, Any]:
        """What the fields show of a rule that is kept; of an empty one before there is one."""
        return {}

    def parameters(self, typed: Mapping[str, Any]) -> dict[str, Any] | None:
        """The rule's parameters of what the fields say; None where nothing is asked."""
        return {}

    def lacks(self, typed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """(field, sentence): what has to be said where the rule is asked for."""
        yield from ()

    def refusal(self, row: Row, jury: Jury) -> str:
        """Why this makes no rule of the kind; empty where it does."""
        return ""


class EntryRule(AssignmentRule):
    """Of the jurors on one entry: a kind says how many units are `missing`."""

    is_by_entry = True


class LoadRule(AssignmentRule):
    """Of a juror's number of entries: a kind says how many units each load is `off`."""

    is_by_load = True

    def broken(self, rule: Rule, seats: Seats) -> dict[str, int]:
        return {j.code: seats.off(self.off, j) for j in seats.problem.jurors}


class PairsRule(AssignmentRule):
    """Of pairs (entry, juror) that are to be in the plan, or not to be."""

    is_once = False
    takes = frozenset({"pairs"})
    asks = {"required": ["pairs"]}

    def broken(self, rule: Rule, seats: Seats) -> dict[str, int]:
        pairs = set(rule.pairs)
        return Counter(entry for entry, _juror in (pairs - seats.pairs if self.wants > 0 else pairs & seats.pairs))

    def enter(self, table: Table, n: int, rule: Rule) -> None:
        table.want(n, rule)


ASSIGNMENT_RULES: Registry[AssignmentRule] = Registry(
    gettext_lazy("Rule of the assignment"), "judging.jury.kinds.rules"
)


def usual_rules() -> list[Row]:
    """Where a round names no rules of its own."""
    kinds = ASSIGNMENT_RULES.values()
    return [{"rule": kind.code, "price": kind.usual} for kind in kinds if kind.usual is not None]


def offered() -> list[AssignmentRule]:
    """The kinds that a round's form offers."""
    return [kind for kind in ASSIGNMENT_RULES.values() if kind.offered or kind.heading]


def set_by_hand() -> list[tuple[str, str | StrPromise]]:
    """What a person may say of a pair: (code, words)."""
    return [(kind.code, kind.by_hand) for kind in ASSIGNMENT_RULES.values() if kind.by_hand]


def unknown_in_words(code: str) -> str:
    """That the site does not know the kind of that code."""
    return str(UnknownKind(ASSIGNMENT_RULES.family, code))


def asked_in(row: Row) -> RuleAsked:
    """A rule of a round as a file states it. Raises Misshapen."""
    return from_data(RuleAsked, row)
