"""A later last day on the same terms."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.domain.chain.chain import ONE_DAY
from corridor.kinds.amending import Amending
from corridor.kinds.document_kinds import DOCUMENT_KINDS, AskingForm


@DOCUMENT_KINDS.register
class ExtensionKind(Amending):
    code, order, name = "extension", 30, gettext_lazy("extension")
    called = gettext_lazy("Amendment %(place)s (extension) to %(reference)s")
    verb = "extend"
    heading = offered = gettext_lazy("Extend the stay")
    asked_for = gettext_lazy("Ask for an extension")
    must_lengthen = True

    def about(self, notice_days: int) -> str:
        return _(
            "A later last day on the same terms. The host's desks are checked and kept free while the document waits "
            "for signatures."
        )

    def ask_what(self, form: AskingForm) -> None:
        form.day("last_day", gettext_lazy("New last day"), form.stay.ends - ONE_DAY)
