"""A blank leaves the scorecard with its criterion's weight."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from judging.domain.numbers import Thousandths
from judging.domain.rule.blanks import LEFT_OUT
from judging.rounds.kinds.blanks import BLANKS, Blank


@BLANKS.register
class LeftOut(Blank):
    code, order, name = LEFT_OUT, 10, _("left out, with its weight")
    is_a_mark = False

    def counts_as(self, lowest: Thousandths, highest: Thousandths) -> Thousandths | None:
        return None

    def words(self) -> str:
        return gettext(
            "Blank: a required criterion has to be marked before the scorecard is submitted; an optional one is left "
            "out, with its weight."
        )
