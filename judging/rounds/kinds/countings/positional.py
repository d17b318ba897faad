"""On a list of n entries (as many as the juror was asked to rank) place p earns n − p: Borda's count (J.-C. de Borda,
Mémoire sur les élections au scrutin, 1781). Entries left off share the points of the places left."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from judging.domain.ballots.ranked_lists import POSITIONAL, RankedList, by_place
from judging.rounds.kinds.counting import COUNTINGS, Counting


@COUNTINGS.register
class Positional(Counting):
    code, order, name = POSITIONAL, 20, _("points for every place (Borda's count)")

    def earned(self, lists: Sequence[RankedList], points: Sequence[int]) -> Mapping[str, Mapping[str, Fraction]]:
        return by_place(lists)

    def words(self, points: Sequence[int]) -> list[str]:
        return [
            gettext(
                "Borda's count: on a list, every place is worth a point less than the one above it, the last one none."
            ),
            gettext("Entries that a list leaves off share the points of the places left."),
            gettext(
                "The result is the mean over the lists that could name the entry, in per cent of a first place on each."
            ),
        ]

    def for_jurors(self, points: Sequence[int], entries: int) -> str:
        most = max(entries - 1, 1)
        return ngettext(
            "A first place earns %(most)s point, each place below one less.",
            "A first place earns %(most)s points, each place below one less.",
            most,
        ) % {"most": most}
