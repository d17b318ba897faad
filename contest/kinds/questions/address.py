"""A web address that a reader may follow."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contest.domain.answers import is_address
from contest.kinds.question_kinds import QUESTION_KINDS, AskedOf, QuestionKind


@QUESTION_KINDS.register
class AddressKind(QuestionKind):
    code, order, name = "address", 60, _("web address")

    def field(self, asked: AskedOf, **options: Any) -> forms.Field:
        return forms.CharField(widget=forms.URLInput(), **options)

    def fault_in(self, asked: AskedOf, text: str) -> str:
        return "" if is_address(text) else gettext("Write a full web address that begins with https://")
