"""What a criterion does: one class for each kind, in judging/rounds/kinds/criteria.

A kind says what it is called, whether jurors mark it, whether it counts in its group and the total or stands beside
them, what its mark gives there (`beside`, in values alone: `rank` and `verify` do it from a file), and how sentences
say it. Weights, marks and points in thousandths, as everywhere.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from judging.domain.numbers import SCALE, Thousandths
from judging.domain.rule.criterion_kinds import unmarked_kinds
from judging.models import Criterion
from judging.rounds.words.figures import figure
from toolkit.kinds import Registry, UnknownKind


class CriterionKind:
    """A kind. `is_marked`: by jurors; what they don't mark is recorded as breaches by who runs the round. `counts`: its
    weight counts in its group or the total. `is_beside`: it gives points on top of the total, or takes some off.
    `has_weight`: its weight says something.

    `without_weight` is why it can't weigh nothing; empty where it can. `share` stands in place of its share of the
    total, empty where it has one.
    """

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    is_marked: ClassVar[bool] = True
    counts: ClassVar[bool] = False
    is_beside: ClassVar[bool] = False
    has_weight: ClassVar[bool] = True
    without_weight: ClassVar[str | Promise] = ""
    share: ClassVar[str | Promise] = ""

    def beside(self, weight: Thousandths, mark: Thousandths, cap: Thousandths | None) -> Fraction:
        """Points beside the total, of a mark: asked of what is marked and stands beside it."""
        raise ValueError(f"{self.code} gives no points beside the total")

    def words(self, criterion: Criterion) -> str:
        """What it does, in a sentence of the rule; empty where it simply counts."""
        return ""

    def note(self, criterion: Criterion) -> str:
        """The same in few words, for a juror who marks it."""
        return ""


CRITERION_KINDS: Registry[CriterionKind] = Registry(_("What a criterion does"), "judging.rounds.kinds.criteria")


def kind_in_words(code: str) -> str:
    """What the kind of that code is called; of one that this site no longer knows, that it does not."""
    kind = CRITERION_KINDS.get(code)
    return str(kind.name) if kind else str(UnknownKind(CRITERION_KINDS.family, code))


def kind_of(criterion: Criterion) -> CriterionKind:
    """The kind of a criterion. Raises UnknownKind."""
    return CRITERION_KINDS.ask(criterion.kind, field="kind")


def marked(criteria: QuerySet[Criterion]) -> QuerySet[Criterion]:
    """Those that jurors mark."""
    return criteria.exclude(kind__in=unmarked_kinds())


def recorded(criteria: QuerySet[Criterion]) -> QuerySet[Criterion]:
    """Those of which breaches are recorded."""
    return criteria.filter(kind__in=unmarked_kinds())


def counting(criteria: Iterable[Criterion]) -> list[Criterion]:
    """Those that count in their group or the total."""
    return [criterion for criterion in criteria if kind_of(criterion).counts]


def points(thousandths: int) -> str:
    """Points for reading."""
    return figure(Fraction(thousandths, SCALE), 3)
