"""What a rule for equal results is: one class for each kind, in judging/rounds/kinds/ties.

A kind says how it is offered (`choices`) and called (`words`, `measured`), what may not be declared (`refused`,
`faults_in`), what of an entry the file has to hold for it (`read`), which rows that follows from (`rows`, for the
stamp of what was computed), and how it tells entries apart (`split`, in values alone: `rank` and `verify` do it from a
file).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, TypedDict

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.models import Entry
from judging.domain.marks.scoring import text_of
from judging.domain.rule.stated import StatedLink, StatedRule
from judging.domain.ties import chain as ties
from judging.domain.ties.chain import Groups, Known, Link, Split
from judging.models import Round
from judging.rounds.words.figures import number
from toolkit.kinds import Registry

Names = Mapping[str, str]
LAST = Fraction(-(10**18))  # below any result: an entry of which nothing is known


def name_in(names: Names, code: str, of_group: bool = False) -> str:
    """A criterion's or a group's name; names of groups and facts stand under “group:CODE” and “fact:CODE”."""
    return names.get(f"group:{code}" if of_group else code, code)


@dataclass(frozen=True)
class Asking:
    """What a kind may read of a round's entries: `entries` as a query, `cities` the key of each entry's city by the
    entry's key (None for none), `links` those of the chain that are of the kind."""

    round: Round
    entries: QuerySet[Entry]
    cities: Mapping[int, int | None]
    links: Sequence[Mapping[str, Any]]


class ReadOfEntry(TypedDict, total=False):
    """What a kind read of an entry: how many laureates its city has had, numbers by the code of a fact."""

    laureates: str
    facts: dict[str, str]


class TieRule:
    """A kind of rule; this one compares a `key` of two entries, the higher before the lower.

    `offered` is its choice in a form, `name` how sentences call it, `published` what sources of rules call it, each
    with what the link holds besides its kind. A rule with `names_part` is about a criterion, a group or a fact, and
    its link has that one's code.
    """

    code: ClassVar[str]
    order: ClassVar[int]
    offered: ClassVar[str | Promise]
    name: ClassVar[str | Promise]
    names_part: ClassVar[bool] = False
    decides: ClassVar[bool] = False
    published: ClassVar[Mapping[str, Mapping[str, Any]]] = {}

    # ---- computing: values in, values out

    def key(self, entry: str, link: Link, known: Known) -> Any:
        """What is compared; LAST, or the least that there is, where nothing is known."""
        return self.shown(entry, link, known)

    def shown(self, entry: str, link: Link, known: Known) -> str:
        """The same as text, as the file holds it; empty where nothing is known."""
        return ""

    def split(self, groups: Groups, link: Link, known: Known) -> Split:
        """(the groups that it leaves, best first; the value of each entry that was still equal to another)."""
        return ties.refine(
            groups, lambda entry: self.key(entry, link, known), lambda entry: self.shown(entry, link, known)
        )

    # ---- words

    def choices(self, round: Round | None) -> Iterable[tuple[str, str]]:
        """What a form offers, as (value, label): once, or for each criterion, group or fact that the round has."""
        yield self.code, str(self.offered)

    def words(self, code: str, names: Names) -> str:
        """Its short name, as a part of sentences; `names` are those of criteria, groups and facts."""
        return str(self.name)

    def measured(self, text: str) -> str:
        """A value that it compared, for reading."""
        return number(text) if text else _("not known")

    # ---- what a form and a file hold

    def value(self, link: Mapping[str, Any]) -> str:
        """A link as the form's choice."""
        return f"{self.code}:{link['code']}" if link.get("code") else self.code

    def link(self, rest: str) -> dict[str, str]:
        """The form's choice, what follows its kind, as a link that a round keeps."""
        return {"kind": self.code, "code": rest} if rest else {"kind": self.code}

    def refused(self, link: Mapping[str, Any]) -> str:
        """Why a round can't have the link, in words; empty where it can."""
        if self.names_part and not link.get("code"):
            return _("The chain of rules for ties holds a rule that does not say what it is about.")
        return ""

    def parts(self, criteria: set[str], groups: set[str]) -> set[str] | None:
        """Of the codes that the round marks those that a link may have; None where any may stand."""
        return None

    def faults_in(self, link: StatedLink, rule: StatedRule) -> Iterator[tuple[tuple[str, ...], str]]:
        """What makes no sense in a link of a file's `rule`: (parts of its place, sentence)."""
        if self.names_part and not link.code:
            yield (), f"it lacks the “code” of the {self.code}."
        elif link.code and not self.names_part:
            yield ("code",), f"“{self.code}” is about no criterion, group or fact."
        else:
            yield from self.faults_of_code(link.code or "", rule)
        if link.first == ties.LOWER and not self.may_be_lower:
            yield ("first",), "only of a fact can the lower number come first."

    def faults_of_code(self, code: str, rule: StatedRule) -> Iterator[tuple[tuple[str, ...], str]]:
        """What makes no sense in the code that its link has."""
        return iter(())

    may_be_lower: ClassVar[bool] = False

    # ---- rows

    def fact_of(self, link: StatedLink) -> str:
        """The key under an entry's `facts` in the file that it compares; empty: none."""
        return ""

    def read(self, asking: Asking) -> Mapping[int, ReadOfEntry]:
        """What the file has to say of entries, by their key. At most two queries."""
        return {}

    def rows(self, round: Round) -> Iterable[tuple[QuerySet[Any], Combinable]]:
        """What that follows from: rows, and of each the number on which it hangs."""
        return ()


class NumberRule(TieRule):
    """Compares a number, of which the higher is better unless `lower_first`."""

    lower_first: ClassVar[bool] = False

    def number(self, entry: str, link: Link, known: Known) -> Fraction | None:
        """None where nothing is known."""
        return None

    def key(self, entry: str, link: Link, known: Known) -> Fraction:
        value = self.number(entry, link, known)
        if value is None:
            return LAST
        return -value if self.lower_first else value

    def shown(self, entry: str, link: Link, known: Known) -> str:
        return text_of(self.number(entry, link, known))


class CoverRule(TieRule):
    """Puts entries first whose category, city or the like (`of`) no entry ahead of them has."""

    def of(self, entry: str, known: Known) -> str:
        return ""

    def split(self, groups: Groups, link: Link, known: Known) -> Split:
        return ties.cover(groups, lambda entry: self.of(entry, known), known.ahead)

    def measured(self, text: str) -> str:
        if not text:
            return _("not known")
        return _("not covered ahead") if text == "1" else _("covered ahead")


TIE_RULES: Registry[TieRule] = Registry(gettext_lazy("Rule for ties"), "judging.rounds.kinds.ties")
