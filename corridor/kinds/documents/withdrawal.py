"""A party leaves: by a notice of its own, which it may draft itself, or with the consent of all."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corridor.kinds.document_kinds import DOCUMENT_KINDS, Said
from corridor.kinds.ending import ALONE, Ending
from corridor.states import GUESTS


@DOCUMENT_KINDS.register
class WithdrawalKind(Ending):
    code, order, name = "withdrawal", 40, gettext_lazy("withdrawal")
    called = gettext_lazy("Withdrawal from %(reference)s")
    verb = "withdraw"
    heading = gettext_lazy("Withdraw from the agreement")
    offered = gettext_lazy("A party withdraws")
    asked_for = gettext_lazy("Give notice of withdrawal")
    who = gettext_lazy("Who withdraws")
    usually = ALONE
    is_given_alone = names_party = asks_notice = True
    ends_as = "withdrawn"
    ended = gettext_lazy("withdrawn")
    ended_in_words = gettext_lazy(
        "A party has withdrawn from the agreement, by document %(reference)s, %(since)s. That document says on which "
        "day the stay ends."
    )

    def about(self, notice_days: int) -> str:
        if not notice_days:
            return _(
                "One party gives notice and signs alone, as the agreement asks for no days before the end; or all "
                "parties sign."
            )
        return ngettext(
            "One party gives notice and signs alone, %(days)s day before the end at least; or all parties sign.",
            "One party gives notice and signs alone, %(days)s days before the end at least; or all parties sign.",
            notice_days,
        ) % {"days": notice_days}

    def declaration(self, said: Said, words: Mapping[str, str]) -> str:
        """Of a notice for which the agreement asks no days, the one that names none."""
        plain = super().declaration(said, words)
        at_once = not said.asked.is_joint and not said.notice
        return words.get(f"{self.code}_at_once", plain) if at_once else plain

    def leaves(self, party: str) -> bool:
        return party in GUESTS
