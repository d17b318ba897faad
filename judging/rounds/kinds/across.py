"""How several jurors make one result: one class for each way, in judging/rounds/kinds/aggregations.

A way says what it is called, what a round needs for it (`refused`), what it does with values (`together`, in values
alone: `rank` and `verify` do it from a file), in a workbook (`formula`) and in sentences (`words`).
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from judging.domain.rule.values import Rule
from judging.models import Round
from toolkit.kinds import Registry, UnknownKind


class Aggregation:
    """A way. `is_mean`: it is the mean of all, which corrections between jurors, and the short ways of computing from
    columns, ask for."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    is_mean: ClassVar[bool] = False

    def together(self, values: Sequence[Fraction], rule: Rule) -> Fraction | None:
        """One value from one or more; None where none of them is left."""
        raise ValueError(f"{self.code} makes nothing of {len(values)} values")

    def formula(self, cells: str, rule: Rule) -> str:
        """The same of a range of cells in a workbook, of which empty ones and text count for nothing."""
        raise ValueError(f"{self.code} has no formula for {cells}")

    def refused(self, round: Round) -> tuple[str, str]:
        """(field, sentence): why a round can't have it; empty where it can."""
        return "", ""

    def words(self, round: Round) -> list[str]:
        """What else there is to say of it, in sentences."""
        return []


AGGREGATIONS: Registry[Aggregation] = Registry(_("How jurors make one result"), "judging.rounds.kinds.aggregations")


def way_in_words(code: str) -> str:
    """What the way of that code is called; of one that this site no longer knows, that it does not."""
    way = AGGREGATIONS.get(code)
    return str(way.name) if way else str(UnknownKind(AGGREGATIONS.family, code))
