"""One of several answers."""

from django.utils.translation import gettext_lazy as _

from corridor.life.kinds.report_answers import ANSWER_KINDS, ListedAnswer


@ANSWER_KINDS.register
class ChoiceAnswer(ListedAnswer):
    code, order, name = "choice", 40, _("one of several answers")
