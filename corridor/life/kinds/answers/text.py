"""Words, of several lines."""

from django.utils.translation import gettext_lazy as _

from corridor.domain.life.reports import LONGEST_TEXT, Question
from corridor.life.kinds.report_answers import ANSWER_KINDS, AnswerKind


@ANSWER_KINDS.register
class TextAnswer(AnswerKind):
    code, order, name = "text", 10, _("words")
    is_long = True
    problems = {"long": _("This is too long: 4000 characters at most.")}

    def read(self, question: Question, typed: str) -> int | str:
        if len(typed) > LONGEST_TEXT:
            raise ValueError("long")
        return typed
