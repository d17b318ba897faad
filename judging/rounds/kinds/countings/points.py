"""The place on a list earns points as declared: (3, 2, 1) gives a first place 3, a second 2, a third 1, others none."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from judging.domain.ballots.ranked_lists import RankedList
from judging.rounds.kinds.counting import COUNTINGS, Counting


@COUNTINGS.register
class Points(Counting):
    code, order, name = "points", 10, _("points for the first places")
    worth = _("Points")
    takes_points = True

    def best(self, points: Sequence[Fraction]) -> Fraction:
        return max(points, default=Fraction(0))

    def earned(self, lists: Sequence[RankedList], points: Sequence[int]) -> Mapping[str, Mapping[str, Fraction]]:
        return {
            ranked.juror: {entry: Fraction(earned) for entry, earned in zip(ranked.order, points, strict=False)}
            for ranked in lists
        }

    def words(self, points: Sequence[int]) -> list[str]:
        return [places_words(points), gettext("The result is the mean over the lists that could name the entry.")]

    def for_jurors(self, points: Sequence[int], entries: int) -> str:
        return places_words(points)


def places_words(points: Sequence[int]) -> str:
    """What the first places of a list earn."""
    first, *more = points or [0]
    if more:
        told = ", ".join(str(number) for number in points)
        return gettext("The first places earn %(points)s points, in this order; the others none.") % {"points": told}
    return ngettext(
        "The first place earns %(points)s point, the others none.",
        "The first place earns %(points)s points, the others none.",
        first,
    ) % {"points": first}
