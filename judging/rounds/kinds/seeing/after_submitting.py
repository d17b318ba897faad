"""As soon as the juror has handed in their own."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from judging.rounds.kinds.seeing_others import SEEING_OTHERS, SeeingOthers


@SEEING_OTHERS.register
class AfterSubmitting(SeeingOthers):
    code, order, name = "after_submitting", 20, _("once they have submitted their own scorecard for it")
    while_open = True

    def words(self) -> str:
        return gettext("Once you submit, you see how the others marked this entry, without names.")
