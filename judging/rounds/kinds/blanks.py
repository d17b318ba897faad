"""What an optional criterion that a juror left blank counts as: one class for each way, in
judging/rounds/kinds/blank_ways.

A way says what it is called, what a blank counts as on a criterion's scale (`counts_as`, in values alone: `rank` and
`verify` do it from a file), and the same in a sentence. Marks in thousandths, as everywhere.
"""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from judging.domain.numbers import Thousandths
from toolkit.kinds import Registry, UnknownKind


class Blank:
    """A way. `is_a_mark`: a blank counts as a mark would, which sums in a workbook don't know."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    is_a_mark: ClassVar[bool] = True

    def counts_as(self, lowest: Thousandths, highest: Thousandths) -> Thousandths | None:
        """The mark, of a criterion marked from `lowest` to `highest`; None where its weight leaves the scorecard."""
        raise ValueError(f"{self.code} says nothing of marks from {lowest} to {highest}")

    def words(self) -> str:
        """What a blank is and does, in a sentence."""
        return str(self.name)


BLANKS: Registry[Blank] = Registry(_("What a blank counts as"), "judging.rounds.kinds.blank_ways")


def blank_words(code: str) -> str:
    """What a blank does by the way of that code; of one that this site no longer knows, that it does not."""
    way = BLANKS.get(code)
    return way.words() if way else str(UnknownKind(BLANKS.family, code))
