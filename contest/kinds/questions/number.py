"""A whole number, in digits."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contest.domain.answers import is_whole_number
from contest.kinds.question_kinds import QUESTION_KINDS, AskedOf, QuestionKind


@QUESTION_KINDS.register
class NumberKind(QuestionKind):
    code, order, name = "number", 30, _("whole number")

    def field(self, asked: AskedOf, **options: Any) -> forms.Field:
        return forms.CharField(widget=forms.TextInput({"inputmode": "numeric"}), **options)

    def fault_in(self, asked: AskedOf, text: str) -> str:
        return "" if is_whole_number(text) else gettext("Write a whole number, in digits.")
