"""Jurors never see each other's marks."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.seeing_others import SEEING_OTHERS, SeeingOthers


@SEEING_OTHERS.register
class Never(SeeingOthers):
    code, order, name = "never", 10, _("never")

    def words(self) -> str:
        return gettext("In this round jurors don't see each other's marks.")
