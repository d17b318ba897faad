"""Other days, desks, people or wording; a stay that only grows longer is an extension."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.domain.chain.chain import ONE_DAY
from corridor.kinds.amending import Amending
from corridor.kinds.document_kinds import DOCUMENT_KINDS, AskingForm


@DOCUMENT_KINDS.register
class AmendmentKind(Amending):
    code, order, name = "amendment", 20, gettext_lazy("amendment")
    called = gettext_lazy("Amendment %(place)s to %(reference)s")
    verb = "amend"
    heading = offered = gettext_lazy("Change dates, people, desks or wording")
    asked_for = gettext_lazy("Ask for other dates, people, desks or wording")
    names_people = True
    may_lengthen = False

    def about(self, notice_days: int) -> str:
        return _(
            "An amendment: another person travels, the stay is shorter or starts later, more or fewer desks, another "
            "wording."
        )

    def ask_what(self, form: AskingForm) -> None:
        if not form.has_begun:
            form.day("starts", gettext_lazy("First day"), form.stay.starts)
        form.day("last_day", gettext_lazy("Last day"), form.stay.ends - ONE_DAY)
        form.fields["desks"] = forms.IntegerField(
            label=gettext_lazy("Desks"), min_value=1, max_value=99, initial=form.stay.desks
        )
