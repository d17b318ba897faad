"""How marks on one criterion lie: who looks at them compares, and nothing here decides a result."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Spread:
    """Marks in thousandths: how often each was given, ascending, and the least, middle and highest. Exact."""

    counts: tuple[tuple[int, int], ...]
    lowest: int
    median: Fraction
    highest: int

    @property
    def number(self) -> int:
        """How many marks were given."""
        return sum(count for _mark, count in self.counts)


def spread_of(marks: Iterable[int]) -> Spread | None:
    """None when there is no mark. The order in which marks come never matters."""
    values = sorted(marks)
    if not values:
        return None
    middle = len(values) // 2
    median = Fraction(values[middle]) if len(values) % 2 else Fraction(values[middle - 1] + values[middle], 2)
    return Spread(tuple(sorted(Counter(values).items())), values[0], median, values[-1])


def equal_totals(totals: dict[str, Fraction]) -> list[list[str]]:
    """Groups of at least two keys with the same total, the highest first; keys in order."""
    groups: dict[Fraction, list[str]] = {}
    for key in sorted(totals):
        groups.setdefault(totals[key], []).append(key)
    return [groups[total] for total in sorted(groups, reverse=True) if len(groups[total]) > 1]
