"""Once nobody can change a mark any more."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from judging.models import Round
from judging.reads.taking_part import FROZEN
from judging.rounds.kinds.seeing_others import SEEING_OTHERS, SeeingOthers


@SEEING_OTHERS.register
class AfterClosing(SeeingOthers):
    code, order, name = "after_closing", 30, _("once the round is closed, for entries they scored")

    def shows(self, round: Round) -> bool:
        return round.state in FROZEN

    def words(self) -> str:
        return gettext("Once the round is closed, you see how the others marked this entry, without names.")
