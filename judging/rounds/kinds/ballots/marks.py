"""Marks by criterion. What they make of a scorecard, and jurors together, other families say."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from judging.domain.rule.ballots import MARKS
from judging.models import Round
from judging.rounds.kinds.balloting import BALLOTS, Ballot


@BALLOTS.register
class Marks(Ballot):
    code, order, name = MARKS, 10, _("marks by criterion")
    gives_marks = True

    def least_words(self, round: Round) -> str:
        return ngettext(
            "An entry needs %(scorecards)s scorecard.",
            "An entry needs %(scorecards)s scorecards.",
            round.rule.min_scorecards,
        ) % {"scorecards": round.rule.min_scorecards}
