"""In words: how ranked lists, or pairs compared, make a result, and how many of what jurors gave a result needs."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.models import Round
from judging.rounds.kinds.counting import COUNTINGS
from judging.states import Ballot


def ballot_words(round: Round) -> list[str]:
    """From ranked lists, or pairs compared, to the result (judging.domain.ballots.ranked_lists,
    judging.domain.ballots.duels)."""
    if round.rule.ballot == Ballot.DUELS:
        pairs = ngettext(
            "Each juror compares %(number)s pair of entries: one of the two is better, or the juror can't tell.",
            "Each juror compares %(number)s pairs of entries: one of the two is better, or the juror can't tell.",
            round.rule.duels_each,
        )
        return [
            pairs % {"number": round.rule.duels_each},
            _(
                "The result is the entry's chance, in per cent, to be found better than one of middling strength: "
                "the Bradley–Terry model estimates it from all pairs compared."
            ),
            _("A pair that was never handed in does not count."),
        ]
    lists = ngettext(
        "Each juror puts entries in order, the best first: %(least)s at least.",
        "Each juror puts entries in order, the best first: %(least)s at least.",
        round.rule.list_least,
    )
    lines = [lists % {"least": round.rule.list_least}]
    if round.rule.list_most is not None:
        most = ngettext(
            "A list names %(most)s entry at most.", "A list names %(most)s entries at most.", round.rule.list_most
        )
        lines.append(most % {"most": round.rule.list_most})
    counted = COUNTINGS.ask(round.rule.counting).words(round.rule.place_points)
    return [*lines, *counted, _("A list that was never handed in does not count.")]


def least_words(round: Round) -> str:
    if round.rule.ballot == Ballot.RANKING:
        return ngettext(
            "A result needs %(scorecards)s list that could name the entry.",
            "A result needs %(scorecards)s lists that could name the entry.",
            round.rule.min_scorecards,
        )
    if round.rule.ballot == Ballot.DUELS:
        return ngettext(
            "A result needs %(scorecards)s juror who compared the entry.",
            "A result needs %(scorecards)s jurors who compared the entry.",
            round.rule.min_scorecards,
        )
    return ngettext(
        "An entry needs %(scorecards)s scorecard.",
        "An entry needs %(scorecards)s scorecards.",
        round.rule.min_scorecards,
    )
