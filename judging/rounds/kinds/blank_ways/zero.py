"""A blank counts as a mark of 0, whatever the lowest mark is."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from judging.domain.numbers import Thousandths
from judging.rounds.kinds.blanks import BLANKS, Blank


@BLANKS.register
class Zero(Blank):
    code, order, name = "zero", 20, _("counts as zero")

    def counts_as(self, lowest: Thousandths, highest: Thousandths) -> Thousandths | None:
        return 0

    def words(self) -> str:
        return gettext(
            "Blank: a required criterion has to be marked before the scorecard is submitted; an optional one "
            "counts as zero."
        )
