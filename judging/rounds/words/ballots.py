"""In words: how ranked lists, or pairs compared, make a result, and how many of what jurors gave a result needs."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from judging.models import Round
from judging.states import Ballot, Counting


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
    return [*lines, *_counting_words(round), _("A list that was never handed in does not count.")]


def _counting_words(round: Round) -> list[str]:
    if round.rule.counting == Counting.COPELAND:
        return [
            _("Every two entries are compared: the one that more jurors put ahead wins the comparison."),
            _("The result is the share of the comparisons won, in per cent; an even one counts half."),
        ]
    if round.rule.counting == Counting.POINTS:
        return [places_words(round), _("The result is the mean over the lists that could name the entry.")]
    return [
        _("Borda's count: on a list, every place is worth a point less than the one above it, the last one none."),
        _("Entries that a list leaves off share the points of the places left."),
        _("The result is the mean over the lists that could name the entry, in per cent of a first place on each."),
    ]


def places_words(round: Round) -> str:
    """What the first places of a list earn."""
    first, *more = round.rule.place_points or [0]
    if more:
        points = ", ".join(str(number) for number in round.rule.place_points)
        return _("The first places earn %(points)s points, in this order; the others none.") % {"points": points}
    return ngettext(
        "The first place earns %(points)s point, the others none.",
        "The first place earns %(points)s points, the others none.",
        first,
    ) % {"points": first}


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
