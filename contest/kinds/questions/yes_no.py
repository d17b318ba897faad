"""Yes or no."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contest.kinds.question_kinds import QUESTION_KINDS, AskedOf, ListKind


@QUESTION_KINDS.register
class YesNoKind(ListKind):
    code, order, name = "yes_no", 50, _("yes or no")

    def listed(self, asked: AskedOf) -> Sequence[tuple[str, str]]:
        return [("yes", gettext("Yes")), ("no", gettext("No"))]
