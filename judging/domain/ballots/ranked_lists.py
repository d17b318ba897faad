"""Ranked lists instead of marks: each juror puts entries in order, best first, and the lists make one result.
Exact fractions.

The ways are kinds (judging.rounds.kinds.counting, one module each); what is computed here knows them by their code
alone, from the mapping that `know_countings` was given.

Where conflicts keep a juror from an entry, not every entry stands on as many lists. So points and positional results
are means over the lists that could have named the entry, and positional points are first divided by n − 1: 100 is a
first place on every list, 0 a last one. Entries that no list could name have no result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from toolkit.families import Family

POSITIONAL = "positional"  # where nothing else is said
Places = tuple[tuple[str, int | None], ...]
Earned = tuple[tuple[str, Fraction], ...]


class BadRanking(ValueError):
    """`code` is twice (an entry stands on the list more than once), unknown (one that the juror was not asked to rank),
    too_short or too_long; `entry` is the one it is about, empty when none is."""

    def __init__(self, code: str, entry: str = "") -> None:
        super().__init__(f"{code} {entry}".strip())
        self.code, self.entry = code, entry


@dataclass(frozen=True)
class RankedList:
    """One juror's list. `asked` are the entries that the juror could name, `order` those named, best first."""

    juror: str
    asked: frozenset[str]
    order: tuple[str, ...]


@dataclass(frozen=True)
class RankedResult:
    """One entry's result with where it stood: `places` are (juror, place from 1, None when left off), by juror;
    `earned` (juror, what that list gave it: points, or positional points in per cent), by juror; `wins`, `evens` and
    `losses` are comparisons with other entries (Copeland only)."""

    entry: str
    total: Fraction | None
    lists: int
    places: Places
    earned: Earned = ()
    wins: int = 0
    evens: int = 0
    losses: int = 0


def check_ranking(order: Sequence[str], asked: frozenset[str], *, least: int = 1, most: int | None = None) -> None:
    """Raises BadRanking for an entry named twice or not asked for,
    and for fewer than `least` or more than `most` entries."""
    seen: set[str] = set()
    for entry in order:
        if entry in seen:
            raise BadRanking("twice", entry)
        if entry not in asked:
            raise BadRanking("unknown", entry)
        seen.add(entry)
    if len(order) < min(least, len(asked)):
        raise BadRanking("too_short")
    if most is not None and len(order) > most:
        raise BadRanking("too_long")


def rank_lists(
    lists: Sequence[RankedList], entries: Sequence[str], *, method: str, points: Sequence[int] = (3, 2, 1)
) -> dict[str, RankedResult]:
    """{entry: its result}. Neither the order of the lists nor that of the entries matters. `method` is the code of a
    way to count, `points` are what the first places earn, for ways that take points.

    Raises BadRanking when a list is not one, what the mapping of ways raises for a method that is not known.
    """
    way = countings_known()[method]
    for ranked in lists:
        check_ranking(ranked.order, ranked.asked, least=0)
    places = _places(lists, entries)
    by_list = way.earned(lists, points)
    earned = {
        entry: tuple((juror, by_list[juror].get(entry, Fraction(0))) for juror, _place in places[entry])
        for entry in entries
    }
    return way.results(lists, entries, places, earned)


def means(
    entries: Sequence[str], places: Mapping[str, Places], earned: Mapping[str, Earned]
) -> dict[str, RankedResult]:
    """{entry: the mean over the lists that could name it}."""
    results = {}
    for entry in entries:
        got = [value for _juror, value in earned[entry]]
        total = sum(got, Fraction(0)) / len(got) if got else None
        results[entry] = RankedResult(entry, total, len(got), places[entry], earned[entry])
    return results


def _places(lists: Sequence[RankedList], entries: Sequence[str]) -> dict[str, Places]:
    at: dict[str, list[tuple[str, int | None]]] = {entry: [] for entry in entries}
    for ranked in sorted(lists, key=lambda ranked: ranked.juror):
        place = {entry: number for number, entry in enumerate(ranked.order, 1)}
        for entry in ranked.asked & at.keys():
            at[entry].append((ranked.juror, place.get(entry)))
    return {entry: tuple(found) for entry, found in at.items()}


def by_place(lists: Sequence[RankedList]) -> dict[str, dict[str, Fraction]]:
    """{juror: {entry: per cent of the most that the list gives}}; a list of one entry gives it 100."""
    earned: dict[str, dict[str, Fraction]] = {}
    for ranked in lists:
        size, named = len(ranked.asked), len(ranked.order)
        most = max(size - 1, 1)
        got = {e: Fraction(100 * (size - place), most) for place, e in enumerate(ranked.order, 1)}
        left = ranked.asked - set(ranked.order)
        if left:
            shared = Fraction(100 * (size - named - 1), 2 * most)  # the mean of size − named − 1 … 0
            got.update(dict.fromkeys(left, shared))
        if size == 1:
            got = dict.fromkeys(ranked.order, Fraction(100))
        earned[ranked.juror] = got
    return earned


def ahead_of(lists: Sequence[RankedList]) -> dict[tuple[str, str], int]:
    """{(a, b): the number of lists on which a stands ahead of b};
    two that are both left off say nothing of each other."""
    ahead: dict[tuple[str, str], int] = {}
    for ranked in lists:
        left = ranked.asked - set(ranked.order)
        for place, entry in enumerate(ranked.order):
            for other in [*ranked.order[place + 1 :], *left]:
                ahead[(entry, other)] = ahead.get((entry, other), 0) + 1
    return ahead


class Counting(Protocol):
    """A way to count lists, see judging.rounds.kinds.counting. Pure."""

    @property
    def takes_points(self) -> bool: ...

    def best(self, points: Sequence[Fraction]) -> Fraction: ...

    def earned(self, lists: Sequence[RankedList], points: Sequence[int]) -> Mapping[str, Mapping[str, Fraction]]: ...

    def results(
        self,
        lists: Sequence[RankedList],
        entries: Sequence[str],
        places: Mapping[str, Places],
        earned: Mapping[str, Earned],
    ) -> dict[str, RankedResult]: ...


_family: Family[Counting] = Family()
know_countings, countings_known = _family.know, _family.known
