"""When a juror sees how the others marked an entry that they marked too, never with names: one class for each setting,
in judging/rounds/kinds/seeing.

A setting says what it is called, whether it shows (`shows`), and what it means to a juror (`words`). Nobody sees
anything before handing in their own: that is no setting.
"""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from judging.models import Round
from toolkit.kinds import Registry


class SeeingOthers:
    """A setting. `while_open`: who has handed in may see others' marks and still change their own; the log then says
    so."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    while_open: ClassVar[bool] = False

    def shows(self, round: Round) -> bool:
        """Whether a juror who has handed in their own marks sees the others' now."""
        return self.while_open

    def words(self) -> str:
        """What it means, to a juror."""
        return str(self.name)


SEEING_OTHERS: Registry[SeeingOthers] = Registry(_("When jurors see others' marks"), "judging.rounds.kinds.seeing")


def setting_of(round: Round) -> SeeingOthers:
    """The round's setting. Raises UnknownKind."""
    return SEEING_OTHERS.ask(round.others_marks, field="others_marks")
