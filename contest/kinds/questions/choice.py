"""One of a list that the question brings."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from contest.kinds.question_kinds import QUESTION_KINDS, AskedOf, ListKind


@QUESTION_KINDS.register
class ChoiceKind(ListKind):
    code, order, name = "choice", 40, _("one of a list")

    def refused(self, asked: AskedOf) -> tuple[str, str]:
        codes = [choice.get("code") for choice in asked.choices]
        if len(codes) < 2 or len(set(codes)) < len(codes) or not all(codes):
            return "choices", gettext("Give at least two choices, each with a code of its own.")
        return "", ""

    def listed(self, asked: AskedOf) -> Sequence[tuple[str, str]]:
        return [
            (choice["code"], str(LazyI18nString(choice.get("name", {}))) or choice["code"]) for choice in asked.choices
        ]
