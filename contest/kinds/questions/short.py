"""One line of text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contest.kinds.question_kinds import QUESTION_KINDS, AskedOf, TextKind
from toolkit.counted_texts import counted_line


@QUESTION_KINDS.register
class ShortKind(TextKind):
    code, order, name = "short", 10, _("one line")

    def field(self, asked: AskedOf, **options: Any) -> forms.Field:
        return forms.CharField(widget=counted_line(asked.max_chars), **options)
