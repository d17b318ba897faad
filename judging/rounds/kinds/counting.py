"""How ranked lists make a result: one class for each way, in judging/rounds/kinds/countings.

A way says what it is called, what a list gives an entry (`earned`), what all lists make of that (`results`), the best
there is (`best`), and how sentences say it. Values in, values out: `rank` and `verify` do it from a file. `points` are
those that a rule declares for the first places, the most first; most ways take none.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from judging.domain.ballots.ranked_lists import Earned, Places, RankedList, RankedResult, means
from toolkit.kinds import Registry


class Counting:
    """A way; by this one the result is the mean over the lists that could name the entry. `worth` heads what each list
    gave; `compares`: the result is made of comparisons of every two entries."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    worth: ClassVar[str | Promise] = _("Per cent of a first place")
    takes_points: ClassVar[bool] = False
    compares: ClassVar[bool] = False

    def best(self, points: Sequence[Fraction]) -> Fraction:
        """The highest result that there is."""
        return Fraction(100)

    def earned(self, lists: Sequence[RankedList], points: Sequence[int]) -> Mapping[str, Mapping[str, Fraction]]:
        """{juror: {entry: what that list gives it}}; an entry that is left out gets nothing."""
        raise ValueError(f"{self.code} makes nothing of {len(lists)} lists")

    def results(
        self,
        lists: Sequence[RankedList],
        entries: Sequence[str],
        places: Mapping[str, Places],
        earned: Mapping[str, Earned],
    ) -> dict[str, RankedResult]:
        """{entry: its result} of what each list gave."""
        return means(entries, places, earned)

    def words(self, points: Sequence[int]) -> list[str]:
        """From the lists to the result, in sentences of the rule."""
        return []

    def for_jurors(self, points: Sequence[int], entries: int) -> str:
        """The same in one sentence, to a juror who ranks so many entries."""
        return " ".join(self.words(points))


COUNTINGS: Registry[Counting] = Registry(_("How ranked lists are counted"), "judging.rounds.kinds.countings")
