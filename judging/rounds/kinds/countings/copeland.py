"""Every two entries are compared on the lists that hold both, or one of them (the listed one is ahead of the one left
off): the one ahead on more lists wins. A win is 1, an even comparison ½ (A. H. Copeland, 1951; D. G. Saari and V. R.
Merlin, Economic Theory 8, 1996). The result is the share of the comparisons won, in per cent."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from judging.domain.ballots.ranked_lists import Earned, Places, RankedList, RankedResult, ahead_of, by_place
from judging.rounds.kinds.counting import COUNTINGS, Counting


@COUNTINGS.register
class Copeland(Counting):
    code, order, name = "copeland", 30, _("every two entries compared (Copeland's method)")
    compares = True

    def earned(self, lists: Sequence[RankedList], points: Sequence[int]) -> Mapping[str, Mapping[str, Fraction]]:
        return by_place(lists)

    def results(
        self,
        lists: Sequence[RankedList],
        entries: Sequence[str],
        places: Mapping[str, Places],
        earned: Mapping[str, Earned],
    ) -> dict[str, RankedResult]:
        ahead = ahead_of(lists)
        results = {}
        for entry in entries:
            wins = evens = losses = 0
            for other in entries:
                if other == entry:
                    continue
                mine, theirs = ahead.get((entry, other), 0), ahead.get((other, entry), 0)
                wins += mine > theirs
                losses += mine < theirs
                evens += mine == theirs and mine > 0
            compared = wins + evens + losses
            total = Fraction(100 * (2 * wins + evens), 2 * compared) if compared else None
            results[entry] = RankedResult(
                entry, total, len(places[entry]), places[entry], earned[entry], wins, evens, losses
            )
        return results

    def words(self, points: Sequence[int]) -> list[str]:
        return [
            self.for_jurors(points, 0),
            gettext("The result is the share of the comparisons won, in per cent; an even one counts half."),
        ]

    def for_jurors(self, points: Sequence[int], entries: int) -> str:
        return gettext("Every two entries are compared: the one that more jurors put ahead wins the comparison.")
