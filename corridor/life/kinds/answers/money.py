"""An amount in the currency that the question says (ISO 4217)."""

from django.utils.translation import gettext_lazy as _

from corridor.domain.life.reports import CURRENCY, USUAL_CURRENCY, Question, read_number
from corridor.life.kinds.report_answers import ANSWER_KINDS, AnswerKind


@ANSWER_KINDS.register
class MoneyAnswer(AnswerKind):
    code, order, name = "money", 30, _("an amount of money")
    usual_unit = USUAL_CURRENCY
    keyboard = "decimal"
    problems = {"money": _("Give an amount, 0 or more, with at most two decimals.")}

    def fault_of(self, question: Question) -> str:
        return super().fault_of(question) or ("" if CURRENCY.fullmatch(question.unit) else "money in no currency")

    def unit_of(self, typed: str) -> str:
        return typed.upper() or self.usual_unit

    def read(self, question: Question, typed: str) -> int | str:
        number = read_number(typed.replace(",", "."), places=2)
        if number is None:
            raise ValueError("money")
        return format(number, "f")
