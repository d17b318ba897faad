"""The agreement is ended by consent of all, or by one party under a clause that allows it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.kinds.document_kinds import DOCUMENT_KINDS
from corridor.kinds.ending import Ending


@DOCUMENT_KINDS.register
class TerminationKind(Ending):
    code, order, name = "termination", 50, gettext_lazy("termination")
    called = gettext_lazy("Termination of %(reference)s")
    verb = "terminate"
    heading = offered = gettext_lazy("End the agreement")
    asked_for = gettext_lazy("Ask to end the agreement")
    who = gettext_lazy("Who ends it")
    ends_as = "terminated"
    ended = gettext_lazy("terminated")
    ended_in_words = gettext_lazy(
        "The agreement is terminated, by document %(reference)s, %(since)s. That document says on which day the stay "
        "ends."
    )

    def about(self, notice_days: int) -> str:
        return _("By consent of all parties, or by one party under a clause that allows it.")
