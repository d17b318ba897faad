"""A whole number, 0 or more."""

from django.utils.translation import gettext_lazy as _

from corridor.domain.life.reports import Question, read_number
from corridor.life.kinds.report_answers import ANSWER_KINDS, AnswerKind


@ANSWER_KINDS.register
class WholeAnswer(AnswerKind):
    code, order, name = "whole", 20, _("a whole number")
    keyboard = "numeric"
    problems = {"whole": _("Give a whole number, 0 or more.")}

    def read(self, question: Question, typed: str) -> int | str:
        number = read_number(typed, places=0)
        if number is None:
            raise ValueError("whole")
        return int(number)
