"""Several lines of text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contest.kinds.question_kinds import QUESTION_KINDS, AskedOf, TextKind
from toolkit.counted_texts import counted


@QUESTION_KINDS.register
class LongKind(TextKind):
    code, order, name = "long", 20, _("several lines")

    def field(self, asked: AskedOf, **options: Any) -> forms.Field:
        return forms.CharField(widget=counted(asked.max_chars, 5), **options)
