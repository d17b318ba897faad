"""At which level several jurors make one result: one class for each, in judging/rounds/kinds/aggregation_levels.

A level says what it is called and what it makes of one entry's jury (`result`, `groups`, in values alone: `rank` and
`verify` do it from a file). How values become one there is a family of its own (judging.rounds.kinds.across).
"""

from fractions import Fraction
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from judging.domain.marks.scoring import Jury
from judging.models import Round
from toolkit.kinds import Registry, called


class Level:
    """A level. `of_totals`: jurors' totals are put together, which corrections and drawing juries anew ask for.
    `of_criteria`: jurors are put together on each criterion, and that makes the total. Sums in a workbook know these
    two; others stand there as values. `is_same_for_means`: where jurors make a mean and gave every mark, the result is
    the mean of their totals: then a standing may be made from columns."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    of_totals: ClassVar[bool] = False
    of_criteria: ClassVar[bool] = False
    is_same_for_means: ClassVar[bool] = False

    def result(self, jury: Jury, *, ranking: bool) -> Fraction | None:
        """The exact total of an entry before points off; `ranking`: with the weights of the rank."""
        raise ValueError(f"{self.code} makes nothing of {len(jury.sheets)} scorecards")

    def groups(self, jury: Jury) -> tuple[Fraction | None, ...]:
        """Each group's result across jurors, rounded where the rule says so."""
        raise ValueError(f"{self.code} makes nothing of {len(jury.sheets)} scorecards")


LEVELS: Registry[Level] = Registry(
    _("At which level jurors make one result"), "judging.rounds.kinds.aggregation_levels"
)


def level_of(round: Round) -> Level:
    """The round's level. Raises UnknownKind."""
    return LEVELS.ask(round.rule.aggregate_at, field="aggregate_at")


def level_in_words(code: str) -> str:
    """What the level of that code is called; of one that this site no longer knows, that it does not."""
    return called(LEVELS, code)
